public import ArgumentParser
public import Detection
import Diagnostics
import Events
import Tables

/// The options that every command has (`contract.md`, *Program*).
struct GlobalOptions: ParsableArguments, Sendable {
    @Option(help: ArgumentHelp("How results are printed.", valueName: "table|line|json|jsonl|csv|md|html"))
    var format: FormatOption?

    @Option(help: ArgumentHelp("Ingest a file before the command runs; `-` is standard input. Repeatable.", valueName: "file"),
            completion: .file())
    var input: [String] = []

    @Option(
        help: ArgumentHelp(
            "Read a file as a table of its own before the command runs. Repeatable.", valueName: "name=file"))
    var table: [TableOption] = []

    @Option(help: ArgumentHelp("Where artifacts go.", valueName: "dir"), completion: .directory)
    var data: String?

    @Option(help: ArgumentHelp("Where transcripts go.", valueName: "dir"), completion: .directory)
    var sessions: String?

    @Option(help: ArgumentHelp("Use or continue this session.", valueName: "name"))
    var session: String?

    @Option(help: ArgumentHelp("The session's clock: an ISO 8601 instant, `now`, or a count back such as 24h.", valueName: "t"))
    var now: String?

    @Flag(help: "Open no socket; the built-in analyst answers.")
    var offline = false

    @Flag(help: "Rejected input makes the exit status 4.")
    var strict = false

    @Option(help: ArgumentHelp("Exit 3 when a finding of that severity or worse exists.", valueName: "low|medium|high|critical"))
    var failOn: Severity?

    @Flag(help: "A batch stops at the first failing command.")
    var bail = false

    @Flag(help: "Skips questions that only cost time or money; never one that confirms an action.")
    var yes = false

    @Option(help: ArgumentHelp(
        "Confirms an action on this target where there is no terminal to type it at.", valueName: "target"))
    var confirm: String?

    @Flag(help: "Send names, logins and addresses to a remote model as they are, without pseudonyms.")
    var sendRaw = false

    @Option(help: ArgumentHelp("When to use colour.", valueName: "auto|always|never"))
    var color: Terminal.ColorMode?

    @Flag(help: "No progress and no notices.")
    var quiet = false

    func validate() throws {
        if let now { try checked { () throws(Diagnostic) in _ = try TimeExpression(now) } }
    }

    /// Options that only count when the program starts, as they were given here.
    var startOptions: [String] {
        [
            ("--data", data != nil), ("--sessions", sessions != nil), ("--session", session != nil),
            ("--now", now != nil), ("--offline", offline), ("--color", color != nil), ("--bail", bail), ("--send-raw", sendRaw),
        ].filter(\.1).map(\.0)
    }

    /// These options where they are given, else those of the program's start.
    func over(_ base: GlobalOptions) -> GlobalOptions {
        var merged = base
        merged.format = format ?? base.format
        merged.confirm = confirm ?? base.confirm
        merged.failOn = failOn ?? base.failOn
        merged.strict = strict || base.strict
        merged.quiet = quiet || base.quiet
        merged.yes = yes || base.yes
        merged.input = input
        merged.table = table
        return merged
    }
}

extension FormatOption: ExpressibleByArgument {}
extension Severity: ExpressibleByArgument {}
extension Terminal.ColorMode: ExpressibleByArgument {}

/// Turns a diagnostic of a value into the argument parser's own error, so that it is a usage error.
func checked(_ body: () throws(Diagnostic) -> Void) throws {
    do { try body() } catch { throw ValidationError("\(error.problem). \(error.remedy)\(error.remedy.hasSuffix("?") ? "" : ".")") }
}
