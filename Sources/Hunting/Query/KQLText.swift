internal import Tables

/// Values of a question as KQL literals. Whatever comes from outside enters a query here and nowhere else.
enum KQLText {
    /// Scalars of one value that a query takes; more than any name, address, hash or path has.
    static let longest = 2_000

    /// A text as a string literal in double quotes: nothing in it can end the literal, its line or the query.
    ///
    /// Quotes, backslashes and everything that a terminal or a reader of lines might obey are written as escapes; of an
    /// overlong text the beginning is taken.
    static func literal(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars.prefix(longest) {
            switch scalar {
            case "\"", "\\": result += "\\\(Character(scalar))"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            default: result += escape(scalar) ?? String(Character(scalar))
            }
        }
        return result + "\""
    }

    /// `datetime(2025-11-12T03:04:00Z)`.
    static func literal(_ time: Timestamp) -> String { "datetime(\(time))" }

    private static func escape(_ scalar: Unicode.Scalar) -> String? {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse:
            let hex = String(scalar.value, radix: 16)
            let width = scalar.value > 0xFFFF ? 8 : 4
            return (width == 8 ? "\\U" : "\\u") + String(repeating: "0", count: width - hex.count) + hex
        default: return nil
        }
    }
}
