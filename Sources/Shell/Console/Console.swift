import Diagnostics
import Investigation

/// Where commands are carried out: the session, its output, and the status the program will exit with.
actor Console {
    let launch: Launch
    var current: Session?
    /// The ids of the last table's rows, so that `why 2` can name one.
    var listed: [String] = []
    /// The hunt whose rows were printed last, where no other table was printed since; and how many rows it has.
    var huntListed: (id: String, rows: Int)?
    /// The status of the command that is running, besides its failing.
    var status = ExitStatus.done
    private(set) var isQuitting = false
    /// The command that is running, as it was typed.
    var words: [String] = []
    private(set) var commandCount = 0
    var runWindow: WindowOptions?
    /// Whether what is read now is to be queried: what detectors miss is not told then.
    var readsForQuery = false

    /// Whether the session that is begun writes a transcript; one that is named always does.
    let leavesTrace: Bool
    /// The last result that was shown, for `last`.
    var last: OperationResult?

    init(_ launch: Launch, leavesTrace: Bool = true) {
        self.launch = launch
        self.leavesTrace = leavesTrace || launch.options.session != nil
    }

    /// The session, begun when it is first needed.
    func session() async throws -> Session {
        if let current { return current }
        return try await openSession()
    }

    /// The session, where one was begun.
    var openedSession: Session? { current }

    /// Runs one command. Failures are worded and counted, not thrown.
    func carryOut(_ command: any ShellCommand, words: [String]) async -> ExitStatus {
        commandCount += 1
        return await carryOut(words: words) {
            let started = command.global.startOptions
            guard !isInteractive || started.isEmpty else {
                throw Diagnostic(
                    "\(started.joined(separator: ", ")) counts only when watchfloor starts",
                    remedy: "Quit, and give it to `watchfloor` itself", kind: .usage)
            }
            try FormatOption.check(command, besides: launch.options.format)
            try await command.run(in: self)
        }
    }

    /// The same of anything that words stand for.
    func carryOut(words: [String], _ body: () async throws -> Void) async -> ExitStatus {
        self.words = words
        status = .done
        do {
            try await body()
            return StandardStreams.hasFailed ? .failed : status
        } catch let fault as QueryFault {
            let lines = QueryFaultText(fault, screen: launch.screen(.error)).lines
            StandardStreams.notice(lines.map { $0 + "\n" }.joined())
            return .failed
        } catch let fault as Diagnostic {
            StandardStreams.notice(fault.rendered + "\n")
            return ExitStatus(fault.kind)
        } catch is CancellationError {
            StandardStreams.notice(Diagnostic.interrupted.rendered + "\n")
            return .interrupted
        } catch {
            StandardStreams.notice("error: \("\(error)".visible)\n")
            return .failed
        }
    }

    /// Set by the interactive shell, where the options of the start cannot be given again.
    private(set) var isInteractive = false
    func becomeInteractive() { isInteractive = true }

    func quit() { isQuitting = true }

    func raise(_ status: ExitStatus) { self.status = self.status.and(status) }

    func notice(_ text: String, options: GlobalOptions? = nil) {
        guard !(options ?? launch.options).quiet else { return }
        StandardStreams.notice("  " + launch.screen(.error).paint(text, .dim) + "\n")
    }

    /// Closes the session's record.
    func close() async throws { try await current?.end() }
}
