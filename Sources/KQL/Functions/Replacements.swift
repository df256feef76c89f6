internal import RegularExpressions

extension ScalarFunctions {
    /// Replacing and trimming.
    static let replacements: [ScalarFunction] = [
        ScalarFunction("replace_string", [.text("text"), .text("lookup"), .text("rewrite")], .string) { arguments, _ in
            .string(replaced(arguments.text(0), arguments.text(1), arguments.text(2)))
        },
        ScalarFunction("replace_strings", [.text("text"), .dynamic("lookups"), .dynamic("rewrites")], .string) {
            arguments, _ in
            guard let lookups = arguments.elements(1), let rewrites = arguments.elements(2),
                lookups.count == rewrites.count
            else {
                return .string("")
            }
            return .string(zip(lookups, rewrites).reduce(arguments.text(0)) { replaced($0, $1.0.text, $1.1.text) })
        },
        ScalarFunction(
            "replace_regex", [.text("source"), .pattern("lookup_regex"), .string("rewrite_pattern")], .string
        ) { arguments, context in .string(rewritten(arguments.text(0), arguments.text(1), arguments.text(2), context))
        },
        ScalarFunction("replace", [.pattern("regex"), .string("rewrite"), .text("source")], .string) {
            arguments, context in
            .string(rewritten(arguments.text(2), arguments.text(0), arguments.text(1), context))
        },
        trim("trim", atStart: true, atEnd: true), trim("trim_start", atStart: true, atEnd: false),
        trim("trim_end", atStart: false, atEnd: true),
        ScalarFunction("regex_quote", [.any("string")], .string) { arguments, _ in
            let signs = Set(#"\.+*?()|[]{}^$"#.unicodeScalars)
            let quoted: [Unicode.Scalar] = arguments.text(0).unicodeScalars.flatMap {
                signs.contains($0) ? ["\\", $0] : [$0]
            }
            return .string(String(String.UnicodeScalarView(quoted)))
        },
    ]

    /// A result of more than ``ValueLimits/bytes`` is cut there. An empty text to look for changes nothing.
    private static func replaced(_ text: String, _ lookup: String, _ rewrite: String) -> String {
        guard !lookup.isEmpty else { return text }
        let parts = parts(of: text, by: lookup)
        guard parts.count > 1 else { return text }
        let size = text.utf8.count + (parts.count - 1) * rewrite.utf8.count
        if size <= max(ValueLimits.bytes, text.utf8.count) { return parts.joined(separator: rewrite) }
        var result = parts[0]
        for part in parts.dropFirst() {
            guard result.utf8.count + rewrite.utf8.count + part.utf8.count <= ValueLimits.bytes else { break }
            result += rewrite + part
        }
        return result
    }

    private static func rewritten(_ text: String, _ regex: String, _ rewrite: String, _ context: EvaluationContext)
        -> String
    {
        guard let pattern = context.patterns.pattern(regex) else { return text }
        let bytes = Array(text.utf8), template = Array(rewrite.utf8)
        var result: [UInt8] = [], from = 0
        pattern.forEachMatch(in: bytes) { ranges in
            guard let whole = ranges[0], result.count <= max(ValueLimits.bytes, bytes.count) else { return }
            result += bytes[from..<whole.lowerBound]
            append(template, ranges, bytes, to: &result)
            from = whole.upperBound
        }
        return String(decoding: result + bytes[from...], as: UTF8.self)
    }

    /// `\1` is the first group, `\0` the whole match, `\\` a backslash.
    private static func append(_ template: [UInt8], _ ranges: [Range<Int>?], _ bytes: [UInt8], to result: inout [UInt8])
    {
        var index = 0
        while index < template.count {
            let next = index + 1 < template.count ? template[index + 1] : 0
            if template[index] == UInt8(ascii: "\\"), next.isDecimalDigit {
                let group = Int(next - UInt8(ascii: "0"))
                if group < ranges.count, let range = ranges[group] { result += bytes[range] }
                index += 2
            } else {
                index += template[index] == UInt8(ascii: "\\") && next == UInt8(ascii: "\\") ? 1 : 0
                result.append(template[index])
                index += 1
            }
        }
    }

    /// Removes one match at each end.
    private static func trim(_ name: String, atStart: Bool, atEnd: Bool) -> ScalarFunction {
        ScalarFunction(name, [.pattern("regex"), .string("source")], .string) { arguments, context in
            let bytes = Array(arguments.text(1).utf8), regex = arguments.text(0)
            var start = 0, end = bytes.count
            if atStart, let match = context.patterns.pattern("^(?:\(regex))")?.firstMatch(in: bytes)?.ranges[0] {
                start = match.upperBound
            }
            if atEnd,
                let match = context.patterns.pattern("(?:\(regex))$")?.firstMatch(in: bytes, from: start)?.ranges[0]
            {
                end = match.lowerBound
            }
            return .string(String(decoding: bytes[start..<end], as: UTF8.self))
        }
    }
}

extension RegularExpression {
    /// Every match that does not overlap the one before, with the bytes of its groups. An empty match is followed by a
    /// search behind the next character.
    func forEachMatch(in bytes: [UInt8], _ body: ([Range<Int>?]) -> Void) {
        var from = 0, last = -1
        while from <= bytes.count, let match = firstMatch(in: bytes, from: from), let whole = match.ranges[0] {
            if !whole.isEmpty || whole.lowerBound != last { body(match.ranges) }
            last = whole.upperBound
            from = whole.upperBound
            if whole.isEmpty {
                from += 1
                while from < bytes.count, bytes[from] & 0xC0 == 0x80 { from += 1 }
            }
        }
    }
}
