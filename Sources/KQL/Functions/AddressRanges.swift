extension ScalarFunctions {
    /// Ranges of addresses, and addresses of version 6 inside texts.
    static let addressRanges: [ScalarFunction] = [
        ScalarFunction("ipv4_range_to_cidr_list", [.text("start"), .text("end")], .dynamic) { arguments, _ in
            guard let start = NetworkAddress(version4: arguments.text(0)),
                let end = NetworkAddress(version4: arguments.text(1)), start.quad <= end.quad
            else { return .null(.dynamic) }
            return .array(networks(from: start.quad, through: end.quad))
        },
        found("has_ipv6", isAny: false, isPrefix: false), found("has_any_ipv6", isAny: true, isPrefix: false),
        found("has_ipv6_prefix", isAny: false, isPrefix: true),
        found("has_any_ipv6_prefix", isAny: true, isPrefix: true),
    ]

    /// The largest aligned networks one after another; at most 62 of them.
    private static func networks(from start: UInt32, through end: UInt32) -> [String] {
        var next = UInt64(start), networks: [String] = []
        while next <= UInt64(end) {
            var size = next == 0 ? UInt64(1) << 32 : next & (~next &+ 1)
            while size > UInt64(end) - next + 1 { size >>= 1 }
            networks.append("\(NetworkAddress.quadText(UInt32(next)))/\(32 - size.trailingZeroBitCount)")
            next += size
        }
        return networks
    }

    /// Whether a text holds an address, however it is written, that is one of those given or lies below a prefix, which
    /// ends in a colon.
    private static func found(_ name: String, isAny: Bool, isPrefix: Bool) -> ScalarFunction {
        let wanted = FunctionParameter.text(isPrefix ? "ip_prefix" : "ip_address")
        return ScalarFunction(
            name, [.text("source"), isAny ? wanted.repeated : wanted], layout: .list(minimum: 2, limit: 65), .bool
        ) { arguments, _ in
            let wanted = arguments.dropFirst().flatMap { $0.packed.elements?.map(\.text) ?? [$0.text] }
            let addresses = AddressFinder.version6(in: arguments.text(0))
            return .bool(addresses.contains { found in wanted.contains { matches(found, $0, isPrefix: isPrefix) } })
        }
    }

    private static func matches(_ found: NetworkAddress, _ text: String, isPrefix: Bool) -> Bool {
        if let address = NetworkAddress(text), !address.isVersion4 { return address.bits == found.bits }
        guard isPrefix, text.hasSuffix(":"), !text.hasSuffix("::") else { return false }
        let groups = text.dropLast().split(separator: ":", omittingEmptySubsequences: false)
        let words = groups.compactMap { UInt16($0, radix: 16) }
        guard words.count == groups.count, (1...7).contains(words.count) else { return false }
        let bits = words.reduce(UInt128(0)) { $0 << 16 | UInt128($1) }
        return found.bits >> UInt128(128 - 16 * words.count) == bits
    }
}

extension AddressFinder {
    /// Addresses of version 6 that stand apart from letters and digits. Linear.
    static func version6(in text: String) -> [NetworkAddress] {
        let words = text.utf8.split { byte in
            !(byte.isDecimalDigit || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".") || byte >= 0x80
                || TextFolding.folded(byte) &- 97 < 26)
        }
        return words.compactMap { word in
            var text = String(decoding: word, as: UTF8.self)
            while text.hasSuffix(".") || text.hasSuffix(":") && !text.hasSuffix("::") { text.removeLast() }
            return NetworkAddress(text).flatMap { $0.isVersion4 ? nil : $0 }
        }
    }
}
