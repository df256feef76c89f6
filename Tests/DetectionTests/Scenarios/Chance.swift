/// A stream of numbers that looks random and is the same on every machine and in every version of Swift.
///
/// SplitMix64 (Guy L. Steele Jr., Doug Lea, Christine H. Flood: "Fast Splittable Pseudorandom Number Generators",
/// 2014; public domain). The standard library's draws from a generator are not promised to stay the same, so these
/// are our own.
struct Chance {
    private var state: UInt64

    /// One of several streams of a seed: what one topic draws does not shift what another gets.
    init(seed: UInt64, _ stream: String) {
        // FNV-1a of the name.
        state = stream.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 } ^ seed
        state = next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// The next number, without taking it.
    var peeked: UInt64 {
        var copy = self
        return copy.next()
    }

    mutating func below(_ bound: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.upperBound - range.lowerBound + 1)
    }

    /// From 0 up to, and without, 1.
    mutating func fraction() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }

    mutating func happens(_ probability: Double) -> Bool { fraction() < probability }

    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

    mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
        var elements = elements
        for last in elements.indices.dropFirst().reversed() { elements.swapAt(last, below(last + 1)) }
        return elements
    }

    /// Different elements, in no order.
    mutating func sample<Element>(_ count: Int, of elements: [Element]) -> [Element] {
        Array(shuffled(elements).prefix(count))
    }
}

// MARK: Names of things

extension Chance {
    private static let hexadecimal = Array("0123456789abcdef".utf8)
    private static let letters = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

    mutating func hexadecimal(_ count: Int) -> String { text(count, of: Self.hexadecimal) }

    /// An id as Okta gives it: twenty letters and digits that begin with the sort of thing it is.
    mutating func identifier(_ prefix: String, count: Int = 20) -> String {
        prefix + text(count - prefix.utf8.count, of: Self.letters)
    }

    mutating func uuid() -> String {
        let digits = hexadecimal(32)
        var parts: [Substring] = [], rest = digits[...]
        for length in [8, 4, 4, 4, 12] {
            parts.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        return parts.joined(separator: "-")
    }

    private mutating func text(_ count: Int, of alphabet: [UInt8]) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        var bits = next(), left = 64
        for _ in 0..<count {
            if left < 6 { (bits, left) = (next(), 64) }
            bytes.append(alphabet[Int(bits & 63) % alphabet.count])
            (bits, left) = (bits >> 6, left - 6)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
