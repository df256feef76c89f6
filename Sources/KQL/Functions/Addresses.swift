extension ScalarFunctions {
    /// Addresses of IP version 4. What is none gives null.
    static let addresses: [ScalarFunction] = [
        ScalarFunction("parse_ipv4", [.text("ip")], .long) { arguments, _ in
            Scalar(NetworkAddress(version4: arguments.text(0)).map { Int64(masked($0, $0.prefix - 96)) })
        },
        ScalarFunction("parse_ipv4_mask", [.text("ip"), .integer("prefix")], .long) { arguments, _ in
            guard let length = prefix(arguments, 1, limit: 32) else { return .null(.long) }
            return Scalar(NetworkAddress(version4: arguments.text(0)).map { Int64(masked($0, length)) })
        },
        ScalarFunction("format_ipv4", [.any("ip"), .integer("prefix").optional], .string) { arguments, _ in
            guard let address = address(arguments[0]),
                let length = arguments.count > 1 ? prefix(arguments, 1, limit: 32) : 32
            else {
                return .string("")
            }
            return .string(NetworkAddress.quadText(masked(address, min(length, address.prefix - 96))))
        },
        ScalarFunction("format_ipv4_mask", [.any("ip"), .integer("prefix").optional], .string) { arguments, _ in
            guard let address = address(arguments[0]),
                let length = arguments.count > 1 ? prefix(arguments, 1, limit: 32) : 32
            else {
                return .string("")
            }
            let shortest = min(length, address.prefix - 96)
            return .string("\(NetworkAddress.quadText(masked(address, shortest)))/\(shortest)")
        },
        comparison("ipv4_compare", .long) { $0.map { .long(Int64($0)) } ?? .null(.long) },
        comparison("ipv4_is_match", .bool) { Scalar($0.map { $0 == 0 }) },
        ScalarFunction("ipv4_is_in_range", [.text("ip"), .text("ip_range")], .bool) { arguments, _ in
            guard let address = NetworkAddress(version4: arguments.text(0)),
                let range = NetworkAddress(version4: arguments.text(1))
            else { return .null(.bool) }
            return .bool(address.isInside(range))
        },
        inAnyRange("ipv4_is_in_any_range") { NetworkAddress(version4: $0) },
        ScalarFunction("ipv4_netmask_suffix", [.text("ip")], .long) { arguments, _ in
            Scalar(NetworkAddress(version4: arguments.text(0)).map { Int64($0.prefix - 96) })
        },
        ScalarFunction("ipv4_is_private", [.text("ip")], .bool) { arguments, _ in
            guard let address = NetworkAddress(version4: arguments.text(0)) else { return .null(.bool) }
            return .bool(privateRanges.contains { $0.prefix <= address.prefix && address.isInside($0) })
        },
        prefixed("has_ipv4", isAny: false, isPrefix: false), prefixed("has_any_ipv4", isAny: true, isPrefix: false),
        prefixed("has_ipv4_prefix", isAny: false, isPrefix: true),
        prefixed("has_any_ipv4_prefix", isAny: true, isPrefix: true),
    ]

    /// RFC 1918.
    private static let privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].compactMap {
        NetworkAddress(version4: $0)
    }

    private static func masked(_ address: NetworkAddress, _ length: Int) -> UInt32 {
        UInt32(truncatingIfNeeded: address.network(96 + length))
    }

    static func prefix(_ arguments: [Scalar], _ index: Int, limit: Int) -> Int? {
        arguments.long(index).flatMap { Int(exactly: $0) }.flatMap { (0...limit).contains($0) ? $0 : nil }
    }

    /// From a text or the number of its bits.
    private static func address(_ value: Scalar) -> NetworkAddress? {
        guard value.type.isInteger else { return NetworkAddress(version4: value.text) }
        return value.long.flatMap { UInt32(exactly: $0) }.map { NetworkAddress(version4: $0) }
    }

    private static func comparison(
        _ name: String, _ type: ScalarType, _ result: @escaping @Sendable (Int?) -> Scalar
    ) -> ScalarFunction {
        ScalarFunction(name, [.text("ip1"), .text("ip2"), .integer("prefix").optional], .of(type)) { arguments, _ in
            guard let left = NetworkAddress(version4: arguments.text(0)),
                let right = NetworkAddress(version4: arguments.text(1)),
                let length = arguments.count > 2 ? prefix(arguments, 2, limit: 32) : 32
            else { return result(nil) }
            return result(left.order(right, prefix: 96 + length))
        }
    }

    /// Ranges as arguments or in an array; null where the address or all ranges are none.
    static func inAnyRange(_ name: String, _ read: @escaping @Sendable (String) -> NetworkAddress?) -> ScalarFunction {
        ScalarFunction(name, [.text("ip"), .text("ranges").repeated], layout: .list(minimum: 2, limit: 65), .bool) {
            arguments, _ in
            guard let address = read(arguments.text(0)) else { return .null(.bool) }
            let texts = arguments.dropFirst().flatMap { $0.packed.elements?.map(\.text) ?? [$0.text] }
            let ranges = texts.compactMap(read)
            return ranges.isEmpty ? .null(.bool) : .bool(ranges.contains { address.isInside($0) })
        }
    }

    /// Whether a text holds an address, apart from letters and digits, that is one of those given or, where that is
    /// what is asked, begins with one that ends in a point.
    private static func prefixed(_ name: String, isAny: Bool, isPrefix: Bool) -> ScalarFunction {
        let wanted = FunctionParameter.text(isPrefix ? "ip_prefix" : "ip_address")
        return ScalarFunction(
            name, [.text("source"), isAny ? wanted.repeated : wanted], layout: .list(minimum: 2, limit: 65), .bool
        ) { arguments, _ in
            let wanted = arguments.dropFirst().flatMap { $0.packed.elements?.map(\.text) ?? [$0.text] }
            return .bool(
                AddressFinder.addresses(in: arguments.text(0)).contains { found in
                    wanted.contains { text in
                        if isPrefix, text.hasSuffix(".") { return found.hasPrefix(text) }
                        return NetworkAddress(version4: text) != nil && found.isSame(as: text)
                    }
                })
        }
    }
}

/// Finds addresses of version 4 in texts.
enum AddressFinder {
    /// Quads that stand apart from letters, digits and other quads. Linear.
    static func addresses(in text: String) -> [String] {
        let words = text.utf8.split {
            !($0.isDecimalDigit || $0 == UInt8(ascii: ".") || $0 >= 0x80 || TextFolding.folded($0) &- 97 < 26)
        }
        return words.compactMap { word in
            let text = String(decoding: word, as: UTF8.self)
            let bare = text.hasSuffix(".") ? String(text.dropLast()) : text
            return NetworkAddress(version4: bare) == nil ? nil : bare
        }
    }
}
