internal import CCrypto

/// SHA-256 of bytes (FIPS 180-4).
public struct SHA256: Hashable, Sendable {
    /// 32 of them.
    public let bytes: [UInt8]

    /// The digest of one piece.
    public init(_ data: some Sequence<UInt8>) {
        bytes = digest(Array(data), EVP_sha256())
    }

    /// The digest of text, in UTF-8.
    public init(_ text: String) { self.init(text.utf8) }

    /// 64 lower-case hexadecimal digits.
    public var hex: String { bytes.hex }
}

/// A SHA-256 that is fed piece by piece, for files larger than memory.
public struct SHA256Stream: ~Copyable {
    private let context: OpaquePointer?

    /// Fed with nothing yet.
    public init() {
        context = EVP_MD_CTX_new()
        EVP_DigestInit_ex(context, EVP_sha256(), nil)
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Feeds the next piece.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
    }

    /// The digest of all that was fed, as lower-case hexadecimal digits.
    public consuming func finish() -> String {
        var result = [UInt8](repeating: 0, count: 32)
        EVP_DigestFinal_ex(context, &result, nil)
        return result.hex
    }
}

private func digest(_ data: [UInt8], _ algorithm: OpaquePointer?) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: 64), count: UInt32 = 0
    EVP_Digest(data, data.count, &result, &count, algorithm, nil)
    return Array(result.prefix(Int(count)))
}

extension Collection<UInt8> {
    /// Lower-case hexadecimal digits, two a byte.
    public var hex: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

/// Name-based UUIDs, version 5 (RFC 9562, section 5.5).
public enum NameUUID {
    /// The namespace of this product's ids: the version-5 UUID of `watchfloor` in the DNS namespace of RFC 9562.
    public static let namespace = version5("watchfloor", in: [
        0x6B, 0xA7, 0xB8, 0x10, 0x9D, 0xAD, 0x11, 0xD1, 0x80, 0xB4, 0x00, 0xC0, 0x4F, 0xD4, 0x30, 0xC8,
    ])

    /// The id of something named by parts. Parts are joined with a length before each, so that
    /// `["a", "bc"]` and `["ab", "c"]` have different ids.
    public static func of(_ parts: [String]) -> String {
        let name = parts.map { "\($0.utf8.count):\($0)" }.joined()
        return text(version5(name, in: namespace))
    }

    /// The 16 bytes of a version-5 UUID.
    static func version5(_ name: String, in namespace: [UInt8]) -> [UInt8] {
        var bytes = Array(digest(namespace + Array(name.utf8), EVP_sha1()).prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x50
        bytes[8] = bytes[8] & 0x3F | 0x80
        return bytes
    }

    static func text(_ bytes: [UInt8]) -> String {
        let groups = [0..<4, 4..<6, 6..<8, 8..<10, 10..<16]
        return groups.map { bytes[$0].hex }.joined(separator: "-")
    }
}
