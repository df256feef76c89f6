internal import Diagnostics
internal import JSON

/// A word, text or sign of a filter, and its column, counted from 1 in characters.
struct FilterToken: Equatable {
    enum Kind: Equatable {
        /// An attribute, an operator, `true` or a number.
        case word(String)
        case text(String)
        /// `(`, `)`, `[`, `]` or `,`.
        case sign(Character)
    }

    let kind: Kind
    let column: Int

    /// Whether it is this word, in any case.
    func isWord(_ word: String) -> Bool {
        if case .word(let own) = kind { LetterCase.areSame(own, word) } else { false }
    }

    /// As the filter has it.
    var description: String {
        switch kind {
        case .word(let word): word
        case .text(let text): JSONValue.string(text).text
        case .sign(let sign): String(sign)
        }
    }
}

/// Cuts a filter into tokens.
struct FilterLexer {
    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var tokens: [FilterToken] = []

    static func tokens(of filter: String) throws(Diagnostic) -> [FilterToken] {
        var lexer = FilterLexer(scalars: Array(filter.unicodeScalars))
        try lexer.run()
        return lexer.tokens
    }

    private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

    private mutating func run() throws(Diagnostic) {
        while position < scalars.count {
            let scalar = scalars[position], column = position + 1
            if scalar.properties.isWhitespace {
                position += 1
            } else if "()[],".unicodeScalars.contains(scalar) {
                tokens.append(FilterToken(kind: .sign(Character(scalar)), column: column))
                position += 1
            } else if scalar == "\"" {
                tokens.append(FilterToken(kind: .text(try text()), column: column))
            } else {
                tokens.append(FilterToken(kind: .word(try word()), column: column))
            }
        }
    }

    private mutating func word() throws(Diagnostic) -> String {
        let start = position
        while position < scalars.count, isWordScalar(scalars[position]) { position += 1 }
        guard position > start else {
            let sign = scalars[position]
            throw Diagnostic.filter(
                "has `\(sign)`, at column \(position + 1)",
                remedy: ["'", "\u{201C}", "\u{201D}"].contains(sign)
                    ? "Put texts between `\"`" : "Write `attribute operator \"value\"`")
        }
        return String(String.UnicodeScalarView(scalars[start..<position]))
    }

    private func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "._-$:+".unicodeScalars.contains(scalar)
    }

    /// A text between quotes, with JSON's escapes (RFC 7644, section 3.4.2.2).
    private mutating func text() throws(Diagnostic) -> String {
        let start = position
        position += 1
        while position < scalars.count, scalars[position] != "\"" { position += scalars[position] == "\\" ? 2 : 1 }
        guard position < scalars.count else {
            throw Diagnostic.filter(
                "has a text that is not closed, at column \(start + 1)", remedy: "Close it with `\"`")
        }
        position += 1
        let quoted = scalars[start..<position].flatMap { Array(Self.escaped($0).utf8) }
        guard let text = (try? JSONValue(parsing: quoted))?.string else {
            throw Diagnostic.filter(
                "has an unknown escape in the text at column \(start + 1)",
                remedy: "Write `\\\"` for a quote and `\\\\` for a backslash")
        }
        return text
    }

    /// Line ends and tabs may stand in a filter's text as they are, as they do where YAML folds lines.
    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        scalar.value < 0x20
            ? "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16) : String(scalar)
    }
}

extension Diagnostic {
    /// A fault in a filter; without a place, which the caller knows.
    static func filter(_ reason: String, remedy: String) -> Diagnostic {
        Diagnostic("the filter \(reason)", remedy: remedy)
    }
}
