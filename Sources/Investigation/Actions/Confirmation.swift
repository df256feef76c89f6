internal import Diagnostics
internal import JSON

/// What must be typed before something is sent that changes the world (`contract.md`, *Answers and confirmations*).
public struct ConfirmationQuestion: Hashable, Sendable {
    /// What is to be typed. From outside: make it visible before printing.
    public let target: String
    /// What will be sent, as it is shown: several lines, without secrets.
    public let request: String
    /// What is known of the target, and what the request would do to it, as sentences. From outside, too.
    public let facts: [String]

    /// A question about a request.
    public init(target: String, request: String, facts: [String] = []) {
        self.target = target
        self.request = request
        self.facts = facts
    }
}

/// What came of a ``ConfirmationQuestion``.
public enum ConfirmationAnswer: Hashable, Sendable {
    /// Typed at the terminal.
    case typed(String)
    /// Given with `--confirm`, where there is no terminal.
    case given(String)
    /// The terminal's input ended.
    case endOfInput
    /// Ctrl-C.
    case interrupted
    /// There is nobody to ask.
    case unavailable

    /// Whether it names the target, in capitals or not where hosts are named.
    func names(_ target: String, ignoringCase: Bool = true) -> Bool {
        switch self {
        case .typed(let text), .given(let text):
            ignoringCase
                ? text.lowercased().utf8.elementsEqual(target.lowercased().utf8) : text.utf8.elementsEqual(target.utf8)
        case .endOfInput, .interrupted, .unavailable: false
        }
    }

    /// Why nothing is sent after an answer that does not name the target.
    func refusal(of target: String) -> Diagnostic {
        switch self {
        case .typed(""), .endOfInput: Self.cancelled("not confirmed")
        case .typed(let text), .given(let text):
            Self.cancelled("not confirmed: `\(text.visible(limit: 80))` is not `\(target.visible(limit: 255))`")
        case .interrupted:
            Diagnostic(
                "interrupted before the confirmation, so nothing was sent", remedy: "Run the command again",
                kind: .interrupted)
        case .unavailable:
            Diagnostic(
                "there is no terminal to confirm the action at, so nothing was sent",
                remedy: "Read the request, then add `--confirm \(target.visible(limit: 255))`")
        }
    }

    private static func cancelled(_ problem: String) -> Diagnostic {
        Diagnostic("\(problem), so nothing was sent", remedy: "Run the command again, and type the name in full")
    }
}

// MARK: In records

extension ConfirmationAnswer {
    /// `{"by","typed"}`: `terminal`, `--confirm` or `nobody`, and what was typed where anything was.
    var json: JSONValue {
        switch self {
        case .typed(let text): ["by": "terminal", "typed": .string(text)]
        case .given(let text): ["by": "--confirm", "typed": .string(text)]
        case .endOfInput: ["by": "terminal", "typed": .null]
        case .interrupted: ["by": "interrupt", "typed": .null]
        case .unavailable: ["by": "nobody", "typed": .null]
        }
    }

    /// Reads ``json``; `nil` for what is none.
    init?(json: JSONValue) {
        switch (json["by"]?.string, json["typed"]?.string) {
        case ("terminal", let text?): self = .typed(text)
        case ("--confirm", let text?): self = .given(text)
        case ("terminal", nil): self = .endOfInput
        case ("interrupt", nil): self = .interrupted
        case ("nobody", nil): self = .unavailable
        default: return nil
        }
    }
}
