/// HMAC with SHA-256 (RFC 2104): a digest that only those who know the key can make.
///
/// ```swift
/// HMAC(of: Array("text".utf8), key: Array("secret".utf8)).hex  // 64 hexadecimal digits
/// ```
public struct HMAC: Hashable, Sendable {
    /// 32 bytes.
    public let bytes: [UInt8]

    /// SHA-256 works on blocks of 64 bytes (FIPS 180-4).
    private static let block = 64

    /// The code of a message. A key of any length will do; one longer than 64 bytes is hashed first.
    public init(of message: some Sequence<UInt8>, key: [UInt8]) {
        var padded = key.count > Self.block ? SHA256(key).bytes : key
        padded += [UInt8](repeating: 0, count: Self.block - padded.count)
        let inner = SHA256(padded.map { $0 ^ 0x36 } + Array(message))
        bytes = SHA256(padded.map { $0 ^ 0x5C } + inner.bytes).bytes
    }

    /// 64 lower-case hexadecimal digits.
    public var hex: String { bytes.hex }
}
