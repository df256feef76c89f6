extension String {
    /// Whether it is 1 to 100 letters and digits of ASCII, `-` and `_`: what ids and keys of services are made of,
    /// and what may stand in an address or a header as it is.
    var isPlainIdentifier: Bool {
        (1...100).contains(utf8.count)
            && utf8.allSatisfy { $0.isLetterOrDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
    }
}

extension UInt8 {
    /// Whether it is a letter or digit of ASCII.
    var isLetterOrDigit: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }
}
