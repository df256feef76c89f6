/// What the reader needs to know about the commands; the command table provides it.
protocol CommandVocabulary {
    /// Every command's name.
    var names: [String] { get }

    /// Whether a command takes text, and how far that goes; `nil` for one that takes words.
    func textKind(of name: String) -> TextKind?

    /// The options of a command that take the next word as their value, with their dashes: `--format`, `-n`.
    /// For `nil`, those that may stand before any command.
    func valueOptions(of name: String?) -> Set<String>

    /// Whether the words could be run. `words` is what ``ReadLine/command(_:)`` holds.
    func verdict(on words: [String]) -> ParseVerdict

    /// The command's synopsis, such as `why ID`.
    func usage(of name: String) -> String
}

/// How far the text of a command goes.
enum TextKind: Hashable, Sendable {
    /// Up to a `;` outside of quotes, as for `ask`.
    case restOfSegment
    /// To the end of the line, and over it while a query is open, as for `kql`.
    case restOfLine
}

/// What the argument parser thinks of a line of words.
enum ParseVerdict: Hashable, Sendable {
    case ok
    /// The words do not parse; the text says why, as a `Diagnostic`'s problem.
    case usageError(String)
    /// The words parse, but one of them names nothing that exists.
    case unknownReference(String)
}
