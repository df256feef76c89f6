/// A value of Kusto's `guid` type: 128 bits.
struct GUID: Hashable, Sendable {
    let high: UInt64
    let low: UInt64

    init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Reads 32 hexadecimal digits with dashes at their places or with none, in braces or not.
    init?(_ text: String) {
        var bytes = text.utf8[...]
        if bytes.first == UInt8(ascii: "{"), bytes.last == UInt8(ascii: "}") { bytes = bytes.dropFirst().dropLast() }
        guard bytes.count == 36 || bytes.count == 32 else { return nil }
        let isDashed = bytes.count == 36
        var halves: [UInt64] = [0, 0], digits = 0
        for (index, byte) in bytes.enumerated() {
            if isDashed, [8, 13, 18, 23].contains(index) {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            guard let digit = byte.hexadecimalDigit else { return nil }
            halves[digits / 16] = halves[digits / 16] << 4 | UInt64(digit)
            digits += 1
        }
        self.init(high: halves[0], low: halves[1])
    }

    /// From the 16 bytes in which .NET writes it: the first three groups with their least byte first.
    init?(mixedEndian bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        let order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15].map { UInt64(bytes[$0]) }
        high = order[..<8].reduce(0) { $0 << 8 | $1 }
        low = order[8...].reduce(0) { $0 << 8 | $1 }
    }

    /// The 16 bytes of ``init(mixedEndian:)``.
    var mixedEndian: [UInt8] {
        let bytes = [high, low].flatMap { half in (0..<8).map { UInt8(truncatingIfNeeded: half >> UInt64(56 - 8 * $0)) }
        }
        return [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15].map { bytes[$0] }
    }
}

extension GUID: Comparable {
    static func < (left: GUID, right: GUID) -> Bool { (left.high, left.low) < (right.high, right.low) }
}

extension GUID: CustomStringConvertible {
    /// 36 characters in small letters.
    var description: String {
        let digits = [high, low].map { half in
            let text = String(half, radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }.joined()
        let cuts = [0, 8, 12, 16, 20, 32].map { digits.utf8.index(digits.startIndex, offsetBy: $0) }
        return zip(cuts, cuts.dropFirst()).map { String(digits[$0..<$1]) }.joined(separator: "-")
    }
}

extension UInt8 {
    /// The value of an ASCII hexadecimal digit.
    var hexadecimalDigit: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
