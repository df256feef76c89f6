internal import Foundation

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

    /// Forgets all texts, and keeps the memory.
    public mutating func removeAll() {
        guard count > 1 else { return }
        bytes.removeAll(keepingCapacity: true)
        ends.removeLast(ends.count - 1)
        for place in slots.indices { slots[place] = 0 }
    }

    /// Texts and, first, the empty stand-in of code 0.
    public var count: Int { ends.count }

    /// The text of a code; empty for code 0.
    public subscript(code: UInt32) -> String {
        withBytes(of: code) { String(decoding: $0, as: UTF8.self) }
    }

    /// The bytes of a code's text; valid inside the body alone.
    @inline(__always)
    public func withBytes<Result>(
        of code: UInt32, _ body: (UnsafeRawBufferPointer) throws -> Result
    ) rethrows -> Result {
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
    guard let left = pool.baseAddress.map({ $0 + start }), let right = text.baseAddress else { return text.isEmpty }
    let count = text.count
    guard count > 16 else {
        // Two pieces that may overlap cover up to sixteen bytes.
        if count >= 8 { return word(left, 0) == word(right, 0) && word(left, count - 8) == word(right, count - 8) }
        if count >= 4 { return half(left, 0) == half(right, 0) && half(left, count - 4) == half(right, count - 4) }
        return (0..<count).allSatisfy {
            left.load(fromByteOffset: $0, as: UInt8.self) == right.load(fromByteOffset: $0, as: UInt8.self)
        }
    }
    return word(left, 0) == word(right, 0) && word(left, count - 8) == word(right, count - 8)
        && memcmp(left + 8, right + 8, count - 16) == 0
}

/// A seeded hash of sixteen bytes a step, each step a full multiplication folded upon itself, in the manner of wyhash
/// (Wang Yi, public domain).
@inline(__always)
private func hashed(_ text: UnsafeRawBufferPointer, seed: UInt64) -> UInt64 {
    guard let start = text.baseAddress else { return folded(seed, seed) }
    let count = text.count
    var state = seed ^ UInt64(truncatingIfNeeded: count), index = 0
    while index + 16 < count {
        state = folded(word(start, index) ^ 0xA076_1D64_78BD_642F, word(start, index + 8) ^ state)
        index += 16
    }
    let (first, second): (UInt64, UInt64)
    switch count - index {
    case 9...: (first, second) = (word(start, index), word(start, count - 8))
    case 8: (first, second) = (word(start, index), 0)
    case 4...: (first, second) = (half(start, index), half(start, count - 4))
    default:
        var rest: UInt64 = 0
        for place in index..<count { rest = rest << 8 | UInt64(start.load(fromByteOffset: place, as: UInt8.self)) }
        (first, second) = (rest, 0)
    }
    return folded(folded(first ^ 0xE703_7ED1_A0B4_28DB, second ^ state), seed ^ 0x8EBC_6AF0_9C88_C6E3)
}

@inline(__always)
private func word(_ start: UnsafeRawPointer, _ index: Int) -> UInt64 {
    start.loadUnaligned(fromByteOffset: index, as: UInt64.self)
}

@inline(__always)
private func half(_ start: UnsafeRawPointer, _ index: Int) -> UInt64 {
    UInt64(start.loadUnaligned(fromByteOffset: index, as: UInt32.self))
}

@inline(__always)
private func folded(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
}
