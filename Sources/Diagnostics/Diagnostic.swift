/// What went wrong, where in the user's input, and what the user can do about it.
///
/// Every error that reaches the user is a `Diagnostic`, and none can be made without a remedy:
///
/// ```swift
/// throw Diagnostic("there is no file `a.json`", remedy: "Check the path; Tab completes file names")
/// ```
public struct Diagnostic: Error, Hashable, Sendable {
    /// What kind of failure it is; decides the exit status (`contract.md`, *Exit codes*).
    public enum Kind: String, Hashable, Sendable {
        /// A command could not do its work.
        case failed
        /// The user's words were off; nothing was run.
        case usage
        /// A replay or a chain does not agree with its record.
        case difference
        /// A model or a remote service could not be used.
        case unavailable
        /// The user stopped it.
        case interrupted
    }

    /// One sentence in the user's terms, without a final full stop.
    public let problem: String
    /// The next thing to type or change.
    public let remedy: String
    /// What sort of fault it is; the program's exit status follows from it.
    public let kind: Kind
    /// Where the fault is, or `nil` when it is not about a text or a file.
    public let place: Place?

    /// A fault from its parts; see the properties for how to word them.
    public init(_ problem: String, remedy: String, kind: Kind = .failed, at place: Place? = nil) {
        self.problem = problem
        self.remedy = remedy
        self.kind = kind
        self.place = place
    }

    /// What a cancelled command throws.
    public static let interrupted = Diagnostic(
        "interrupted", remedy: "The session is kept; run the command again when you are ready", kind: .interrupted)
}

/// A point in a file that the user gave.
public struct Place: Hashable, Sendable {
    /// The path as the user wrote it.
    public let file: String
    /// Counted from 1.
    public let line: Int?
    /// Counted from 0, in the decompressed file.
    public let byte: Int?

    /// A point from what is known of it.
    public init(file: String, line: Int? = nil, byte: Int? = nil) {
        self.file = file
        self.line = line
        self.byte = byte
    }
}

extension Place: CustomStringConvertible {
    /// `file:line (byte n)`, with what is known.
    public var description: String {
        var text = file.visible
        if let line { text += ":\(line)" }
        if let byte { text += " (byte \(byte))" }
        return text
    }
}

extension Diagnostic {
    /// Place, problem and remedy in one line; safe to show.
    public var inOneLine: String {
        (place.map { "\($0): " } ?? "") + problem.visible + ". " + remedy.visible
    }

    /// The message as the shell prints it: problem, place, remedy; safe to show.
    public var rendered: String {
        let head = place.map { "error: \($0): \(problem.visible)" } ?? "error: \(problem.visible)"
        return head + "\n  " + remedy.visible
    }
}
