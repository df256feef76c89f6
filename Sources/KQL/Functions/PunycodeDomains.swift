extension ScalarFunctions {
    /// Names of hosts in Punycode, label by label (RFC 3490): labels of other than ASCII letters begin with `xn--`.
    static let domains: [ScalarFunction] = [
        ScalarFunction("punycode_domain_to_string", [.string("domain")], .string) { arguments, _ in
            .string(encodedDomain(arguments.text(0)))
        },
        ScalarFunction("punycode_domain_from_string", [.string("encoded")], .string) { arguments, _ in
            .string(decodedDomain(arguments.text(0)))
        },
    ]

    /// The full stops of RFC 3490; each becomes a plain one.
    private static let stops: Set<Unicode.Scalar> = [".", "\u{3002}", "\u{FF0E}", "\u{FF61}"]

    private static func labels(_ text: String) -> [String] {
        text.unicodeScalars.split(omittingEmptySubsequences: false) { stops.contains($0) }.map { String($0) }
    }

    private static func encodedDomain(_ text: String) -> String {
        labels(text).map { label in
            label.utf8.allSatisfy { $0 < 128 } ? label : "xn--" + Punycode.encoded(label)
        }.joined(separator: ".")
    }

    /// The empty text where a label is no Punycode.
    private static func decodedDomain(_ text: String) -> String {
        var decoded: [String] = []
        for label in labels(text) {
            guard label.lowercased().hasPrefix("xn--") else { decoded.append(label); continue }
            let part = Punycode.decoded(String(label.dropFirst(4)))
            guard !part.isEmpty else { return "" }
            decoded.append(part)
        }
        return decoded.joined(separator: ".")
    }
}
