internal import RegularExpressions
internal import Tables

/// What a text must be like.
enum TextTest: Hashable, Sendable {
    case pattern(TextMatcher)
    case expression(RegularExpression)
    case number(NumberTest)
    case network(AddressRange)
    case time(TimeTest)
    case order(OrderTest)
}

/// Several ways of which one is enough.
final class TextTests: Hashable, Sendable {
    let tests: [TextTest]
    /// Exact texts in lower case, when there are so many that looking them up is faster.
    private let known: StringPool?
    /// Tried on the text in lower case.
    private let caseless: [TextMatcher]
    /// Tried on the text as it is.
    private let exact: [TextTest]

    /// From how many exact texts on they are looked up by their hash.
    private static let lookUpFrom = 5

    init(_ tests: [TextTest]) {
        self.tests = tests
        var caseless: [TextMatcher] = [], exact: [TextTest] = []
        for test in tests {
            if case .pattern(let matcher) = test, !matcher.isCased {
                caseless.append(matcher)
            } else {
                exact.append(test)
            }
        }
        let texts = caseless.compactMap(\.exactText)
        if texts.count >= Self.lookUpFrom {
            var pool = StringPool()
            for text in texts { _ = text.withUnsafeBytes { pool.code(adding: $0) } }
            known = pool
            caseless.removeAll { $0.exactText != nil }
        } else {
            known = nil
        }
        self.caseless = caseless
        self.exact = exact
    }

    static func == (left: TextTests, right: TextTests) -> Bool { left.tests == right.tests }

    func hash(into hasher: inout Hasher) { hasher.combine(tests) }

    /// Whether ``matches(folded:)`` has anything to try, and ``matches(exact:)``.
    var foldsLetters: Bool { known != nil || !caseless.isEmpty }
    var readsLetters: Bool { !exact.isEmpty }

    /// Whether a text in lower case passes one of the tests that pay no heed to case.
    func matches(folded text: UnsafeRawBufferPointer) -> Bool {
        if let known, known.code(of: text) != nil { return true }
        for matcher in caseless where matcher.matches(text) { return true }
        return false
    }

    /// Whether a text passes one of the tests that take it as it is.
    func matches(exact text: UnsafeRawBufferPointer) -> Bool {
        for test in exact where test.matches(text) { return true }
        return false
    }

    /// Whether a text passes one of the tests.
    ///
    /// - Parameter scratch: For a copy of it.
    func matches(_ text: UnsafeRawBufferPointer, _ scratch: inout [UInt8]) -> Bool {
        if foldsLetters {
            LetterCase.fold(text, into: &scratch)
            if scratch.withUnsafeBytes(matches(folded:)) { return true }
        }
        return matches(exact: text)
    }
}

extension TextTest {
    fileprivate func matches(_ text: UnsafeRawBufferPointer) -> Bool {
        switch self {
        case .pattern(let matcher): matcher.matches(text)
        case .expression(let expression): expression.matches(text)
        case .number(let number): number.matches(text)
        case .network(let network): network.contains(text)
        case .time(let time): time.matches(text)
        case .order(let order): order.matches(text)
        }
    }
}
