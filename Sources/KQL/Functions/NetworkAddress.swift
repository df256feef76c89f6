/// An address of IP version 4 or 6 with the length of its network's prefix, as Kusto reads it: `192.168.1.1/24`.
struct NetworkAddress: Hashable, Sendable {
    /// Of version 4 in the last 32 bits, below `::ffff:0:0`.
    let bits: UInt128
    /// Of 128, also for version 4, whose prefixes are 96 longer here.
    let prefix: Int
    let isVersion4: Bool

    private static let mapped: UInt128 = 0xFFFF << 32

    /// Version 4 alone.
    init?(version4 text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard text.utf8.count <= 24, let address = Self.quad(parts[0]) else { return nil }
        let length = parts.count == 2 ? Digits.number(parts[1]) : 32
        guard let length, (0...32).contains(length), parts.count == 1 || !parts[1].isEmpty else { return nil }
        self.init(version4: address, prefix: Int(length))
    }

    init(version4 address: UInt32, prefix: Int = 32) {
        bits = Self.mapped | UInt128(address)
        self.prefix = 96 + prefix
        isVersion4 = true
    }

    /// Either version; version 4 counts as mapped into version 6.
    init?(_ text: String) {
        if let address = NetworkAddress(version4: text) { self = address; return }
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard text.utf8.count <= 64, let (bits, isDotted) = Self.groups(parts[0]) else { return nil }
        let length = parts.count == 2 ? Digits.number(parts[1]) : isDotted ? 32 : 128
        guard let length, (0...(isDotted ? 32 : 128)).contains(length), parts.count == 1 || !parts[1].isEmpty else {
            return nil
        }
        self.bits = bits
        prefix = Int(length) + (isDotted ? 96 : 0)
        isVersion4 = isDotted
    }

    /// The last 32 bits.
    var quad: UInt32 { UInt32(truncatingIfNeeded: bits) }

    /// The first bits alone.
    func network(_ length: Int) -> UInt128 { length <= 0 ? 0 : bits & (.max << UInt128(128 - min(length, 128))) }

    /// Less than zero, zero or more by the bits of the shortest prefix.
    func order(_ other: NetworkAddress, prefix limit: Int = 128) -> Int {
        let length = min(prefix, other.prefix, limit)
        let (own, others) = (network(length), other.network(length))
        return own == others ? 0 : own < others ? -1 : 1
    }

    func isInside(_ range: NetworkAddress) -> Bool { network(range.prefix) == range.network(range.prefix) }

    private static func quad(_ text: Substring) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var address: UInt32 = 0
        for part in parts {
            guard (1...3).contains(part.utf8.count), let number = Digits.number(part), number <= 255 else { return nil }
            address = address << 8 | UInt32(number)
        }
        return address
    }

    /// Groups of RFC 4291, the last 32 bits also as a quad; the quad of `::192.0.2.1` counts as version 4.
    private static func groups(_ text: Substring) -> (UInt128, isDotted: Bool)? {
        let halves = text.split(separator: "::", omittingEmptySubsequences: false).map(String.init)
        guard halves.count <= 2, let head = words(halves[0][...]),
            let tail = halves.count == 2 ? words(halves[1][...]) : []
        else {
            return nil
        }
        let missing = 8 - head.count - tail.count
        guard halves.count == 2 ? missing >= 1 : missing == 0 else { return nil }
        let all = head + [UInt16](repeating: 0, count: missing) + tail
        let bits = all.reduce(UInt128(0)) { $0 << 16 | UInt128($1) }
        guard text.contains("."), bits >> 32 == 0 || bits >> 32 == 0xFFFF else { return (bits, false) }
        return (bits & 0xFFFF_FFFF | mapped, true)
    }

    private static func words(_ text: Substring) -> [UInt16]? {
        guard !text.isEmpty else { return [] }
        var words: [UInt16] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, let quad = quad(part) {
                words += [UInt16(truncatingIfNeeded: quad >> 16), UInt16(truncatingIfNeeded: quad)]
            } else {
                guard (1...4).contains(part.utf8.count), let word = UInt16(part, radix: 16),
                    part.utf8.first != UInt8(ascii: "+")
                else {
                    return nil
                }
                words.append(word)
            }
        }
        return words
    }
}

extension NetworkAddress {
    static func quadText(_ quad: UInt32) -> String {
        [24, 16, 8, 0].map { String(quad >> $0 & 255) }.joined(separator: ".")
    }

    /// Eight groups of four digits.
    static func fullText(_ bits: UInt128) -> String {
        (0..<8).map { group in
            let digits = String(UInt16(truncatingIfNeeded: bits >> UInt128(112 - 16 * group)), radix: 16)
            return String(repeating: "0", count: 4 - digits.count) + digits
        }.joined(separator: ":")
    }
}
