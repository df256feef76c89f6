internal import Foundation

/// Decimal numbers in bytes.
public enum DecimalText {
    /// The double nearest to a decimal number without an exponent; `nil` where the text is none.
    ///
    /// Up to 15 digits and 22 decimal places are exact doubles, and their quotient is rounded once: the first case of
    /// William Clinger, "How to Read Floating Point Numbers Accurately" (1990). Longer texts go to the library.
    @inline(__always)
    public static func double(_ text: UnsafeRawBufferPointer) -> Double? {
        var mantissa: UInt64 = 0, digits = 0, places = 0, index = 0
        let isNegative = text.first == UInt8(ascii: "-")
        if isNegative { index = 1 }
        while index < text.count {
            let digit = text[index] &- UInt8(ascii: "0")
            if digit <= 9 {
                mantissa = mantissa &* 10 &+ UInt64(digit)
                digits += 1
            } else if text[index] == UInt8(ascii: "."), places == 0 {
                places = digits + 1
            } else {
                return nil
            }
            index += 1
        }
        guard digits > 0 else { return nil }
        guard digits <= 15 else { return Double(String(decoding: text, as: UTF8.self)) }
        let value = places == 0 ? Double(mantissa) : Double(mantissa) / powers[digits + 1 - places]
        return isNegative ? -value : value
    }

    private static let powers: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ]
}
