import Diagnostics
import Foundation
import Investigation

/// Commands from `-c`, a script or a pipe: read as a whole first, then run one after another.
struct Batch {
    private let launch: Launch
    private let text: String
    /// What to call it in errors.
    private let name: String?

    init(_ launch: Launch, text: String, name: String?) {
        self.launch = launch
        self.text = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
        self.name = name
    }

    /// The exit status; 2 when a line cannot be read, and then nothing has run.
    func run() -> ExitStatus {
        let segments = LineReader(vocabulary: ShellVocabulary(hasEvent: { _ in true }), mode: .batch, file: name).read(text)
        var commands: [[String]] = []
        for segment in segments {
            switch segment.meaning {
            case .command(let words): commands.append(words)
            case .question(let text, _): commands.append(["ask", "--", text])
            case .error(let fault):
                StandardStreams.notice(fault.rendered + "\n")
                return .usage
            case .typo(let word, let name, _):
                StandardStreams.notice("error: line \(segment.line): there is no command `\(word.visible)`\n  Did you mean `\(name)`?\n")
                return .usage
            }
        }
        if let fault = formatFault(of: commands) {
            StandardStreams.notice(fault.rendered + "\n")
            return .usage
        }
        let console = Console(launch, leavesTrace: commands.contains { CommandTable.leavesTrace($0) })
        let words = commands, bail = launch.options.bail
        return awaitInterruptibly { await Self.carryOut(words, on: console, bail: bail) }
    }

    /// What is wrong with the format that was given for all commands together.
    private func formatFault(of commands: [[String]]) -> Diagnostic? {
        for words in commands {
            guard let command = try? CommandTable.parse(words: words) as? any ShellCommand else { continue }
            do throws(Diagnostic) {
                try FormatOption.check(command, besides: launch.options.format)
            } catch {
                return error
            }
        }
        return nil
    }

    private static func carryOut(_ commands: [[String]], on console: Console, bail: Bool) async -> ExitStatus {
        var status = await console.readStartInputs()
        let goesOn: Set<ExitStatus> = [.done, .severityFound, .inputRejected]
        if status == .interrupted || bail && !goesOn.contains(status) { return await close(console, status) }
        for words in commands {
            let result = await Interactive.run(words, on: console)
            status = status.and(result)
            let stops = bail && !goesOn.contains(result)
            if stops || result == .interrupted || Task.isCancelled { break }
            if await console.isQuitting { break }
        }
        return await close(console, status)
    }

    /// Closes the session's record.
    static func close(_ console: Console, _ status: ExitStatus) async -> ExitStatus {
        do {
            try await console.close()
            return status
        } catch let fault as Diagnostic {
            StandardStreams.notice(fault.rendered + "\n")
            return status.and(.failed)
        } catch {
            return status.and(.failed)
        }
    }
}
