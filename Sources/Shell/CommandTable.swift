import ArgumentParser
import Diagnostics

/// The program's commands. To add one: one file in `Commands/`, one line here.
struct CommandTable: ParsableCommand {
    static let all: [any ShellCommand.Type] = [
        IngestCommand.self, DetectCommand.self, RouteCommand.self, ScoreCommand.self, PlanCommand.self,
        CommandsCommand.self, EscalateCommand.self, RunCommand.self,
        IsolateCommand.self, ReleaseCommand.self, ScanCommand.self,
        AskCommand.self, HuntCommand.self, KQLCommand.self, ShowCommand.self, ShowAllCommand.self, WhyCommand.self,
        TimelineCommand.self, EntityCommand.self, PlotCommand.self, NoteCommand.self, StatusCommand.self,
        VerdictCommand.self, SuppressCommand.self, RuleCommand.self,
        SessionsCommand.self, ResumeCommand.self, ReplayCommand.self, ReportCommand.self,
        ModelCommand.self, BudgetCommand.self, ConfigCommand.self, DoctorCommand.self, HelpCommand.self,
        HistoryCommand.self, LastCommand.self, QuitCommand.self,
    ]

    static let configuration = CommandConfiguration(
        commandName: "watchfloor",
        abstract: "A shell for the analyst who has an identity incident and a pile of Okta logs.",
        discussion: "Without a command, on a terminal, it opens the interactive shell.",
        version: version, subcommands: all)

    static let version = "0.1.0"

    @OptionGroup var global: GlobalOptions

    @Option(name: .customShort("c"), help: ArgumentHelp("Run commands, then exit.", valueName: "commands"))
    var commands: String?

    @Option(name: .customShort("f"), help: ArgumentHelp("Run a script, then exit.", valueName: "file"), completion: .file())
    var script: String?

    func validate() throws {
        if commands != nil, script != nil { throw ValidationError("-c and -f both say what to run. Give one of them.") }
    }

    /// The command of a name.
    static func command(named name: String) -> (any ShellCommand.Type)? { all.first { $0.name == name } }

    /// Puts options that stand before the command's name behind it, where its own declaration reads them.
    static func ordered(_ words: [String]) -> [String] {
        guard let index = commandIndex(in: words), index > 0 else { return words }
        return [words[index]] + words[..<index] + words[(index + 1)...]
    }

    /// Where the command's name stands among words that may begin with global options.
    static func commandIndex(in words: [String]) -> Int? {
        var index = 0
        while index < words.count {
            let word = words[index]
            if word == "--" || word == "-c" || word == "-f" { return nil }
            guard word.hasPrefix("-"), word != "-" else { return command(named: word) == nil ? nil : index }
            index += valueOptions.contains(word) ? 2 : 1
        }
        return nil
    }

    /// Whether words are a command that belongs into a transcript.
    static func leavesTrace(_ words: [String]) -> Bool {
        commandIndex(in: words).flatMap { command(named: words[$0]) }?.leavesTrace ?? true
    }

    /// The first word that should be a command's name and is none.
    static func unknownCommand(in words: [String]) -> String? {
        var index = 0
        while index < words.count {
            let word = words[index]
            if ["--", "-c", "-f"].contains(word) { return nil }
            guard word.hasPrefix("-") else { return command(named: word) == nil ? word : nil }
            index += valueOptions.contains(word) ? 2 : 1
        }
        return nil
    }

    /// Global options that take the next word as their value.
    static let valueOptions: Set<String> = [
        "--format", "--input", "--table", "--data", "--sessions", "--session", "--now", "--fail-on", "--color",
        "--confirm",
    ]

    /// Options of single commands that take the next word as their value.
    static let ownValueOptions: Set<String> = [
        "--since", "--until", "--hours", "--max-model-calls", "--only", "--incident", "--actor", "--ip", "--type", "--limit", "--filter", "--format-in",
        "--as", "--where", "--batch", "--on",
        "--by", "--rules", "--suppressions", "--rule", "--asn", "--app", "--owner", "--reason", "--ticket", "--expires",
    ]

    /// Reads words as a command.
    ///
    /// - Throws: The argument parser's error; ``message(for:)`` words it.
    static func parse(words: [String]) throws -> any ParsableCommand {
        let command = try parseAsRoot(ordered(words))
        // `--help` behind a command is a command of the parser's own, whose running throws the text.
        if !(command is any ShellCommand), !(command is CommandTable) {
            var other = command
            try other.run()
        }
        if let command = command as? any ShellCommand {
            try checked { () throws(Diagnostic) in try FormatOption.check(command, besides: nil) }
        }
        return command
    }
}
