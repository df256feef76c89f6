extension ScalarFunctions {
    /// Joining, measuring and changing whole strings.
    static let strings: [ScalarFunction] = [
        ScalarFunction("strcat", [.any("arg").repeated], layout: .list(minimum: 1, limit: 64), .string) {
            arguments, _ in
            .string(arguments.reduce(into: "") { $0 += $1.text })
        },
        ScalarFunction(
            "strcat_delim", [.any("delimiter"), .any("arg").repeated], layout: .list(minimum: 3, limit: 65), .string
        ) {
            arguments, _ in .string(arguments.dropFirst().map(\.text).joined(separator: arguments.text(0)))
        },
        ScalarFunction("strcat_array", aliases: ["array_strcat"], [.dynamic("array"), .any("delimiter")], .string) {
            arguments, _ in
            .string((arguments.elements(0) ?? []).map(\.text).joined(separator: arguments.text(1)))
        },
        ScalarFunction("strcmp", [.any("s1"), .any("s2")], .long) { arguments, _ in
            .long(Int64(Comparison.order(arguments.text(0), arguments.text(1))))
        },
        ScalarFunction("strrep", [.any("value"), .integer("multiplier"), .any("delimiter").optional], .string) {
            arguments, _ in
            .string(repeated(arguments.text(0), arguments.long(1) ?? 0, arguments.text(2)))
        },
        ScalarFunction("strlen", [.text("string")], .long, naming: .functionAndArgument) { arguments, _ in
            .long(Int64(arguments.text(0).unicodeScalars.count))
        },
        ScalarFunction("string_size", [.text("string")], .long, naming: .functionAndArgument) { arguments, _ in
            .long(Int64(arguments.text(0).utf8.count))
        },
        change("toupper", TextFolding.uppered), change("tolower", TextFolding.lowered),
        change("reverse") { String(String.UnicodeScalarView($0.unicodeScalars.reversed())) },
        ScalarFunction("translate", [.text("searchList"), .text("replacementList"), .text("source")], .string) {
            arguments, _ in
            .string(translated(arguments.text(2), from: arguments.text(0), to: arguments.text(1)))
        },
        ScalarFunction("unicode_codepoints_from_string", aliases: ["to_utf8"], [.any("value")], .dynamic) {
            arguments, _ in
            .array(arguments.text(0).unicodeScalars.map { .long(Int64($0.value)) })
        },
        ScalarFunction(
            "unicode_codepoints_to_string", aliases: ["make_string"],
            [FunctionParameter("value", [.integer, .dynamic]).repeated],
            layout: .list(minimum: 1, limit: 64), .string
        ) { arguments, _ in
            let points = arguments.flatMap { $0.packed.elements ?? [$0.packed] }.compactMap { Scalar($0).long }
            let scalars = points.compactMap { UInt32(exactly: $0).flatMap(Unicode.Scalar.init) }
            return .string(String(String.UnicodeScalarView(scalars)))
        },
    ]

    private static func change(_ name: String, _ change: @escaping @Sendable (String) -> String) -> ScalarFunction {
        ScalarFunction(name, [.any("value")], .string) { arguments, _ in .string(change(arguments.text(0))) }
    }

    /// As often as fits into a string of ``ValueLimits/bytes``.
    private static func repeated(_ text: String, _ count: Int64, _ delimiter: String) -> String {
        let size = text.utf8.count + delimiter.utf8.count
        guard count > 0, size > 0 else { return "" }
        let count = min(Int(clamping: count), ValueLimits.bytes / size)
        return repeatElement(text, count: count).joined(separator: delimiter)
    }

    /// Each character of one list becomes the one at its place in the other, whose last stands for all that follow.
    private static func translated(_ text: String, from: String, to: String) -> String {
        let targets = Array(to.unicodeScalars)
        var table: [Unicode.Scalar: Unicode.Scalar?] = [:]
        for (index, scalar) in from.unicodeScalars.enumerated() where table[scalar] == nil {
            table[scalar] = .some(targets.isEmpty ? nil : targets[min(index, targets.count - 1)])
        }
        return String(String.UnicodeScalarView(text.unicodeScalars.compactMap { table[$0] ?? $0 }))
    }
}
