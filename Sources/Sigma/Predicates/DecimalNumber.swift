/// Decimal numbers in text, as JSON and YAML write them.
enum DecimalNumber {
    /// `-1`, `2.5`, `1e3`; `nil` for everything else, names of numbers and other bases too.
    static func parse(_ text: String) -> Double? {
        var text = text
        return text.withUTF8 { parse(UnsafeRawBufferPointer($0)) }
    }

    /// As ``parse(_:)-(String)``, from bytes.
    static func parse(_ bytes: UnsafeRawBufferPointer) -> Double? {
        guard let first = bytes.first, bytes.count <= 400, first <= UInt8(ascii: "9"), bytes.contains(where: isDigit),
            bytes.allSatisfy({ isDigit($0) || "+-.eE".utf8.contains($0) })
        else { return nil }
        return Double(String(decoding: bytes, as: UTF8.self)).flatMap { $0.isFinite ? $0 : nil }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") <= 9 }
}
