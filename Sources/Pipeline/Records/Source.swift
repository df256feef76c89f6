/// Who answered: a model, the built-in analyst, or the built-in analyst because the model's answer was not used.
///
/// ```swift
/// Source.fallback("timed out after 120 s").description  // "rules: timed out after 120 s"
/// Source.fallback("timed out after 120 s").words        // "model unavailable: timed out after 120 s"
/// ```
public enum Source: Hashable, Sendable {
    case rules
    /// The model's name, as its server gives it.
    case model(String)
    /// Why the model's answer was not used: one line, visible-safe.
    case fallback(String)
}

extension Source: LosslessStringConvertible {
    /// The text of a record's `source`.
    public var description: String {
        switch self {
        case .rules: "rules"
        case .model(let name): "model:\(name)"
        case .fallback(let reason): "rules: \(reason)"
        }
    }

    /// Reads the text of a record's `source`; `nil` for any other text.
    public init?(_ description: String) {
        if description == "rules" {
            self = .rules
        } else if description.hasPrefix("rules: ") {
            self = .fallback(String(description.dropFirst(7)))
        } else if description.hasPrefix("model:") {
            self = .model(String(description.dropFirst(6)))
        } else {
            return nil
        }
    }

    /// The same for people, to stand behind an answer.
    public var words: String {
        switch self {
        case .rules: "built-in analyst"
        case .model(let name): "model \(name)"
        case .fallback(let reason): "model unavailable: \(reason)"
        }
    }
}
