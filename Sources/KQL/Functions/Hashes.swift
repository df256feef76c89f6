internal import Digests

extension ScalarFunctions {
    /// Hashes. Numbers and times are hashed as the eight bytes of their value, least first, and texts as their bytes;
    /// the cryptographic ones take the text of anything (both tried against recorded answers).
    static let hashes: [ScalarFunction] = [
        digest("hash_sha256") { SHA256($0).hex }, digest("hash_md5", MD5.hex), digest("hash_sha1", SHA1.hex),
        ScalarFunction(
            "hash", aliases: ["hash_xxhash64"], [FunctionParameter("source", notDynamic), .integer("mod").optional],
            .long
        ) { arguments, _ in
            let hash = Int64(bitPattern: hash(of: arguments[0]))
            guard arguments.count > 1 else { return .long(hash) }
            guard let mod = arguments.long(1), mod > 0 else { return .null(.long) }
            return .long(hash.floorRemainder(mod))
        },
    ]

    private static let notDynamic = ScalarTypes.any.subtracting(.dynamic)

    private static func digest(_ name: String, _ hex: @escaping @Sendable (String) -> String) -> ScalarFunction {
        ScalarFunction(name, [FunctionParameter("source", notDynamic)], .string) { arguments, _ in
            .string(hex(arguments.text(0)))
        }
    }

    /// As `hash()` has it.
    static func hash(of value: Scalar) -> UInt64 { XXHash64.of(bytes(of: value)) }

    private static func bytes(of value: Scalar) -> [UInt8] {
        switch value {
        case .string(let text): Array(text.utf8)
        case .int(let int): littleEndian(UInt64(bitPattern: Int64(int)), count: 4)
        case .real(let real): littleEndian(real.bitPattern, count: 8)
        case .bool(let bool): [bool ? 1 : 0]
        case .guid(let guid): guid.mixedEndian
        case .decimal: Array(value.text.utf8)
        default: littleEndian(UInt64(bitPattern: value.long ?? .min), count: 8)
        }
    }

    private static func littleEndian(_ number: UInt64, count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
    }
}

/// xxHash of 64 bits with seed 0 (https://github.com/Cyan4973/xxHash, doc/xxhash_spec.md).
enum XXHash64 {
    private static let first: UInt64 = 11_400_714_785_074_694_791, second: UInt64 = 14_029_467_366_897_019_727
    private static let third: UInt64 = 1_609_587_929_392_839_161, fourth: UInt64 = 9_650_029_242_287_828_579
    private static let fifth: UInt64 = 2_870_177_450_012_600_261

    static func of(_ bytes: [UInt8]) -> UInt64 {
        var index = 0, hash = fifth
        if bytes.count >= 32 {
            var lanes = [first &+ second, second, 0, 0 &- first]
            while index + 32 <= bytes.count {
                for lane in 0..<4 {
                    lanes[lane] = round(lanes[lane], word(bytes, index, 8))
                    index += 8
                }
            }
            hash = zip(lanes, [1, 7, 12, 18]).reduce(0) { $0 &+ rotated($1.0, $1.1) }
            for lane in lanes { hash = (hash ^ round(0, lane)) &* first &+ fourth }
        }
        hash &+= UInt64(bytes.count)
        while index + 8 <= bytes.count {
            hash = rotated(hash ^ round(0, word(bytes, index, 8)), 27) &* first &+ fourth
            index += 8
        }
        if index + 4 <= bytes.count {
            hash = rotated(hash ^ word(bytes, index, 4) &* first, 23) &* second &+ third
            index += 4
        }
        for byte in bytes[index...] { hash = rotated(hash ^ UInt64(byte) &* fifth, 11) &* first }
        hash = (hash ^ hash >> 33) &* second
        hash = (hash ^ hash >> 29) &* third
        return hash ^ hash >> 32
    }

    private static func round(_ lane: UInt64, _ input: UInt64) -> UInt64 {
        rotated(lane &+ input &* second, 31) &* first
    }

    private static func rotated(_ value: UInt64, _ count: UInt64) -> UInt64 { value << count | value >> (64 - count) }

    private static func word(_ bytes: [UInt8], _ index: Int, _ count: Int) -> UInt64 {
        (0..<count).reduce(0) { $0 | UInt64(bytes[index + $1]) << UInt64(8 * $1) }
    }
}
