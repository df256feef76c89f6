internal import Events
internal import Tables

/// Failed sign-ins of many accounts, few of each, from many addresses of which none is the origin of much.
struct DistributedSpray {
    /// The failures, in time order.
    let attempts: [SignInAttempts.Attempt]
    let users: Set<UInt32>
    let addresses: Set<UInt32>
    /// The user agent that all have in common, 0 when they have none; `nil` when only their time is common.
    let agent: UInt32?
    /// Accounts that signed in meanwhile, with that user agent.
    let signedInUsers: Int

    /// Whether the failures are hardly more than what a busy org sees anyway.
    var isOrdinary: Bool { signedInUsers >= users.count }

    /// Whether no hour of it has as many accounts as a fast one needs.
    func isSlow(_ limits: DistributedLimits) -> Bool {
        stretches(
            attempts.map(\.time), of: attempts.map(\.account), window: ticks(limits.window), threshold: limits.users
        ).isEmpty
    }
}

/// The sprays from many sources among the failures that belong to no attack from one source.
///
/// Failures at homes and offices, where people mistype, are left out: see ``Homes``.
struct DistributedSprays {
    let attempts: SignInAttempts
    /// In the order of their first event.
    private(set) var found: [DistributedSpray] = []

    /// - Parameter single: The attacks from one source.
    init(_ events: EventTable, besides single: SourceAttacks, limits: DistributedLimits) {
        attempts = single.attempts
        let agents = events.column(.userAgent), homes = Homes(attempts, in: events)
        var stray = attempts.failures.indices.filter { !single.isTaken[$0] }.map { attempts.failures[$0] }
            .filter { !homes.contains($0) }
        guard stray.count >= min(limits.users, limits.usersAtOnce) else { return }
        let groups = CodeGroups(stray.map { agents.codes[$0.row] }, count: agents.dictionary.count)
        let start = events.timeOrder.first.flatMap { events.time(at: $0) }?.ticks ?? 0
        var taken: Set<Int> = []
        for agent in 0..<groups.count where groups.size(of: agent) >= min(limits.users, limits.slowUsers) {
            let failures = groups[agent].map { stray[$0] }
            let fast = sprays(failures, UInt32(agent), limits.window, limits.users, limits, in: events)
            let slow = sprays(failures, UInt32(agent), limits.slowWindow, limits.slowUsers, limits, in: events)
                .filter { isUnusual($0, among: failures, since: start, limits) }
            for spray in slow + fast where !spray.isOrdinary && !taken.contains(spray.attempts[0].row) {
                found.append(spray)
                taken.formUnion(spray.attempts.map(\.row))
            }
        }
        stray.removeAll { taken.contains($0.row) }
        found += sprays(stray, nil, limits.shortWindow, limits.usersAtOnce, limits, in: events)
            .filter { $0.signedInUsers < $0.users.count * 4 }
        found.sort { events.isOrdered($0.attempts[0].row, before: $1.attempts[0].row) }
    }

    /// The sprays among failures, which are in time order, with one user agent or with any.
    private func sprays(
        _ failures: [SignInAttempts.Attempt], _ agent: UInt32?, _ window: Double, _ users: Int,
        _ limits: DistributedLimits, in events: EventTable
    ) -> [DistributedSpray] {
        let addresses = events.column(.ipAddress).codes
        let ranges = stretches(
            failures.map(\.time), of: failures.map(\.account), window: ticks(window), threshold: users)
        return ranges.compactMap { range in
            let attempts = Array(failures[range]), users = Set(attempts.map(\.account))
            let places = Set(attempts.map { addresses[$0.row] })
            guard places.count >= limits.addresses, Double(attempts.count) <= limits.tries * Double(users.count)
            else { return nil }
            return DistributedSpray(
                attempts: attempts, users: users, addresses: places, agent: agent,
                signedInUsers: usersSigningIn(attempts, with: agent, in: events))
        }
    }

    /// Whether a slow spray stands out from what the log sees of its kind before: several times as many accounts as in
    /// as much time on average. A large org has people who mistype in strange places every day.
    private func isUnusual(
        _ spray: DistributedSpray, among failures: [SignInAttempts.Attempt], since start: Int64,
        _ limits: DistributedLimits
    ) -> Bool {
        guard let first = spray.attempts.first?.time, let last = spray.attempts.last?.time else { return false }
        let past = Double(first - start), length = Double(max(last - first, 1))
        guard past >= Double(ticks(limits.slowWindow)) else { return false }
        let before = failures.firstPlace(from: first)
        return Double(spray.users.count) >= 4 * Double(before) * length / past
    }

    /// How many accounts signed in between the first failure and the last.
    private func usersSigningIn(
        _ failures: [SignInAttempts.Attempt], with agent: UInt32?, in events: EventTable
    ) -> Int {
        guard let first = failures.first?.time, let last = failures.last?.time else { return 0 }
        let agents = events.column(.userAgent).codes
        let meanwhile = attempts.successes[attempts.successes.firstPlace(from: first)...].prefix { $0.time <= last }
        return Set(meanwhile.filter { agent == nil || agents[$0.row] == agent }.map(\.account)).count
    }
}

/// Addresses at which people are at home: anyone signed in from there before, or who failed there also signed in there.
private struct Homes {
    private struct Home: Hashable {
        let account: UInt32
        let address: UInt32
    }

    private let addresses: [UInt32]
    /// When anyone first signed in from each address, in ticks.
    private var first: [Int64]
    private var own: Set<Home>

    init(_ attempts: SignInAttempts, in events: EventTable) {
        let column = events.column(.ipAddress)
        addresses = column.codes
        first = [Int64](repeating: .max, count: column.dictionary.count)
        own = []
        for success in attempts.successes {
            let address = addresses[success.row]
            first[Int(address)] = min(first[Int(address)], success.time)
            own.insert(Home(account: success.account, address: address))
        }
        first[0] = .min
    }

    /// Whether a failure came from one, or from nowhere that the log names.
    func contains(_ failure: SignInAttempts.Attempt) -> Bool {
        let address = addresses[failure.row]
        return first[Int(address)] < failure.time || own.contains(Home(account: failure.account, address: address))
    }
}

extension [SignInAttempts.Attempt] {
    /// The place of the first attempt at a time or later, in attempts in time order.
    func firstPlace(from time: Int64) -> Int {
        var low = 0, high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle].time < time { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
