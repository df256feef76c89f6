import ArgumentParser
import Diagnostics
import Foundation

/// The whole program: reads the arguments and becomes the shell, a batch, or one command.
public enum Program {
    /// Runs on the calling thread, which must be the main thread, and gives the exit status.
    ///
    /// - Parameter arguments: Without the program's name.
    public static func run(_ arguments: [String], environment: [String: String]) -> Int32 {
        umask(0o077)
        signal(SIGPIPE, SIG_IGN)
        InterruptSignal.install()
        do {
            return start(try CommandTable.parse(words: arguments), arguments, environment).rawValue
        } catch {
            if let word = CommandTable.unknownCommand(in: arguments) {
                StandardStreams.notice(Diagnostic(
                    "there is no command `\(word)`", remedy: CommandTable.all.map { $0.name }.remedy(for: word),
                    kind: .usage).rendered + "\n")
                return ExitStatus.usage.rawValue
            }
            let message = CommandTable.fullMessage(for: error)
            if CommandTable.exitCode(for: error) == .success {
                StandardStreams.result(message + "\n")
                return ExitStatus.done.rawValue
            }
            StandardStreams.notice(message.visibleLines + "\n")
            return ExitStatus.usage.rawValue
        }
    }

    private static func start(_ command: any ParsableCommand, _ words: [String], _ environment: [String: String]) -> ExitStatus {
        if let command = command as? any ShellCommand {
            let launch = Launch(options: command.global, environment: environment)
            let console = Console(launch, leavesTrace: type(of: command).leavesTrace)
            return awaitInterruptibly {
                await Batch.close(console, await console.carryOut(command, words: CommandTable.ordered(words)))
            }
        }
        guard let root = command as? CommandTable else { return .usage }
        let launch = Launch(options: root.global, environment: environment)
        do {
            if let text = root.commands { return Batch(launch, text: text, name: nil).run() }
            if let path = root.script { return Batch(launch, text: try script(path), name: path).run() }
            guard launch.terminal.isTerminal(.input) else {
                return Batch(launch, text: String(decoding: StandardStreams.input(), as: UTF8.self), name: nil).run()
            }
            return try Interactive(launch).run()
        } catch {
            StandardStreams.notice(error.rendered + "\n")
            return ExitStatus(error.kind)
        }
    }

    private static func script(_ path: String) throws(Diagnostic) -> String {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Diagnostic("the script `\(path)` cannot be read", remedy: "Check the path", kind: .usage)
        }
        guard let text = String(data: data, encoding: .utf8) else {
            throw Diagnostic("the script `\(path)` is not UTF-8 text", remedy: "Save it as UTF-8", kind: .usage)
        }
        return text
    }
}
