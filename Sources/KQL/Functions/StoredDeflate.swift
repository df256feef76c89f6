/// Compressed texts as Kusto makes them of what cannot be made smaller: DEFLATE's stored blocks (RFC 1951). Any reader
/// takes them; of a text that could be made smaller the engine's bytes are fewer.
enum StoredDeflate {
    /// In gzip's frame (RFC 1952).
    static func gzip(_ bytes: [UInt8]) -> [UInt8] {
        let head: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]
        return head + blocks(bytes) + word(checksum(bytes)) + word(UInt32(truncatingIfNeeded: bytes.count))
    }

    /// In zlib's frame (RFC 1950).
    static func zlib(_ bytes: [UInt8]) -> [UInt8] {
        var sums: (UInt32, UInt32) = (1, 0)
        for byte in bytes {
            sums.0 = (sums.0 + UInt32(byte)) % 65_521
            sums.1 = (sums.1 + sums.0) % 65_521
        }
        return [0x78, 0x9C] + blocks(bytes) + word((sums.1 << 16 | sums.0).byteSwapped)
    }

    private static func blocks(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = [], start = 0
        repeat {
            let end = min(start + 65_535, bytes.count), count = UInt32(end - start)
            result.append(end == bytes.count ? 1 : 0)
            result += word(count | ~count << 16) + bytes[start..<end]
            start = end
        } while start < bytes.count
        return result
    }

    private static func word(_ value: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> UInt32(8 * $0)) }
    }

    /// CRC-32 of ISO 3309.
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1 }
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~UInt32(0)) { table[Int(($0 ^ UInt32($1)) & 255)] ^ $0 >> 8 }
    }
}
