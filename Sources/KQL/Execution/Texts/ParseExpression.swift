internal import Diagnostics
internal import RegularExpressions

/// The pattern of `parse kind=regex`: one regular expression of its texts, in which a text column is `(.*)`, a number
/// its digits and `*` is `.*?`. It begins at the source's first byte.
///
/// The flags are RE2's: `i` ignores case, `s` lets `.` match newlines, `m` lets `^` and `$` match at lines, and `U`
/// swaps greedy and lazy, so that a column ends as early as it can. (Kusto documentation, *parse operator*, *Regex
/// mode*; that columns are greedy by default is as the recorded answers have it.)
struct ParseExpression: TextReader {
    private let pattern: RegularExpression
    /// For each column its group and type.
    private let columns: [(group: Int, type: ScalarType)]

    /// - Throws: When a text is no regular expression, or a flag is not known.
    init(_ parse: BoundParse) throws(KQLFault) {
        if let flag = parse.flags.first(where: { !"imsU".contains($0) }) {
            throw KQLFault(
                "SEM0001", "parse: the flag '\(flag)' is not known", at: parse.source.span,
                suggestion: "Flags are i, m, s and U.")
        }
        var text = parse.flags.isEmpty ? #"\A"# : "(?\(parse.flags))\\A"
        var columns: [(group: Int, type: ScalarType)] = []
        var groups = 0
        for part in parse.parts {
            switch part {
            case .skip: text += ".*?"
            case .text(let own):
                text += own
                groups += try Self.compiled(own, parse).groupCount
            case .column(_, let type):
                groups += 1
                columns.append((groups, type))
                text += Self.group(type)
            }
        }
        pattern = try Self.compiled(text, parse)
        self.columns = columns
    }

    private static func compiled(_ text: String, _ parse: BoundParse) throws(KQLFault) -> RegularExpression {
        do throws(Diagnostic) { return try KustoPattern.compile(text) } catch {
            throw KQLFault("SEM0420", "parse: \(error.problem)", at: parse.source.span)
        }
    }

    private static func group(_ type: ScalarType) -> String {
        switch type {
        case .int, .long: #"([-+]?\d+)"#
        case .real, .decimal: #"([-+]?\d*\.?\d+(?:[eE][-+]?\d+)?)"#
        default: "(.*)"
        }
    }

    func values(of text: [UInt8]) -> [Scalar]? {
        guard let ranges = pattern.firstMatch(in: text)?.ranges else { return nil }
        var values: [Scalar] = []
        for column in columns {
            guard let range = ranges[column.group] else { return nil }
            let value = Scalar(reading: text[range], as: column.type)
            if value.isNull { return nil }
            values.append(value)
        }
        return values
    }
}
