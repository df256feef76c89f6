#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The addresses of a network, of IP version 4 or 6.
///
/// ```swift
/// AddressRange("203.0.113.0/24")?.contains("203.0.113.9")  // true
/// ```
public struct AddressRange: Hashable, Sendable {
    private let network: Address
    private let prefix: Int

    /// Reads `10.0.0.0/8`, `2001:db8::/32`, or one address; else `nil`. Bits beyond the prefix do not count.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        var name = String(parts[0])
        guard parts.count <= 2, let address = name.withUTF8({ Address(UnsafeRawBufferPointer($0)) }) else { return nil }
        let digits = parts.count == 2 ? parts[1] : "\(address.width)"
        guard digits.utf8.allSatisfy({ $0 &- UInt8(ascii: "0") <= 9 }), let prefix = Int(digits),
            prefix <= address.width
        else { return nil }
        network = address.masked(prefix)
        self.prefix = prefix
    }

    /// Whether a text is an address of this network.
    public func contains(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { contains(UnsafeRawBufferPointer($0)) }
    }

    /// Whether these bytes are the text of an address of this network.
    public func contains(_ text: UnsafeRawBufferPointer) -> Bool {
        guard let address = Address(text) else { return false }
        return address.width == network.width && address.masked(prefix) == network
    }

    private struct Address: Hashable, Sendable {
        /// 32 or 128.
        let width: Int
        let high: UInt64
        let low: UInt64

        private init(width: Int, high: UInt64, low: UInt64) {
            self.width = width
            self.high = high
            self.low = low
        }

        /// An address of version 4 written as one of version 6 (`::ffff:192.0.2.1`) is one of version 4.
        init?(_ text: UnsafeRawBufferPointer) {
            // 45 characters are the longest address (INET6_ADDRSTRLEN without its NUL).
            guard (2...45).contains(text.count), !text.contains(0) else { return nil }
            let name = text.map { CChar(bitPattern: $0) } + [0]
            var four = in_addr(), six = in6_addr()
            if inet_pton(AF_INET, name, &four) == 1 {
                self.init(width: 32, high: UInt64(UInt32(bigEndian: four.s_addr)) << 32, low: 0)
            } else if inet_pton(AF_INET6, name, &six) == 1 {
                let (high, low) = withUnsafeBytes(of: six) { bytes in
                    (
                        UInt64(bigEndian: bytes.load(as: UInt64.self)),
                        UInt64(bigEndian: bytes.load(fromByteOffset: 8, as: UInt64.self))
                    )
                }
                let isMapped = high == 0 && low >> 32 == 0xFFFF
                self.init(width: isMapped ? 32 : 128, high: isMapped ? low << 32 : high, low: isMapped ? 0 : low)
            } else {
                return nil
            }
        }

        /// The first bits; the others are zero.
        func masked(_ bits: Int) -> Address {
            Address(width: width, high: high & Self.mask(bits), low: low & Self.mask(bits - 64))
        }

        private static func mask(_ bits: Int) -> UInt64 { bits <= 0 ? 0 : bits >= 64 ? ~0 : ~(~0 >> UInt64(bits)) }
    }
}
