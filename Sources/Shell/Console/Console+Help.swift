import ArgumentParser
import Diagnostics
import JSON

extension Console {
    /// All commands in a table, one of them in full, or those whose name holds a pattern.
    func help(_ topic: String?, options: GlobalOptions) throws {
        let screen = launch.screen()
        if let topic, let command = CommandTable.command(named: topic) {
            return StandardStreams.result(CommandTable.helpMessage(for: command, columns: screen.width) + "\n")
        }
        let commands = CommandTable.all.filter { topic.map($0.name.contains) ?? true }
        guard !commands.isEmpty else {
            throw Diagnostic(
                "no command is like `\(topic ?? "")`", remedy: CommandTable.all.map { $0.name }.remedy(for: topic ?? ""))
        }
        let table = TextTable(
            columns: [.init(""), .init("", canShrink: true)],
            rows: commands.map { [.init($0.name, .accent), .init($0.configuration.abstract)] })
        let records = commands.map { command -> JSONValue in
            ["command": .string(command.name), "does": .string(command.configuration.abstract)]
        }
        let printer = RecordPrinter(format: format(of: options) ?? .jsonl, screen: screen)
        StandardStreams.result(printer.rows(records, table: table))
        notice("`help COMMAND` says more; any other line is a question, also with `?` in front", options: options)
    }
}
