internal import Events
internal import JSON
internal import Tables

/// A token in use where it does not belong.
struct TokenUse {
    /// The event that created it, where the log has it.
    let creation: Int?
    /// Its first use in its own place, else in the other.
    let first: Int
    /// Uses in other networks, in time order; never empty.
    let elsewhere: [Int]
    /// Uses in its own networks before the first of these.
    let count: Int
    let isSettled: Bool
    let isOtherCountry: Bool

    /// What proves it, in time order.
    var rows: [Int] { (creation.map { [$0] } ?? []) + (first == elsewhere[0] ? [] : [first]) + elsewhere }
}

/// The uses of tokens outside their own networks. Two passes over the events: networks by time, then tokens.
struct TokenUses {
    private(set) var found: [TokenUse] = []
    private let events: EventTable
    private let addresses: [UInt32], countries: [UInt32]
    private let settling: Double
    private let earlierUses: Int
    /// When each network was first used by anybody but by a token that was created in the log.
    private var networks: [Network: Int64] = [:]

    /// The number of the autonomous system; the address where that is unknown.
    private enum Network: Hashable { case number(Int), address(UInt32) }

    init(_ events: EventTable, settling: Double, earlierUses: Int) {
        self.events = events
        self.settling = settling
        self.earlierUses = earlierUses
        addresses = events.column(.ipAddress).codes
        countries = events.column(.country).codes
        let tokens = events.column(.requestAPITokenID)
        guard tokens.dictionary.count > 1 else { return }
        let creations = creations(of: tokens)
        var uses = [[Int]](repeating: [], count: tokens.dictionary.count), known = Set<UInt32>()
        for row in events.timeOrder where addresses[row] != 0 {
            guard let time = events.time(at: row)?.ticks else { break }
            let token = Int(tokens.codes[row])
            if token != 0 { uses[token].append(row) }
            // The network of an address is looked up once.
            if token == 0 || creations[token] == nil, known.insert(addresses[row]).inserted {
                let network = network(row)
                if networks[network] == nil { networks[network] = time }
            }
        }
        for token in uses.indices where !uses[token].isEmpty {
            if let use = use(uses[token], creations[token]) { found.append(use) }
        }
    }

    private func network(_ row: Int) -> Network {
        events.number(.asNumber, at: row).flatMap { Int(exactly: $0.rounded()) }.map(Network.number)
            ?? .address(addresses[row])
    }

    /// By the code of a token, the row that created it.
    private func creations(of tokens: StringColumn) -> [Int: Int] {
        let types = events.column(.eventType)
        guard let creation = types.code(of: "system.api_token.create") else { return [:] }
        var found: [Int: Int] = [:]
        for row in types.codes.indices where types.codes[row] == creation {
            let targets = events[row].value(at: "target")?.array?.compactMap { $0["id"]?.string } ?? []
            for target in targets + [events[row].targetID ?? ""] {
                if let token = tokens.code(of: target), token != 0 { found[Int(token)] = row }
            }
        }
        return found
    }

    /// - Parameter rows: The uses of one token, in time order.
    private func use(_ rows: [Int], _ creation: Int?) -> TokenUse? {
        guard let start = events.time(at: rows[0]) else { return nil }
        if let creation, isStrange(rows[0], creation) {
            return TokenUse(
                creation: creation, first: rows[0], elsewhere: Array(rows.prefix(100)), count: 0, isSettled: false,
                isOtherCountry: false)
        }
        let end = start.advanced(bySeconds: settling)
        let isEarly = { (row: Int) in events.time(at: row).map { $0 <= end } ?? false }
        let early = rows.prefix(while: isEarly), home = Set(early.map(network))
        let elsewhere = rows.dropFirst(early.count).filter { !home.contains(network($0)) }
        guard let first = elsewhere.first, let position = rows.firstIndex(of: first), position >= earlierUses
        else { return nil }
        let homeCountries = Set(early.map { countries[$0] })
        return TokenUse(
            creation: creation, first: rows[0], elsewhere: Array(elsewhere.prefix(100)), count: position,
            isSettled: true,
            isOtherCountry: elsewhere.contains { countries[$0] != 0 && !homeCountries.contains(countries[$0]) })
    }

    /// Whether a new token's first use is in a network that nobody had used before, and its creator had not either.
    private func isStrange(_ use: Int, _ creation: Int) -> Bool {
        guard network(use) != network(creation), let time = events.time(at: use)?.ticks else { return false }
        return networks[network(use)].map { $0 > time } ?? true
    }
}
