internal import RegularExpressions

extension ScalarFunctions {
    /// Parts of strings and places in them. Places count characters (code points) from 0.
    static let slices: [ScalarFunction] = [
        ScalarFunction("substring", [.any("string"), .integer("start"), .integer("length").optional], .string) {
            arguments, _ in
            .string(substring(arguments))
        },
        ScalarFunction("indexof", [.any("string"), .any("match")] + window, .long) { arguments, _ in
            let search = ByteSearch(Array(arguments.text(1).utf8))
            guard !search.needle.isEmpty else { return .null(.long) }
            return place(arguments) { text, start in
                search.first(in: text, from: start).map { $0..<$0 + search.needle.count }
            }
        },
        ScalarFunction("indexof_regex", [.any("string"), .pattern("match").constant] + window, .long) {
            arguments, context in
            guard let pattern = context.patterns.pattern(arguments.text(1)) else { return .null(.long) }
            return place(arguments) { text, start in pattern.firstMatch(in: text, from: start)?.ranges[0] }
        },
        ScalarFunction("has_any_index", [.text("source"), .dynamic("values")], .long) { arguments, _ in
            let text = arguments.text(0)
            let place = (arguments.elements(1) ?? []).firstIndex { TextMatcher(.has, $0.text).matches(text) }
            return .long(Int64(place ?? -1))
        },
        ScalarFunction(
            "countof", [.text("source"), .text("search"), .word("kind", ["normal", "regex"]).optional], .long
        ) { arguments, context in .long(Int64(count(arguments, context))) },
        ScalarFunction(
            "split", [.any("source"), .text("delimiter"), .integer("requestedIndex").optional], .dynamic,
            naming: .firstArgument
        ) { arguments, _ in
            let parts = parts(of: arguments.text(0), by: arguments.text(1))
            guard arguments.count > 2 else { return .array(parts) }
            guard let index = arguments.long(2), let place = Int(exactly: index), parts.indices.contains(place) else {
                return .array([String]())
            }
            return .array([parts[place]])
        },
    ]

    private static let window: [FunctionParameter] = [
        .integer("start").optional, .integer("length").optional, .integer("occurrence").optional,
    ]

    private static func substring(_ arguments: [Scalar]) -> String {
        let text = arguments.text(0)
        guard var start = arguments.long(1) else { return "" }
        let length = arguments.count > 2 ? arguments.long(2) ?? 0 : .max
        guard length > 0 else { return "" }
        let scalars = text.unicodeScalars
        if start < 0 { start = max(0, Int64(scalars.count) + start) }
        guard let offset = Int(exactly: start) else { return "" }
        return String(scalars.dropFirst(offset).prefix(Int(clamping: length)))
    }

    /// The place of an occurrence that begins between `start` and `start + length`, found by `next`, which gives the
    /// bytes of the first at or after a byte. It may end behind (so the recorded engine, unlike its documentation).
    private static func place(
        _ arguments: [Scalar], _ next: (UnsafeRawBufferPointer, Int) -> Range<Int>?
    ) -> Scalar {
        var text = arguments.text(0)
        let length = arguments.long(3) ?? -1, occurrence = arguments.long(4) ?? 1
        guard length >= -1, occurrence > 0 else { return .null(.long) }
        return text.withUTF8 { buffer in
            let bytes = UnsafeRawBufferPointer(buffer), count = Int64(Characters.count(bytes, to: bytes.count))
            var start = arguments.long(2) ?? 0
            if start < 0 { start = max(0, count + start) }
            guard start <= count else { return .long(-1) }
            let end =
                length < 0
                ? bytes.count + 1 : Characters.offset(bytes, of: Int(clamping: start.addingIfFits(length) ?? .max))
            var from = Characters.offset(bytes, of: Int(start)), left = occurrence
            while let found = next(bytes, from), found.lowerBound < end {
                left -= 1
                if left == 0 { return .long(Int64(Characters.count(bytes, to: found.lowerBound))) }
                from = found.lowerBound + 1
            }
            return .long(-1)
        }
    }

    /// Plain texts are counted where they overlap too, matches of a pattern are not.
    private static func count(_ arguments: [Scalar], _ context: EvaluationContext) -> Int {
        var text = arguments.text(0), count = 0
        if arguments.text(2).lowercased() == "regex" {
            context.patterns.pattern(arguments.text(1))?.forEachMatch(in: Array(text.utf8)) { _ in count += 1 }
            return count
        }
        let search = ByteSearch(Array(arguments.text(1).utf8))
        guard !search.needle.isEmpty else { return 0 }
        text.withUTF8 { bytes in
            _ = search.first(in: UnsafeRawBufferPointer(bytes)) { _ in
                count += 1
                return false
            }
        }
        return count
    }

    /// Empty parts are kept; an empty delimiter divides nothing. Linear.
    static func parts(of text: String, by delimiter: String) -> [String] {
        guard !delimiter.isEmpty else { return [text] }
        let search = ByteSearch(Array(delimiter.utf8)), bytes = Array(text.utf8)
        var parts: [String] = [], from = 0
        bytes.withUnsafeBytes { bytes in
            while let found = search.first(in: bytes, from: from) {
                parts.append(String(decoding: bytes[from..<found], as: UTF8.self))
                from = found + search.needle.count
            }
            parts.append(String(decoding: bytes[from...], as: UTF8.self))
        }
        return parts
    }
}

/// Characters (code points) of bytes in UTF-8.
enum Characters {
    /// How many begin before a byte.
    static func count(_ bytes: UnsafeRawBufferPointer, to end: Int) -> Int {
        bytes[..<end].reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
    }

    /// The byte at which the character with this number begins; the end where there are fewer.
    static func offset(_ bytes: UnsafeRawBufferPointer, of number: Int) -> Int {
        var left = number
        for (index, byte) in bytes.enumerated() where byte & 0xC0 != 0x80 {
            if left == 0 { return index }
            left -= 1
        }
        return bytes.count
    }
}
