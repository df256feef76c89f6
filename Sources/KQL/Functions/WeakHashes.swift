#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

// MD5 and SHA-1 identify files in threat reports; nothing here relies on their strength.

/// MD5 (RFC 1321).
enum MD5 {
    private static let shifts: [[UInt32]] = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]]
    private static let constants: [UInt32] = (0..<64).map { UInt32(abs(sin(Double($0 + 1))) * 4_294_967_296) }

    static func hex(_ text: String) -> String {
        var state: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476]
        let bytes = HashBlocks.padded(Array(text.utf8), bigEndian: false)
        for start in stride(from: 0, to: bytes.count, by: 64) {
            let words = (0..<16).map { word in
                (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + 4 * word + $1]) << UInt32(8 * $1) }
            }
            let next = block(words, state)
            state = zip(state, next).map { $0 &+ $1 }
        }
        return HashBlocks.hex(state.map(\.byteSwapped))
    }

    private static func block(_ words: [UInt32], _ state: [UInt32]) -> [UInt32] {
        var (a, b, c, d) = (state[0], state[1], state[2], state[3])
        for step in 0..<64 {
            let (mixed, index): (UInt32, Int) =
                switch step / 16 {
                case 0: (b & c | ~b & d, step)
                case 1: (d & b | ~d & c, (5 * step + 1) % 16)
                case 2: (b ^ c ^ d, (3 * step + 5) % 16)
                default: (c ^ (b | ~d), 7 * step % 16)
                }
            let sum = a &+ mixed &+ constants[step] &+ words[index]
            (a, d, c, b) = (d, c, b, b &+ HashBlocks.rotated(sum, shifts[step / 16][step % 4]))
        }
        return [a, b, c, d]
    }
}

/// SHA-1 (FIPS 180-4).
enum SHA1 {
    static func hex(_ text: String) -> String {
        var state: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0]
        let bytes = HashBlocks.padded(Array(text.utf8), bigEndian: true)
        for start in stride(from: 0, to: bytes.count, by: 64) {
            var words = (0..<16).map { word in
                (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(bytes[start + 4 * word + $1]) }
            }
            for index in 16..<80 {
                words.append(
                    HashBlocks.rotated(words[index - 3] ^ words[index - 8] ^ words[index - 14] ^ words[index - 16], 1))
            }
            state = zip(state, block(words, state)).map { $0 &+ $1 }
        }
        return HashBlocks.hex(state)
    }

    private static func block(_ words: [UInt32], _ state: [UInt32]) -> [UInt32] {
        var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
        for step in 0..<80 {
            let (mixed, constant): (UInt32, UInt32) =
                switch step / 20 {
                case 0: (b & c | ~b & d, 0x5A82_7999)
                case 1: (b ^ c ^ d, 0x6ED9_EBA1)
                case 2: (b & c | b & d | c & d, 0x8F1B_BCDC)
                default: (b ^ c ^ d, 0xCA62_C1D6)
                }
            let sum = HashBlocks.rotated(a, 5) &+ mixed &+ e &+ constant &+ words[step]
            (a, b, c, d, e) = (sum, a, HashBlocks.rotated(b, 30), c, d)
        }
        return [a, b, c, d, e]
    }
}

/// What MD5 and SHA-1 share.
enum HashBlocks {
    /// With a one, zeros, and the length in bits, to whole blocks of 64 bytes.
    static func padded(_ bytes: [UInt8], bigEndian: Bool) -> [UInt8] {
        let zeros = (119 - bytes.count % 64) % 64
        let length = (0..<8).map { UInt8(truncatingIfNeeded: bytes.count * 8 >> (8 * (bigEndian ? 7 - $0 : $0))) }
        return bytes + [0x80] + [UInt8](repeating: 0, count: zeros) + length
    }

    static func rotated(_ value: UInt32, _ count: UInt32) -> UInt32 { value << count | value >> (32 - count) }

    static func hex(_ words: [UInt32]) -> String {
        words.map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 8 - digits.count) + digits
        }.joined()
    }
}
