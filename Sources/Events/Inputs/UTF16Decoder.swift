/// Turns UTF-16 into UTF-8 piece by piece.
///
/// The byte-order mark is left out. A surrogate without its partner, and a last byte without its other half, become
/// U+FFFD.
struct UTF16Decoder {
    private let isBigEndian: Bool
    /// The first byte of a unit whose second has not come yet.
    private var half: UInt8?
    /// A high surrogate whose partner has not come yet.
    private var high: UInt16?
    private var isAtStart = true

    init(isBigEndian: Bool) { self.isBigEndian = isBigEndian }

    /// Adds what the next bytes mean.
    mutating func decode(_ input: UnsafeRawBufferPointer, into output: inout [UInt8]) {
        var index = 0
        if let first = half, let second = input.first {
            half = nil
            index = 1
            take(unit(first, second), &output)
        }
        while index + 1 < input.count {
            take(unit(input[index], input[index + 1]), &output)
            index += 2
        }
        if index < input.count { half = input[index] }
    }

    /// Adds what is left when the input has ended.
    mutating func finish(into output: inout [UInt8]) {
        if high != nil { append(Self.replacement, &output) }
        if half != nil { append(Self.replacement, &output) }
        (high, half) = (nil, nil)
    }

    private static let replacement: UInt32 = 0xFFFD

    private func unit(_ first: UInt8, _ second: UInt8) -> UInt16 {
        isBigEndian ? UInt16(first) << 8 | UInt16(second) : UInt16(second) << 8 | UInt16(first)
    }

    private mutating func take(_ unit: UInt16, _ output: inout [UInt8]) {
        defer { isAtStart = false }
        if isAtStart, unit == 0xFEFF { return }
        if let first = high {
            high = nil
            if 0xDC00...0xDFFF ~= unit {
                return append(0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(unit) - 0xDC00), &output)
            }
            append(Self.replacement, &output)
        }
        switch unit {
        case 0xD800...0xDBFF: high = unit
        case 0xDC00...0xDFFF: append(Self.replacement, &output)
        default: append(UInt32(unit), &output)
        }
    }

    /// Adds a scalar value in UTF-8 (RFC 3629, section 3).
    private func append(_ scalar: UInt32, _ output: inout [UInt8]) {
        func tail(_ shift: UInt32) -> UInt8 { 0x80 | UInt8(scalar >> shift & 0x3F) }
        switch scalar {
        case ..<0x80: output.append(UInt8(scalar))
        case ..<0x800:
            output.append(0xC0 | UInt8(scalar >> 6))
            output.append(tail(0))
        case ..<0x10000:
            output.append(0xE0 | UInt8(scalar >> 12))
            output.append(tail(6))
            output.append(tail(0))
        default:
            output.append(0xF0 | UInt8(scalar >> 18))
            output.append(tail(12))
            output.append(tail(6))
            output.append(tail(0))
        }
    }
}
