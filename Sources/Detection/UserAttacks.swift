internal import Events
internal import Tables

/// Failed sign-ins of one account from many sources that it never signed in from.
struct UserAttack {
    let account: UInt32
    /// The failures, in time order.
    let attempts: [SignInAttempts.Attempt]
}

/// The attacks on single accounts from many sources.
///
/// Failures from where the account signed in before are its owner's and do not count: see ``FamiliarPlaces``.
struct UserAttacks {
    let attempts: SignInAttempts
    /// In the order of their first event.
    let found: [UserAttack]

    init(_ events: EventTable, _ attempts: SignInAttempts, limits: SourceLimits) {
        let failures = CodeGroups(attempts.failures.map(\.account), count: attempts.accounts.count)
        // What is no attack with all failures is none without the account's own; few accounts are left to look up.
        let crowded = (0..<failures.count).filter { account in
            failures.size(of: account) >= limits.failures
                && !limits.stretches(failures[account].map { attempts.failures[$0] }, in: events).isEmpty
        }
        let places = FamiliarPlaces(of: Set(crowded.map { UInt32($0) }), among: attempts, in: events)
        var found: [UserAttack] = []
        for account in crowded {
            let foreign = failures[account].map { attempts.failures[$0] }.filter { failure in
                places.verdict(on: failure.row, of: failure.account, before: failure.time) != .familiar
            }
            for range in limits.stretches(foreign, in: events) where range.count >= limits.failures {
                found.append(UserAttack(account: UInt32(account), attempts: Array(foreign[range])))
            }
        }
        self.attempts = attempts
        self.found = found.sorted { events.isOrdered($0.attempts[0].row, before: $1.attempts[0].row) }
    }
}

/// From how many sources failures of one account are an attack.
public struct SourceLimits: Hashable, Sendable {
    /// In the whole attack.
    public let failures: Int
    /// Distinct addresses within ``window``.
    public let addresses: Int
    /// Device hashes: tools that keep no cookie get a new one for each try.
    public let devices: Int
    /// Distinct user agents within ``window``.
    public let userAgents: Int
    /// In seconds, both ends included.
    public let window: Double
    /// Distinct addresses within ``slowWindow``, for those who take their time.
    public let slowAddresses: Int
    /// In seconds, both ends included.
    public let slowWindow: Double

    /// - Parameters:
    ///   - failures: At least 2 in the whole attack.
    ///   - addresses: Distinct addresses within the window, at least 2.
    ///   - devices: Or distinct device hashes, at least 2.
    ///   - userAgents: Or distinct user agents, at least 2.
    ///   - window: In seconds.
    ///   - slowAddresses: At least 2.
    ///   - slowWindow: In seconds.
    public init(
        failures: Int = 8, addresses: Int = 4, devices: Int = 6, userAgents: Int = 5, window: Double = 3600,
        slowAddresses: Int = 6, slowWindow: Double = 86_400
    ) {
        self.failures = max(2, failures)
        self.addresses = max(2, addresses)
        self.devices = max(2, devices)
        self.userAgents = max(2, userAgents)
        self.window = window
        self.slowAddresses = max(2, slowAddresses)
        self.slowWindow = slowWindow
    }

    /// The stretches of one account's failures that come from many sources.
    func stretches(_ failures: [SignInAttempts.Attempt], in events: EventTable) -> [Range<Int>] {
        let fields: [(EventField, Int, Double)] = [
            (.ipAddress, addresses, window), (.deviceHash, devices, window), (.userAgent, userAgents, window),
            (.ipAddress, slowAddresses, slowWindow),
        ]
        return fields.reduce(into: []) { found, field in
            let codes = events.column(field.0).codes
            let places = failures.indices.filter { codes[failures[$0].row] != 0 }
            let ranges = Detection.stretches(
                places.map { failures[$0].time }, of: places.map { codes[failures[$0].row] }, window: ticks(field.2),
                threshold: field.1)
            found = joined(found, ranges.map { places[$0.lowerBound]..<places[$0.upperBound - 1] + 1 })
        }
    }
}
