extension ScalarFunctions {
    /// Addresses of IP version 6; those of version 4 count as mapped into it.
    static let addressesV6: [ScalarFunction] = [
        ScalarFunction("parse_ipv6", [.text("ip")], .string) { arguments, _ in
            .string(NetworkAddress(arguments.text(0)).map { NetworkAddress.fullText($0.network($0.prefix)) } ?? "")
        },
        ScalarFunction("parse_ipv6_mask", [.text("ip"), .integer("prefix")], .string) { arguments, _ in
            guard let address = NetworkAddress(arguments.text(0)), let length = prefix(arguments, 1, limit: 128) else {
                return .string("")
            }
            return .string(NetworkAddress.fullText(address.network(min(length, address.prefix))))
        },
        comparison("ipv6_compare", .long) { $0.map { .long(Int64($0)) } ?? .null(.long) },
        comparison("ipv6_is_match", .bool) { Scalar($0.map { $0 == 0 }) },
        ScalarFunction("ipv6_is_in_range", [.text("ip"), .text("ip_range")], .bool) { arguments, _ in
            guard let address = NetworkAddress(arguments.text(0)), let range = NetworkAddress(arguments.text(1)) else {
                return .null(.bool)
            }
            return .bool(address.isInside(range))
        },
        inAnyRange("ipv6_is_in_any_range") { NetworkAddress($0) },
    ]

    private static func comparison(
        _ name: String, _ type: ScalarType, _ result: @escaping @Sendable (Int?) -> Scalar
    ) -> ScalarFunction {
        ScalarFunction(name, [.text("ip1"), .text("ip2"), .integer("prefix").optional], .of(type)) { arguments, _ in
            guard let left = NetworkAddress(arguments.text(0)), let right = NetworkAddress(arguments.text(1)),
                let length = arguments.count > 2 ? prefix(arguments, 2, limit: 128) : 128
            else { return result(nil) }
            return result(left.order(right, prefix: length))
        }
    }
}
