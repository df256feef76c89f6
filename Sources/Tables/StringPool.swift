/// Distinct byte strings, each stored once and known by a small number, its code.
///
/// Codes count from 1 in the order of first sight; 0 stands for "no value". The bytes lie one after another, so that
/// a text costs its length and about 20 bytes more. Look-ups are hashed with a seed of this process, so that nobody
/// outside can choose texts that collide; codes never depend on the seed.
public struct StringPool: Sendable {
    private var bytes: [UInt8] = []
    /// Where the text of each code ends; the first entry belongs to code 0.
    private var ends: [Int] = [0]
    /// Half of a hash above a code; 0 is free. The count is a power of two.
    private var slots: [UInt64] = []
    private static let seed = UInt64.random(in: 1 ... .max)

    /// A pool without texts.
    public init() {}

    /// Texts and, first, the empty stand-in of code 0.
    public var count: Int { ends.count }

    /// The text of a code; empty for code 0.
    public subscript(code: UInt32) -> String {
        withBytes(of: code) { String(decoding: $0, as: UTF8.self) }
    }

    /// The bytes of a code's text; valid inside the body alone.
    @inline(__always)
    public func withBytes<Result>(of code: UInt32, _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        let range = range(of: code)
        return try bytes.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[range])) }
    }

    private func range(of code: UInt32) -> Range<Int> {
        code == 0 ? 0..<0 : ends[Int(code) - 1]..<ends[Int(code)]
    }

    /// Whether a code's text has these bytes.
    @inline(__always)
    func holds(_ text: UnsafeRawBufferPointer, at code: UInt32) -> Bool {
        let range = range(of: code)
        guard range.count == text.count, code != 0 else { return false }
        return bytes.withUnsafeBytes { areEqual($0, at: range.lowerBound, text) }
    }

    /// The code of a text, made when the text is new.
    public mutating func code(adding text: UnsafeRawBufferPointer) -> UInt32 {
        if ends.count * 8 > slots.count * 5 { grow() }
        let half = hashed(text, seed: Self.seed) >> 32
        let mask = slots.count - 1
        var place = Int(half) & mask
        while slots[place] != 0 {
            if slots[place] >> 32 == half, holds(text, at: UInt32(truncatingIfNeeded: slots[place])) {
                return UInt32(truncatingIfNeeded: slots[place])
            }
            place = (place + 1) & mask
        }
        let code = UInt32(ends.count)
        slots[place] = half << 32 | UInt64(code)
        bytes.append(contentsOf: text)
        ends.append(bytes.count)
        return code
    }

    /// The code of a text, or `nil` where it was never added.
    public func code(of text: UnsafeRawBufferPointer) -> UInt32? {
        guard !slots.isEmpty else { return nil }
        let half = hashed(text, seed: Self.seed) >> 32
        let mask = slots.count - 1
        var place = Int(half) & mask
        while slots[place] != 0 {
            let code = UInt32(truncatingIfNeeded: slots[place])
            if slots[place] >> 32 == half, holds(text, at: code) { return code }
            place = (place + 1) & mask
        }
        return nil
    }

    /// Twice the slots. The half of a hash that a slot holds is the half that chose its place.
    private mutating func grow() {
        let mask = max(16, slots.count * 2) - 1
        var grown = [UInt64](repeating: 0, count: mask + 1)
        for slot in slots where slot != 0 {
            var place = Int(slot >> 32) & mask
            while grown[place] != 0 { place = (place + 1) & mask }
            grown[place] = slot
        }
        slots = grown
    }
}

extension StringPool {
    /// As ``code(adding:)-(UnsafeRawBufferPointer)``, for text.
    public mutating func code(adding text: String) -> UInt32 {
        var text = text
        return text.withUTF8 { code(adding: UnsafeRawBufferPointer($0)) }
    }

    /// As ``code(of:)-(UnsafeRawBufferPointer)``, for text.
    public func code(of text: String) -> UInt32? {
        var text = text
        return text.withUTF8 { code(of: UnsafeRawBufferPointer($0)) }
    }
}

@inline(__always)
private func areEqual(_ pool: UnsafeRawBufferPointer, at start: Int, _ text: UnsafeRawBufferPointer) -> Bool {
    guard let left = pool.baseAddress, let right = text.baseAddress else { return text.isEmpty }
    let left8 = left + start, count = text.count
    var index = 0
    while index + 8 <= count {
        guard left8.loadUnaligned(fromByteOffset: index, as: UInt64.self) == right.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        else { return false }
        index += 8
    }
    while index < count {
        guard left8.load(fromByteOffset: index, as: UInt8.self) == right.load(fromByteOffset: index, as: UInt8.self)
        else { return false }
        index += 1
    }
    return true
}

/// A seeded hash of eight bytes a step, each step a full multiplication folded upon itself, in the manner of wyhash
/// (Wang Yi, public domain).
@inline(__always)
private func hashed(_ text: UnsafeRawBufferPointer, seed: UInt64) -> UInt64 {
    var state = seed ^ UInt64(text.count) &* 0x9E37_79B9_7F4A_7C15
    var index = 0
    while index + 8 <= text.count {
        state = folded(state ^ text.loadUnaligned(fromByteOffset: index, as: UInt64.self))
        index += 8
    }
    var rest: UInt64 = 0
    while index < text.count {
        rest = rest << 8 | UInt64(text[index])
        index += 1
    }
    return folded(folded(state ^ rest) ^ seed)
}

@inline(__always)
private func folded(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    return product.high ^ product.low
}
