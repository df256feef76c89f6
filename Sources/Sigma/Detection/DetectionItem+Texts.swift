internal import Diagnostics
internal import RegularExpressions
internal import Tables

// What the values of an item come to when they are texts, expressions or networks.
extension DetectionItem {
    func texts(of value: YAMLScalar) throws(Diagnostic) -> [TextTest] {
        var patterns = try has(.expand) ? expanded(value.text) : [TextPattern(wildcards: value.text)]
        for modifier in modifiers {
            var next: [TextPattern] = []
            for pattern in patterns { next += try TextTransformation.apply(modifier, to: pattern) }
            patterns = next
        }
        if field == nil { patterns = patterns.map { $0.open(before: true, after: true) } }
        var tests: [TextTest] = []
        for pattern in patterns { tests.append(.pattern(try TextMatcher(pattern, isCased: has(.cased)))) }
        let isAsWritten = !modifiers.contains { [.opening, .transformation].contains($0.kind) }
        if let number = value.number, field != nil, isAsWritten {
            tests.append(.number(NumberTest(comparison: .equal, number: number)))
        }
        return tests
    }

    private func expanded(_ text: String) throws(Diagnostic) -> [TextPattern] {
        func appending(_ pattern: TextPattern, _ text: String) -> TextPattern {
            var pattern = pattern
            pattern.append(TextPattern(wildcards: text))
            return pattern
        }
        return try PlaceholderText(text)
            .expanded(context.placeholders, from: TextPattern(), text: appending, value: appending)
    }

    func expressions(of text: String) throws(Diagnostic) -> [TextTest] {
        // A percent sign in an expression begins a placeholder only under `|expand`; values stand for themselves.
        let patterns =
            try has(.expand)
            ? PlaceholderText(text).expanded(
                context.placeholders, from: "", text: +, value: { $0 + RegularExpression.quoted($1) })
            : [text]
        var options: RegularExpression.Options = []
        if has(.i) { options.insert(.ignoresCase) }
        if has(.m) { options.insert(.multiline) }
        if has(.s) { options.insert(.dotMatchesNewline) }
        var tests: [TextTest] = []
        for pattern in patterns { tests.append(.expression(try RegularExpression(anchored(pattern), options))) }
        return tests
    }

    /// An expression matches anywhere, so that of the openings only those that close the other side mean something.
    private func anchored(_ pattern: String) -> String {
        if has(.contains) { return pattern }
        if has(.startswith) { return "\\A(?:\(pattern))" }
        return has(.endswith) ? "(?:\(pattern))\\z" : pattern
    }

    func networks(of text: String) throws(Diagnostic) -> [TextTest] {
        let texts =
            try has(.expand)
            ? PlaceholderText(text).expanded(context.placeholders, from: "", text: +, value: +) : [text]
        var tests: [TextTest] = []
        for text in texts {
            guard let network = AddressRange(text) else {
                throw Diagnostic(
                    "`\(text.shown)` is no network", remedy: "Write it like `10.0.0.0/8` or `2001:db8::/32`")
            }
            tests.append(.network(network))
        }
        return tests
    }
}
