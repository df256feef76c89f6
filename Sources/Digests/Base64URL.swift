extension Collection<UInt8> {
    /// Base64 with the alphabet that is safe in URLs, without padding (RFC 4648, section 5; RFC 7515, section 2).
    public var base64URL: String {
        var text: [UInt8] = [], bits = 0, pending: UInt32 = 0
        text.reserveCapacity((count * 4 + 2) / 3)
        for byte in self {
            pending = pending << 8 | UInt32(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                text.append(alphabet[Int(pending >> UInt32(bits) & 63)])
            }
        }
        if bits > 0 { text.append(alphabet[Int(pending << UInt32(6 - bits) & 63)]) }
        return String(decoding: text, as: UTF8.self)
    }
}

extension [UInt8] {
    /// The bytes that a text without padding encodes; `nil` when it holds another character, has a length that no
    /// bytes have, or ends in bits that no encoder writes.
    public init?(base64URL text: some StringProtocol) {
        guard text.utf8.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = [], bits = 0, pending: UInt32 = 0
        for character in text.utf8 {
            guard let value = alphabet.firstIndex(of: character) else { return nil }
            pending = pending << 6 | UInt32(value)
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: pending >> UInt32(bits)))
            }
        }
        guard pending & (1 << UInt32(bits) - 1) == 0 else { return nil }
        self = bytes
    }
}

private let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
