import Foundation
import JSON

/// A rule as a tree that is evaluated in the most straightforward way, to be compared with the engine. Shares nothing
/// with it.
indirect enum NaiveRule {
    case all([NaiveRule])
    case any([NaiveRule])
    case not(NaiveRule)
    case equals(String, JSONValue)
    case contains(String, String)
    case begins(String, String)
    case ends(String, String)
    /// With `*` and `?`.
    case fits(String, String)
    case exists(String)
    case isNull(String)
    case isPresent(String)
    case isGreater(String, Double)
    case expression(String, String)

    func holds(_ event: JSONValue) -> Bool {
        switch self {
        case .all(let rules): rules.allSatisfy { $0.holds(event) }
        case .any(let rules): rules.contains { $0.holds(event) }
        case .not(let rule): !rule.holds(event)
        case .equals(let path, .integer(let number)):
            texts(path, event).contains { $0 == String(number) || Double($0) == Double(number) && $0.first != "." }
        case .equals(let path, let value): texts(path, event).contains { $0.asciiLowercased == (value.string ?? value.text).asciiLowercased }
        case .contains(let path, let text): texts(path, event).contains { $0.asciiLowercased.holds(text.asciiLowercased) }
        case .begins(let path, let text): texts(path, event).contains { Array($0.asciiLowercased.utf8).starts(with: text.asciiLowercased.utf8) }
        case .ends(let path, let text):
            texts(path, event).contains { $0.asciiLowercased.utf8.reversed().starts(with: text.asciiLowercased.utf8.reversed()) }
        case .fits(let path, let pattern):
            texts(path, event).contains { Self.fits(Array($0.asciiLowercased.unicodeScalars)[...], Array(pattern.asciiLowercased.unicodeScalars)[...]) }
        case .exists(let path): !values(path, event).isEmpty
        case .isNull(let path): texts(path, event).isEmpty
        case .isPresent(let path): values(path, event).contains { ![.null, "", .object([])].contains($0) }
        case .isGreater(let path, let number): texts(path, event).contains { text in Double(text).map { $0 > number } ?? false }
        case .expression(let path, let pattern):
            texts(path, event).contains { $0.range(of: pattern, options: .regularExpression) != nil }
        }
    }

    /// Everything at a path, null and empty arrays as null.
    private func values(_ path: String, _ event: JSONValue) -> [JSONValue] {
        values(path.split(separator: ".").map(String.init), in: event)
    }

    private func values(_ steps: [String], in value: JSONValue) -> [JSONValue] {
        guard let step = steps.first else {
            guard case .array(let elements) = value else { return [value] }
            return elements.isEmpty ? [.null] : elements.flatMap { values([], in: $0) }
        }
        let rest = Array(steps.dropFirst())
        switch value {
        case .object(let members):
            return members.last { $0.key.asciiLowercased == step.asciiLowercased }.map { values(rest, in: $0.value) } ?? []
        case .array(let elements):
            if let index = Int(step) { return elements.indices.contains(index) ? values(rest, in: elements[index]) : [] }
            return elements.flatMap { values(steps, in: $0) }
        default: return []
        }
    }

    private func texts(_ path: String, _ event: JSONValue) -> [String] {
        values(path, event).compactMap { $0.isNull ? nil : $0.string ?? $0.text }
    }

    private static func fits(_ text: ArraySlice<Unicode.Scalar>, _ pattern: ArraySlice<Unicode.Scalar>) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        if first == "*" { return (text.startIndex...text.endIndex).contains { fits(text[$0...], pattern.dropFirst()) } }
        return !text.isEmpty && (first == "?" || first == text.first) && fits(text.dropFirst(), pattern.dropFirst())
    }
}

extension String {
    fileprivate var asciiLowercased: String {
        String(String.UnicodeScalarView(unicodeScalars.map { $0.isASCII ? $0.properties.lowercaseMapping.unicodeScalars.first ?? $0 : $0 }))
    }

    /// By bytes.
    fileprivate func holds(_ part: String) -> Bool {
        let text = Array(utf8), part = Array(part.utf8)
        return part.count <= text.count && (0...text.count - part.count).contains { Array(text[$0..<$0 + part.count]) == part }
    }
}

// MARK: Writing

extension NaiveRule {
    /// As the detection section of a Sigma rule; `nil` where Sigma cannot say it.
    var sigma: String? {
        var lines: [String] = []
        guard let condition = condition(&lines) else { return nil }
        return (lines + ["condition: \(condition)"]).joined(separator: "\n")
    }

    private func condition(_ lines: inout [String]) -> String? {
        func joined(_ rules: [NaiveRule], _ word: String) -> String? {
            var parts: [String] = []
            for rule in rules {
                guard let part = rule.condition(&lines) else { return nil }
                parts.append(part)
            }
            return "(" + parts.joined(separator: " \(word) ") + ")"
        }
        func selection(_ field: String, _ value: JSONValue) -> String {
            lines.append("s\(lines.count): {\(JSONValue.string(field).text): \(value.text)}")
            return "s\(lines.count - 1)"
        }
        switch self {
        case .all(let rules): return joined(rules, "and")
        case .any(let rules): return joined(rules, "or")
        case .not(let rule): return rule.condition(&lines).map { "not \($0)" }
        case .equals(let path, let value): return selection(path, value)
        case .contains(let path, let text): return selection(path + "|contains", .string(text))
        case .begins(let path, let text): return selection(path + "|startswith", .string(text))
        case .ends(let path, let text): return selection(path + "|endswith", .string(text))
        case .fits(let path, let pattern): return selection(path, .string(pattern))
        case .exists(let path): return selection(path + "|exists", true)
        case .isNull(let path): return selection(path, nil)
        case .isGreater(let path, let number): return selection(path + "|gt", JSONValue(number))
        case .expression(let path, let pattern): return selection(path + "|re", .string(pattern))
        case .isPresent: return nil
        }
    }

    /// As a System Log filter; `nil` where the filters' language cannot say it.
    var filter: String? {
        func joined(_ rules: [NaiveRule], _ word: String) -> String? {
            let parts = rules.compactMap(\.filter)
            return parts.count == rules.count ? "(" + parts.joined(separator: " \(word) ") + ")" : nil
        }
        return switch self {
        case .all(let rules): joined(rules, "AND")
        case .any(let rules): joined(rules, "or")
        case .not(.equals(let path, let value)): "\(path) ne \(value.text)"
        case .not(let rule): rule.filter.map { "not (\($0))" }
        case .equals(let path, let value): "\(path) eq \(value.text)"
        case .contains(let path, let text): "\(path) co \(JSONValue.string(text).text)"
        case .begins(let path, let text): "\(path) sw \(JSONValue.string(text).text)"
        case .ends(let path, let text): "\(path) ew \(JSONValue.string(text).text)"
        case .isNull(let path): "\(path) eq null"
        case .isPresent(let path): "\(path) pr"
        case .isGreater(let path, let number): "\(path) gt \(JSONValue(number).text)"
        case .fits, .exists, .expression: nil
        }
    }
}
