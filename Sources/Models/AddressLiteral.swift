#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Numeric internet addresses within a text.
enum AddressLiteral {
    private static let longest = 45

    /// The end of the address that begins here.
    static func end(at start: Int, in scalars: [Unicode.Scalar]) -> Int? {
        fourEnd(at: start, in: scalars) ?? sixEnd(at: start, in: scalars)
    }

    /// Four decimal numbers, which are neither the rest nor the beginning of a longer dotted number.
    private static func fourEnd(at start: Int, in scalars: [Unicode.Scalar]) -> Int? {
        guard scalars[start].isASCIIDigit else { return nil }
        if start >= 2, scalars[start - 1] == ".", scalars[start - 2].isASCIIDigit { return nil }
        var position = start
        for group in 0..<4 {
            if group > 0 {
                guard position < scalars.count, scalars[position] == "." else { return nil }
                position += 1
            }
            let digits = scalars[position...].prefix(3).prefix(while: \.isASCIIDigit)
            guard let value = Int(String(String.UnicodeScalarView(digits))), value <= 255 else { return nil }
            position = digits.endIndex
        }
        let goesOn = position + 1 < scalars.count && scalars[position] == "." && scalars[position + 1].isASCIIDigit
        return goesOn || !scalars.mayEndToken(at: position) ? nil : position
    }

    private static func sixEnd(at start: Int, in scalars: [Unicode.Scalar]) -> Int? {
        guard scalars[start].isHexDigit || scalars[start] == ":" else { return nil }
        let run = scalars[start...].prefix(longest + 1).prefix { $0.isHexDigit || $0 == ":" || $0 == "." }
        guard run.count(where: { $0 == ":" }) >= 2, run.contains(where: \.isHexDigit) else { return nil }
        let ends = [run.endIndex, run.endIndex - 1, run.firstIndex(of: ".") ?? run.endIndex]
        return ends.first { end in
            scalars.mayEndToken(at: end) && six(String(String.UnicodeScalarView(scalars[start..<end]))) != nil
        }
    }

    /// Whether a whole text is an address of this computer.
    static func isLoopback(_ text: String) -> Bool {
        let scalars = Array(text.unicodeScalars)
        if let bytes = six(text) {
            let isMapped = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
            return isMapped ? bytes[12] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
        }
        return text.hasPrefix("127.") && fourEnd(at: 0, in: scalars) == scalars.count
    }

    private static func six(_ text: String) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 16)
        return inet_pton(AF_INET6, text, &bytes) == 1 ? bytes : nil
    }
}
