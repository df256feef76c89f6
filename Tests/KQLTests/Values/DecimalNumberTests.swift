import Testing

@testable import KQL

@Suite("Decimals of 34 digits")
struct DecimalNumberTests {
    @Test(
        "Arithmetic",
        arguments: [
            ("0.1", "+", "0.2", "0.3"),
            ("1", "-", "1.000000000000000000000000000000001", "-0.000000000000000000000000000000001"),
            ("1e40", "+", "1", "1E40"),
            ("12345678901234567890", "*", "98765432109876543210", "1219326311370217952237463801111264000000"),
            (
                "9999999999999999999999999999999999", "*", "9999999999999999999999999999999999",
                "9999999999999999999999999999999998E34"
            ),
            ("1", "/", "3", "0.3333333333333333333333333333333333"),
            ("2", "/", "3", "0.6666666666666666666666666666666667"),
            ("-7", "%", "5", "3"), ("7.5", "%", "2", "1.5"), ("1", "/", "8", "0.125"),
        ])
    func arithmetic(left: String, sign: String, right: String, expected: String) throws {
        let one = try #require(DecimalNumber(left)), other = try #require(DecimalNumber(right))
        let result: DecimalNumber? =
            switch sign {
            case "+": one + other
            case "-": one - other
            case "*": one * other
            case "/": one / other
            default: one % other
            }
        #expect(result?.description == expected)
    }

    @Test("Order", arguments: [("1", "2"), ("-2", "-1"), ("0.5", "0.51"), ("9", "10"), ("-1", "0"), ("1e-20", "1e20")])
    func order(small: String, large: String) throws {
        let one = try #require(DecimalNumber(small)), other = try #require(DecimalNumber(large))
        #expect(one < other && !(other < one))
    }

    @Test(
        "Texts",
        arguments: [
            ("1.50", "1.5"), ("-0", "0"), ("007", "7"), (".5", "0.5"), ("5.", "5"), ("1e3", "1000"), ("x", nil),
            ("", nil), ("1.2.3", nil), ("1e", nil),
            ("12345678901234567890123456789012345678", "12345678901234567890123456789012350000"),
        ])
    func texts(text: String, expected: String?) { #expect(DecimalNumber(text)?.description == expected) }

    @Test("Division by zero is nothing")
    func zero() { #expect(DecimalNumber.one / .zero == nil && DecimalNumber.one % .zero == nil) }
}
