/// The networks of the scenario, and the addresses they give out.
///
/// All but two are invented: numbers for private use (RFC 6996), addresses for benchmarks (RFC 2544, 198.18.0.0/15)
/// and documentation (RFC 3849, 2001:db8::/32). The exceptions are networks behind iCloud Private Relay, which a reader
/// of logs may know by number (AS36183 Akamai, AS13335 Cloudflare).
struct Networks {
    private var networks: [String: Network] = [:]
    private var given: [Int: Int] = [:]
    private var chance: Chance

    init(seed: UInt64) { chance = Chance(seed: seed, "networks") }

    /// A network by name, which it gets a number and addresses for when it is first named.
    mutating func named(_ name: String, number: Int? = nil) -> Network {
        if let network = networks[name] { return network }
        let block = networks.count
        let network = Network(number: number ?? 64_512 + block, name, block: block)
        networks[name] = network
        return network
    }

    /// A new address.
    mutating func source(in city: City, of network: Network, isProxy: Bool = false, isIPv6: Bool = false) -> Source {
        let count = given[network.block, default: 0]
        given[network.block] = count + 1
        // Four /24 blocks a network, filled side by side, so that neighbours in a block are of one network.
        let block = network.block * 4 + count % 4, host = 1 + count / 4
        let address: String
        if isIPv6 {
            let groups = [network.block + 16, count * 37 % 65_521 + 1, host + 4096].map { String($0, radix: 16) }
            address = "2001:db8:\(groups[0]):\(groups[1])::\(groups[2])"
        } else {
            address = "198.\(18 + block / 256).\(block % 256).\(host)"
        }
        let digits = chance.number(10_000...99_999)
        return Source(
            address: address, city: city, network: network, isProxy: isProxy,
            // Okta has been seen to write both.
            postalCode: chance.happens(0.1) ? "\(digits)" : "\"\(digits)\"")
    }

    mutating func broadband(in city: City) -> Source {
        let network = named(chance.happens(0.6) ? "\(city.country) Broadband" : "\(city.country) Cable")
        return source(in: city, of: network, isIPv6: chance.happens(0.12))
    }

    /// One of a carrier's gateways, behind each of which very many people are.
    mutating func mobile(in city: City) -> Source { source(in: city, of: named("\(city.country) Mobile")) }

    /// A machine that anybody can rent.
    mutating func hosting(in city: City, isProxy: Bool = false) -> Source {
        let name = chance.pick(["Quarry Hosting", "Nimbus Servers", "Brookside VPS", "Cheap Metal"])
        return source(in: city, of: named("\(name) \(city.country)"), isProxy: isProxy)
    }

    /// The exit of an anonymising service that anybody can use.
    mutating func anonymiser(in city: City) -> Source {
        source(in: city, of: named("Veil VPN"), isProxy: true)
    }

    mutating func relay(in city: City) -> Source {
        let network = chance.happens(0.5) ? named("Akamai", number: 36_183) : named("Cloudflare", number: 13_335)
        return source(in: city, of: network, isProxy: true)
    }
}
