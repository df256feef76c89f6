import ArgumentParser
import Diagnostics
import Investigation

/// A command: one declaration for the shell line, the subcommand, `help`, completion and suggestions.
protocol ShellCommand: ParsableCommand, Sendable {
    var global: GlobalOptions { get }
    /// Whether its last argument is text, and how far that goes.
    static var textKind: TextKind? { get }
    /// Whether it belongs into a session's transcript; a process whose commands all leave none writes no transcript.
    static var leavesTrace: Bool { get }
    /// What Tab completes its arguments with.
    static var completes: CompletionKind { get }
    /// The ids of findings, incidents or events that it names.
    var references: [String] { get }
    /// The actors, addresses or ids that it names.
    var subjects: [String] { get }
    /// Does it.
    func run(in console: Console) async throws
}

/// What kind of word an argument is, for completion.
enum CompletionKind: Sendable {
    case nothing, files, ids, incidents, lists, sessions, commands, statuses, verdicts, suppressions
    /// What a rule may be written of: incidents, hunts and findings.
    case subjects
    /// Ids and actors.
    case entities
    case plots
    /// Hosts that were acted on before.
    case hosts
}

extension ShellCommand {
    static var textKind: TextKind? { nil }
    static var leavesTrace: Bool { true }
    static var completes: CompletionKind { .nothing }
    var references: [String] { [] }
    var subjects: [String] { [] }

    /// The name in the shell.
    static var name: String { configuration.commandName ?? "" }
}
