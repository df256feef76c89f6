internal import Diagnostics
internal import RegularExpressions

/// Kusto's regular expressions in RE2's syntax.
///
/// Kusto's `\d`, `\w` and `\s` take the digits, letters and spaces of every alphabet (tried against the recorded
/// engine), and a group may be named `(?<name>…)`; RE2 knows neither. `\W` and `\S` inside a class keep their ASCII
/// meaning, as a class cannot hold another's complement.
enum KustoPattern {
    /// Compiles a pattern as Kusto would.
    static func compile(_ pattern: String) throws(Diagnostic) -> RegularExpression {
        try RegularExpression(rewritten(pattern))
    }

    private static let spaces =
        #"\t\n\x0B\f\r \x{85}\x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}"#
    private static let words = #"\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc}"#

    /// Linear in the pattern.
    static func rewritten(_ pattern: String) -> String {
        var result = "", inClass = false
        var rest = Substring(pattern)
        while let character = rest.unicodeScalars.first {
            if character == "\\" {
                result += escape(&rest, inClass: inClass)
                continue
            }
            if rest.hasPrefix("(?<"), !inClass, !rest.hasPrefix("(?<="), !rest.hasPrefix("(?<!") {
                result += "(?P<"
                rest = rest.dropFirst(3)
                continue
            }
            if character == "[", !inClass {
                inClass = true
                let head = rest.hasPrefix("[^]") ? 3 : rest.hasPrefix("[]") || rest.hasPrefix("[^") ? 2 : 1
                result += rest.unicodeScalars.prefix(head).map(String.init).joined()
                rest = Substring(rest.unicodeScalars.dropFirst(head))
                continue
            }
            if character == "[", inClass, rest.hasPrefix("[:"), let end = rest.firstRange(of: ":]") {
                result += rest[..<end.upperBound]
                rest = rest[end.upperBound...]
                continue
            }
            if character == "]" { inClass = false }
            result.unicodeScalars.append(character)
            rest = Substring(rest.unicodeScalars.dropFirst())
        }
        return result
    }

    /// What stands for the escape at the head of `rest`, which moves past it. `\Q…\E` is taken as it is.
    private static func escape(_ rest: inout Substring, inClass: Bool) -> String {
        if rest.hasPrefix("\\Q") {
            let end = rest.firstRange(of: "\\E")?.upperBound ?? rest.endIndex
            defer { rest = rest[end...] }
            return String(rest[..<end])
        }
        let pair = String(String.UnicodeScalarView(rest.unicodeScalars.prefix(2)))
        rest = Substring(rest.unicodeScalars.dropFirst(2))
        switch (pair, inClass) {
        case ("\\d", _): return #"\p{Nd}"#
        case ("\\D", _): return #"\P{Nd}"#
        case ("\\w", true): return words
        case ("\\w", false): return "[" + words + "]"
        case ("\\W", false): return "[^" + words + "]"
        case ("\\s", true): return spaces
        case ("\\s", false): return "[" + spaces + "]"
        case ("\\S", false): return "[^" + spaces + "]"
        default: return pair
        }
    }
}
