import Connectors
import Detection
import Diagnostics
import Events
import Foundation
import Hunting
import Investigation
import KQL
import Pipeline
import Tables

/// Where commands are carried out: the session, its output, and the status the program will exit with.
actor Console {
    let launch: Launch
    private var current: Session?
    /// The ids of the last table's rows, so that `why 2` can name one.
    private var listed: [String] = []
    /// The hunt whose rows were printed last, where no other table was printed since; and how many rows it has.
    private var huntListed: (id: String, rows: Int)?
    /// The status of the command that is running, besides its failing.
    private var status = ExitStatus.done
    private(set) var isQuitting = false
    /// The command that is running, as it was typed.
    private var words: [String] = []
    private(set) var commandCount = 0
    private var runWindow: WindowOptions?
    /// Whether what is read now is to be queried: what detectors miss is not told then.
    var readsForQuery = false

    /// Whether the session that is begun writes a transcript; one that is named always does.
    private let leavesTrace: Bool
    /// The last result that was shown, for `last`.
    private(set) var last: OperationResult?

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

// MARK: Sessions

extension Console {
    /// Opens the session that is to be used: the named one, continued where it exists, else a new one.
    private func openSession() async throws -> Session {
        let name = launch.options.session ?? SessionName.fresh(at: .now)
        guard leavesTrace else { return try tracelessSession(name) }
        let folder = SessionFolder(path: launch.locations.sessions)
        let (transcript, torn, isNew) = try await folder.open(name)
        return try await begin(name, transcript, wasTorn: torn, isNew: isNew)
    }

    /// A session for one process alone: nothing of it is written anywhere.
    private func tracelessSession(_ name: String) throws -> Session {
        let session = Session(
            name: name, settings: try launch.settings(), transcript: Transcript(nil), store: nil, model: nil,
            analyst: { [launch] in launch.analyst($0) })
        current = session
        return session
    }

    private func begin(_ name: String, _ transcript: Transcript, wasTorn: Bool, isNew: Bool) async throws -> Session {
        if wasTorn { notice("the last record of \(name) was torn by a crash; it was cut off") }
        let session = Session(
            name: name, settings: try launch.settings(), transcript: transcript,
            store: try ArtifactStore(folder: launch.locations.data), model: try launch.model(),
            hidesNames: launch.hidesNames, budget: try launch.budget(),
            analyst: { [launch] in launch.analyst($0) }, okta: { [launch] () throws(Diagnostic) in try launch.okta() },
            services: launch.services,
            sentinel: { [launch] () throws(Diagnostic) in try launch.sentinel() })
        if isNew {
            try await session.begin(version: CommandTable.version)
        } else if let path = transcript.path {
            for warning in try await session.restore(from: SavedSession(path: path)) { notice(warning) }
        }
        current = session
        return session
    }

    /// Goes on with a saved session in place of the present one.
    func resume(_ name: String, options: GlobalOptions) async throws {
        let folder = SessionFolder(path: launch.locations.sessions)
        let file = try folder.file(of: name)
        let saved = try SavedSession(path: file)
        if let current, current.path == file {
            throw Diagnostic("this is that session", remedy: "Go on working in it")
        }
        let (transcript, torn, _) = try await folder.open(file: file)
        try await close()
        let session = try await begin(saved.name, transcript, wasTorn: torn, isNew: false)
        let state = await session.state
        notice("session \(saved.name): \(counted(state.events.count, "event")), \(counted(state.findings.count, "finding")), "
            + "\(counted(state.incidents.count, "incident"))", options: options)
        for line in saved.lastCommands(3) { notice("› " + line, options: options) }
    }

    /// What the session knows now; nothing while there is no session.
    var state: SessionState { get async { await current?.state ?? SessionState() } }

    /// The session's name and the head of its chain, for the last line.
    var farewell: (name: String, head: String)? {
        get async {
            guard let current, let head = await current.head else { return nil }
            return (current.name, head.hash)
        }
    }
}

// MARK: Performing

extension Console {
    /// Does one thing in the session and prints what it gives.
    ///
    /// - Parameter ascii: Whether pictures are drawn with ASCII alone.
    func perform(_ operation: Investigation.Operation, options: GlobalOptions, ascii: Bool = false) async throws {
        let options = options.over(launch.options)
        try await loadInputs(
            options, window: operation.name == "run" ? runWindow : nil, forQuery: ["kql", "hunt"].contains(operation.name))
        try await perform(operation, options: options, prints: true, ascii: ascii)
    }

    /// - Parameter prints: Whether the result is shown; what the user should not miss is told either way.
    func perform(
        _ operation: Investigation.Operation, options: GlobalOptions, prints: Bool, ascii: Bool = false
    ) async throws {
        let session = try await session()
        let progress = ProgressLine(isOn: launch.terminal.isTerminal(.error) && !launch.terminal.isDumb && !options.quiet)
        defer { progress.finish() }
        let printer = ResultPrinter(format: format(of: options), screen: launch.screen(ascii: ascii))
        let live = prints && session.asksModel && printer.format == .table && operation.name == "ask"
        let result: OperationResult
        do {
            let clock = operation.name == "kql" ? progress.showTime("querying") : nil
            defer { clock?.cancel() }
            result = try await session.perform(operation, words: words, watch: watch(options, progress, live: live))
        } catch {
            progress.finish()
            noteUsage(of: session, options)
            throw error
        }
        progress.finish()
        let state = await session.state
        if prints { show(result, state, by: printer, live: live) }
        noteUsage(of: session, options)
        try count(result, state, options, prints: prints)
    }

    private func show(_ result: OperationResult, _ state: SessionState, by printer: ResultPrinter, live: Bool) {
        if live {
            StandardStreams.result(printer.ending(of: result))
        } else {
            printer.pieces(of: result, in: state, rows: launch.shownRows) { StandardStreams.result($0) }
        }
        last = result
        guard let ids = ResultPrinter.ids(of: result) else { return }
        listed = ids
        huntListed = nil
        if case .hunt(let outcome) = result { huntListed = (outcome.hunt.id, outcome.rows.count) }
    }

    private func watch(_ options: GlobalOptions, _ progress: ProgressLine, live: Bool) -> Session.Watch {
        var watch = Session.Watch()
        watch.onOpen = { progress.showOpening($0, of: $1) }
        watch.onIngest = { progress.show($0) }
        watch.onScore = { progress.showCount($0, of: $1, "findings scored") }
        let screen = launch.screen(.error), quiet = options.quiet
        watch.onNotice = { text in
            if !quiet { StandardStreams.notice("  " + screen.paint(text, .dim) + "\n") }
        }
        watch.onFetch = { [notice = watch.onNotice] in FetchText.show($0, on: progress, notice: notice) }
        let prompt = ConfirmationPrompt(launch: launch, given: options.confirm)
        watch.confirm = { await prompt.ask($0) }
        let hunts = HuntPrompt(launch: launch)
        watch.review = { await hunts.ask($0) }
        let spending = SpendingPrompt(launch: launch, isAnswered: options.yes, notice: watch.onNotice)
        watch.approve = { question in
            progress.showWait(nil)
            return await spending.ask(question)
        }
        watch.onWait = { progress.showWait($0) }
        watch.onAction = { progress.showNow(ActionText.progress($0)) }
        if live { watch.onText = { StandardStreams.result($0.visibleLines) } }
        return watch
    }

    /// Notices that go with a result, and what it means for the exit status.
    private func count(_ result: OperationResult, _ state: SessionState, _ options: GlobalOptions, prints: Bool) throws {
        if case .ingest(let outcome) = result {
            if options.strict, outcome.report.rejected > 0 { raise(.inputRejected) }
            if !prints || format(of: options) != .table {
                let text = IngestText(outcome)
                for line in readsForQuery ? text.losses : text.warnings { notice(line, options: options) }
            }
        }
        if case .table(let outcome) = result {
            if options.strict, outcome.report.rejected > 0 { raise(.inputRejected) }
            if !prints || format(of: options) != .table {
                for line in TableText(outcome).warnings { notice(line, options: options) }
            }
        }
        if case .query(let outcome) = result, format(of: options) != .table {
            for cut in outcome.cuts { notice(cut, options: options) }
        }
        if case .findings(let outcome) = result, options.strict, !outcome.refusals.isEmpty { raise(.inputRejected) }
        if case .ingest(let outcome) = result, let stopped = outcome.fetch?.stopped { throw stopped }
        if case .ingest(let outcome) = result, let stop = outcome.report.stopped {
            throw Diagnostic(
                "interrupted at byte \(stop.byte.grouped) of `\(stop.file.visible)`: the \(counted(outcome.report.accepted, "event")) before it are kept",
                remedy: "`ingest` it again to read the rest; what is in already counts as duplicates", kind: .interrupted)
        }
        try Self.checkDone(result)
        if case .rule(let outcome) = result, outcome.deployment?.status == .cancelled, !isInteractive { raise(.failed) }
        if let limit = options.failOn, state.isWorse(than: limit) { raise(.severityFound) }
    }

    /// The format of this command: the option, else a table for people and JSON for programs.
    func format(of options: GlobalOptions) -> OutputFormat? {
        (options.format ?? launch.options.format)?.output ?? (launch.terminal.isTerminal(.output) ? .table : nil)
    }

    /// Ids for what the user named: a row of the last table, or an id as it is. A row of a hunt without ids of its own
    /// stands for the hunt.
    func resolved(_ names: [String]) throws(Diagnostic) -> [String] {
        var ids: [String] = []
        for name in names {
            guard let row = Int(name), row < 1000, name.count < 4 else {
                ids.append(name)
                continue
            }
            if listed.isEmpty, let hunt = huntListed {
                ids.append(hunt.id)
                continue
            }
            guard listed.indices.contains(row - 1) else {
                throw Diagnostic(
                    listed.isEmpty ? "no table was printed yet, so there is no row \(row)" : "the last table has no row \(row)",
                    remedy: listed.isEmpty ? "Print one, for example with `show findings`" : "It has rows 1 to \(listed.count)")
            }
            ids.append(listed[row - 1])
        }
        return ids
    }

    /// The id of what a rule is to be written of. A row of a hunt stands for the hunt.
    func resolvedSubject(_ name: String) throws(Diagnostic) -> String {
        if let hunt = huntListed, let row = Int(name), name.count < 4, (1...max(1, hunt.rows)).contains(row) {
            return hunt.id
        }
        return try resolved([name])[0]
    }

    /// The ids of the last table's rows.
    var rows: [String] { huntListed.map { hunt in Array(repeating: hunt.id, count: max(1, hunt.rows)) } ?? listed }

    func list(_ ids: [String]) {
        listed = ids
        huntListed = nil
    }

    /// The window of the `run` that is being carried out.
    func setRunWindow(_ window: WindowOptions?) { runWindow = window }
}

extension SessionState {
    /// Whether there is a finding of that severity or worse, as scored, or as detected while it is not scored;
    /// suppressed ones do not count.
    func isWorse(than limit: Severity) -> Bool {
        findings.contains { finding in
            !finding.isSuppressed && (scores.first { $0.findingID == finding.id }?.severity ?? finding.severity) >= limit
        }
    }
}
