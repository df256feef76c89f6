#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A numeric internet address, as far as it decides who may be contacted.
struct Address {
    private let bytes: [UInt8]

    /// `nil` when the text is a name and not an address.
    init?(_ text: String) {
        let text = String(text.prefix { $0 != "%" })
        if let four = Self.parse(text, AF_INET, count: 4) {
            bytes = four
        } else if let sixteen = Self.parse(text, AF_INET6, count: 16) {
            let mapped = sixteen.prefix(10).allSatisfy { $0 == 0 } && sixteen[10] == 0xFF && sixteen[11] == 0xFF
            bytes = mapped ? Array(sixteen.suffix(4)) : sixteen
        } else {
            return nil
        }
    }

    private static func parse(_ text: String, _ family: Int32, count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        return inet_pton(family, text, &bytes) == 1 ? bytes : nil
    }

    /// 127.0.0.0/8 and ::1.
    var isLoopback: Bool {
        bytes.count == 4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
    }

    /// 169.254.0.0/16, where clouds keep their credentials, and fe80::/10.
    var isLinkLocal: Bool {
        bytes.count == 4 ? bytes[0] == 169 && bytes[1] == 254 : bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80
    }
}
