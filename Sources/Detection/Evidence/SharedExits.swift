internal import Events
internal import Tables

/// Addresses that say little about where a person is: proxies, relays and gateways of many users.
struct SharedExits {
    /// Operators of Apple's iCloud Private Relay (Akamai, Cloudflare, Fastly; Cloudflare also runs WARP), and the
    /// gateways of Zscaler and Netskope, by their autonomous systems' numbers.
    static let relayNetworks: Set<Int> = [36183, 13335, 54113, 22616, 53813, 62044, 55256]
    /// From this many accounts on, an address is a way out that they share.
    static let accountsOfExit = 5

    private let events: EventTable
    private let addresses: [UInt32], proxies: [UInt32], providers: [UInt32]
    private let proxied: UInt32?
    private let isRelayName: [Bool]
    private let relays: Set<Int>
    private let isShared: [Bool], isKnown: [Bool]

    /// - Parameters:
    ///   - accounts: An address from which at least so many actors got in is shared.
    ///   - known: Addresses that are shared whoever used them.
    init(
        _ events: EventTable, _ personal: PersonalEvents, accounts: Int = accountsOfExit, known: Set<String> = [],
        relays: Set<Int> = relayNetworks
    ) {
        let column = events.column(.ipAddress), providers = events.column(.isp)
        self.events = events
        self.relays = relays
        addresses = column.codes
        proxies = events.column(.isProxy).codes
        proxied = events.column(.isProxy).code(of: "true")
        self.providers = providers.codes
        isRelayName = providers.dictionary.map(Self.namesRelay)
        isKnown = column.marks(Array(known))
        isShared = Self.shared(events, personal, accounts, isKnown)
    }

    /// Why a place may be doubtful, from what the organisation itself owns to what anybody can rent.
    enum Doubt: String {
        case known = "is one of the organisation's own ways out"
        case shared = "is a way out that several accounts share"
        case relay = "belongs to a relay or gateway service"
        case proxy = "is a proxy"
    }

    /// Why the place of an event is doubtful; `nil` where it is not.
    func doubt(_ row: Int) -> Doubt? {
        if isKnown[Int(addresses[row])] { return .known }
        if proxied != nil, proxies[row] == proxied { return .proxy }
        if isRelayName[Int(providers[row])] || isRelay(row) { return .relay }
        return isShared[Int(addresses[row])] ? .shared : nil
    }

    /// Whether several accounts share the address.
    func isShared(_ row: Int) -> Bool { isShared[Int(addresses[row])] }

    /// Whether the address belongs to a relay or gateway service by its network.
    func isRelay(_ row: Int) -> Bool {
        events.number(.asNumber, at: row).flatMap { Int(exactly: $0) }.map(relays.contains) ?? false
    }

    private static func namesRelay(_ provider: String) -> Bool {
        let name = provider.lowercased()
        return ["private relay", "vpn", "warp", "zscaler", "netskope"].contains { name.contains($0) }
    }

    /// Counts accounts by address until there are enough, so that busy gateways cost nothing.
    private static func shared(
        _ events: EventTable, _ personal: PersonalEvents, _ accounts: Int, _ known: [Bool]
    ) -> [Bool] {
        let addresses = events.column(.ipAddress).codes
        var shared = known, counts = [Int](repeating: 0, count: known.count)
        var last = [UInt32](repeating: 0, count: known.count), seen: Set<UInt64> = []
        for row in addresses.indices where addresses[row] != 0 {
            let address = Int(addresses[row]), actor = personal.actors[row]
            guard !shared[address], last[address] != actor, personal.contains(row), !personal.isRefused(row) else {
                continue
            }
            last[address] = actor
            guard seen.insert(UInt64(address) << 32 | UInt64(actor)).inserted else { continue }
            counts[address] += 1
            shared[address] = counts[address] >= accounts
        }
        return shared
    }
}
