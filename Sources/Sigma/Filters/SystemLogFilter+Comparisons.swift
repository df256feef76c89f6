internal import Diagnostics

// An attribute, an operator, a value.
extension SystemLogFilter {
    mutating func comparison() throws(Diagnostic) -> Predicate {
        let attribute = try next("an attribute")
        guard case .word(let name) = attribute.kind, !["and", "or"].contains(where: attribute.isWord) else {
            throw unexpected(attribute, "an attribute")
        }
        let path = FieldPath(name), word = try next("an operator")
        if word.isWord("pr") { return .field(FieldTest(path: path, condition: .isPresent)) }
        if word.isWord("in") { return .some(try list().map { equality($0, at: path) }) }
        guard case .word(let text) = word.kind, let comparison = Operator(rawValue: text.lowercased()) else {
            throw unknownOperator(word)
        }
        let value = try value()
        guard case .null = value, ![.eq, .ne].contains(comparison) else {
            return predicate(comparison, value, at: path)
        }
        throw .filter(
            "compares with null, at column \(word.column)",
            remedy: "Write `\(name.shown) pr`, or `not (\(name.shown) pr)`")
    }

    private func unknownOperator(_ token: FilterToken) -> Diagnostic {
        let names = Operator.allCases.map(\.rawValue) + ["pr", "in"]
        return .filter(
            "has `\(token.description.shown)` where an operator belongs, at column \(token.column)",
            remedy: token.kind == .sign("[")
                ? "Values are not chosen in brackets: write the path, `target.type eq \"User\"`"
                : names.suggestion(for: token.description.lowercased()))
    }

    private enum Value {
        case text(String)
        case number(String, Double)
        case null

        /// As the filter has it; empty for null.
        var written: String {
            switch self {
            case .text(let text), .number(let text, _): text
            case .null: ""
            }
        }
    }

    private mutating func value() throws(Diagnostic) -> Value {
        let token = try next("a value")
        switch token.kind {
        case .text(let text): return .text(text)
        case .word(let word):
            if let number = DecimalNumber.parse(word) { return .number(word, number) }
            if token.isWord("null") { return .null }
            guard token.isWord("true") || token.isWord("false") else {
                throw .filter(
                    "has the value `\(word.shown)` without quotes, at column \(token.column)",
                    remedy: "Write `\"\(word.shown)\"`")
            }
            return .text(word)
        case .sign: throw unexpected(token, "a value")
        }
    }

    private mutating func list() throws(Diagnostic) -> [Value] {
        let open = try next("`[`")
        guard open.kind == .sign("[") else { throw unexpected(open, "`[`") }
        var values = [try value()]
        while takeSign(",") { values.append(try value()) }
        let close = try next("`]`")
        guard close.kind == .sign("]") else { throw unexpected(close, "`,` or `]`") }
        return values
    }

    private func predicate(_ comparison: Operator, _ value: Value, at path: FieldPath) -> Predicate {
        func field(_ test: TextTest) -> Predicate { .field(FieldTest(path: path, condition: .text(TextTests([test])))) }
        switch comparison {
        case .eq: return equality(value, at: path)
        case .ne: return .not(equality(value, at: path))
        case .co: return field(.pattern(TextMatcher(value.written, openBefore: true, openAfter: true)))
        case .sw: return field(.pattern(TextMatcher(value.written, openBefore: false, openAfter: true)))
        case .ew: return field(.pattern(TextMatcher(value.written, openBefore: true, openAfter: false)))
        case .gt: return field(order(.greater, value))
        case .ge: return field(order(.greaterOrEqual, value))
        case .lt: return field(order(.less, value))
        case .le: return field(order(.lessOrEqual, value))
        }
    }

    /// A number without quotes is compared with numbers alone.
    private func order(_ comparison: Comparison, _ value: Value) -> TextTest {
        guard case .number(_, let number) = value else { return .order(OrderTest(comparison, value.written)) }
        return .number(NumberTest(comparison: comparison, number: number))
    }

    private func equality(_ value: Value, at path: FieldPath) -> Predicate {
        switch value {
        case .text(let text):
            .field(FieldTest(path: path, condition: .text(TextTests([.pattern(TextMatcher(text))]))))
        case .number(let text, let number):
            .field(
                FieldTest(
                    path: path,
                    condition: .text(
                        TextTests([
                            .pattern(TextMatcher(text)), .number(NumberTest(comparison: .equal, number: number)),
                        ]))))
        case .null: .field(FieldTest(path: path, condition: .isNull))
        }
    }
}
