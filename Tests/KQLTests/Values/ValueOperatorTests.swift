import RegularExpressions
import Testing

@testable import KQL

@Suite("Operators on values")
struct ValueOperatorTests {
    @Test(
        "Arithmetic",
        arguments: [
            (Scalar.int(2_000_000_000), Arithmetic.add, Scalar.int(2_000_000_000), Scalar.long(4_000_000_000)),
            (.long(.max), .add, .long(1), .long(.min)), (.long(7), .divide, .long(2), .long(3)),
            (.long(-7), .divide, .long(2), .long(-3)),
            (.long(7), .divide, .long(0), .null(.long)), (.long(.min), .divide, .long(-1), .long(.min)),
            (.long(-7), .modulo, .long(5), .long(3)), (.long(7), .modulo, .long(-5), .long(2)),
            (.long(-7), .modulo, .long(-5), .long(3)),
            (.real(1), .divide, .long(0), .real(.infinity)), (.real(0), .divide, .long(0), .real(.nan)),
            (.long(1), .add, .real(0.5), .real(1.5)),
            (.long(1), .add, .null(.int), .null(.long)),
            (.timespan(864_000_000_000), .modulo, .timespan(252_000_000_000), .timespan(108_000_000_000)),
            (.timespan(10), .divide, .timespan(4), .real(2.5)), (.timespan(10), .multiply, .real(1.5), .timespan(15)),
            (.datetime(5), .subtract, .datetime(3), .timespan(2)),
            (.datetime(5), .add, .timespan(.max), .null(.datetime)),
            (.long(1), .add, .string("a"), .null(.long)),
        ])
    func arithmetic(left: Scalar, operation: Arithmetic, right: Scalar, expected: Scalar) {
        #expect(operation(left, right) == expected)
    }

    @Test(
        "Types that an operator refuses",
        arguments: [
            (ScalarType.datetime, Arithmetic.add, ScalarType.datetime), (.string, .add, .string),
            (.dynamic, .add, .long), (.long, .divide, .timespan),
        ])
    func refused(left: ScalarType, operation: Arithmetic, right: ScalarType) {
        #expect(operation.resultType(left, right) == nil)
    }

    @Test(
        "Comparisons; null is unlike everything and ordered nowhere",
        arguments: [
            (Scalar.null(.int), Comparison.equal, Scalar.long(1), Scalar.bool(false)),
            (.null(.int), .notEqual, .long(1), .bool(true)),
            (.null(.int), .greater, .long(0), .null(.bool)), (.real(.nan), .equal, .real(.nan), .bool(false)),
            (.real(.nan), .notEqual, .real(.nan), .bool(true)), (.real(.nan), .less, .real(1), .bool(false)),
            (.long(1), .equal, .real(1), .bool(true)),
            (.string("a"), .less, .string("B"), .bool(false)),
            (.string("e\u{301}"), .equal, .string("é"), .bool(false)),
            (.dynamic(.string("x")), .equal, .string("x"), .bool(true)),
            (.dynamic(.long(5)), .greater, .real(4.5), .bool(true)),
            (.bool(true), .equal, .long(1), .bool(true)),
        ])
    func comparisons(left: Scalar, operation: Comparison, right: Scalar, expected: Scalar) {
        #expect(operation(left, right) == expected)
    }

    @Test("between and in")
    func ranges() {
        #expect(Comparison.between(.datetime(5), .datetime(1), .timespan(4)) == .bool(true))
        #expect(Comparison.between(.long(5), .long(1), .null(.long)) == .null(.bool))
        #expect(MemberTest(.in, [.null(.long), .int(1)]).holds(for: .long(1)))
        #expect(!MemberTest(.in, [.null(.long)]).holds(for: .null(.long)))
    }

    @Test(
        "Texts and terms",
        arguments: [
            (TextOperator.has, "web-01.example", "01", true), (.has, "web01", "web", false), (.has, "a_b", "b", true),
            (.has, "x 10.0.0.1 y", "10.0.0.1", true), (.has, "110.0.0.1", "10.0.0.1", false),
            (.has, "anything", "", true),
            (.has, "weber web", "web", true), (.has, "É là", "é", true), (.has, "éa", "a", false),
            (.hasCased, "Web 1", "web", false),
            (.has, "cmd.exe", ".exe", true), (.hasPrefix, "new website", "web", true),
            (.hasPrefix, "newweb", "web", false),
            (.hasSuffix, "my-newweb", "web", true), (.hasSuffix, "website", "web", false),
            (.contains, "aBc", "b", true),
            (.containsCased, "aBc", "b", false), (.startsWith, "Straße", "STRA", true),
            (.equals, "straße", "STRASSE", false),
            (.equals, "CAFÉ", "café", true), (.endsWith, "a.EXE", ".exe", true),
            (.endsWithCased, "a.EXE", ".exe", false), (.endsWith, "x", "xx", false),
        ])
    func terms(operation: TextOperator, text: String, pattern: String, expected: Bool) {
        #expect(TextMatcher(operation, pattern).matches(text) == expected)
    }

    @Test(
        "Regular expressions take the digits and letters of every alphabet",
        arguments: [
            (#"^\w+$"#, "Grüße_1", true), (#"^\d$"#, "٣", true), (#"^[\w.]+$"#, "ä.b", true), (#"\W"#, "äöü", false),
            (#"(?<n>a)"#, "a", true),
            (#"[^\s]"#, "\u{A0}", false), (#"\\d"#, #"\d"#, true), (#"[[:alpha:]\d]"#, "5", true),
            (#"\Q\d\E"#, #"\d"#, true), (#"[]\d]"#, "5", true),
        ])
    func patterns(pattern: String, text: String, matches: Bool) throws {
        #expect(try KustoPattern.compile(pattern).matches(text) == matches)
    }
}
