internal import Diagnostics

/// A text of a rule with names between percent signs, which stand for values that the configuration has.
///
/// `\%` is a plain percent sign (Sigma specification 2.0, *Placeholders*).
struct PlaceholderText {
    enum Piece: Equatable {
        case text(String)
        case placeholder(String)
    }

    let pieces: [Piece]

    /// How many texts one value may become.
    static let limit = 1000

    init(_ text: String) {
        var pieces: [Piece] = [], plain = String.UnicodeScalarView(), rest = text.unicodeScalars[...]
        while let scalar = rest.first {
            if scalar == "\\", rest.dropFirst().first == "%" {
                plain.append("%")
                rest = rest.dropFirst(2)
            } else if let name = Self.name(at: rest) {
                if !plain.isEmpty { pieces.append(.text(String(plain))) }
                pieces.append(.placeholder(String(name)))
                (plain, rest) = (String.UnicodeScalarView(), rest.dropFirst(name.count + 2))
            } else {
                plain.append(scalar)
                rest = rest.dropFirst()
            }
        }
        if !plain.isEmpty { pieces.append(.text(String(plain))) }
        self.pieces = pieces
    }

    private static func name(at text: Substring.UnicodeScalarView) -> Substring.UnicodeScalarView? {
        guard text.first == "%" else { return nil }
        let name = text.dropFirst().prefix {
            $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || "_-.".unicodeScalars.contains($0))
        }
        return !name.isEmpty && text.dropFirst(name.count + 1).first == "%" ? name : nil
    }

    /// Every text that it stands for, with each piece put through a function.
    func expanded<Result>(
        _ values: [String: [String]], from empty: Result, text: (Result, String) -> Result,
        value: (Result, String) -> Result
    ) throws(Diagnostic) -> [Result] {
        var results = [empty]
        for piece in pieces {
            switch piece {
            case .text(let plain): results = results.map { text($0, plain) }
            case .placeholder(let name):
                guard let known = values[name], !known.isEmpty else { throw Self.unresolved(name) }
                guard results.count * known.count <= Self.limit else { throw Self.tooMany }
                results = results.flatMap { result in known.map { value(result, $0) } }
            }
        }
        return results
    }

    static let tooMany = Diagnostic(
        "a value stands for more than \(limit) texts", remedy: "Use fewer placeholders or dashes in one value")

    private static func unresolved(_ name: String) -> Diagnostic {
        Diagnostic(
            "the placeholder `%\(name.shown)%` has no values, and the rule means nothing without them",
            remedy: "Give `\(name.shown)` its values under `placeholders` in the configuration")
    }
}
