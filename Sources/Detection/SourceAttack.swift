internal import Events
internal import Tables

/// Failed sign-ins of many accounts from one address, or from one device at several addresses.
struct SourceAttack {
    enum Kind { case spray, stuffing }

    /// `.ipAddress` or `.deviceHash`.
    let field: EventField
    let source: UInt32
    /// The failures, in time order.
    let attempts: [SignInAttempts.Attempt]
    /// The accounts attacked.
    let users: Set<UInt32>
    /// Those that the org does not have: Okta says so in the id or with `VERIFICATION_ERROR`.
    let unknownUsers: Int
    /// Those that at some time also signed in from the source: most of them when it is their own office.
    let recovered: Set<UInt32>
    /// Those of ``recovered`` that had not signed in from there before the attack began.
    let entered: Set<UInt32>
    /// All accounts that ever signed in from the source.
    let signedInUsers: Int
    /// Whether every failure came through an API token, as from an own login page or a script.
    let isAutomation: Bool

    /// Attacked accounts that never signed in from there.
    var strangers: Int { users.count - recovered.count }

    /// Whether the source looks like a network that people share: as many accounts sign in from there as fail, or half
    /// of those that failed.
    var isShared: Bool { signedInUsers >= users.count || recovered.count * 2 >= users.count }

    /// Lists of names and passwords from elsewhere bring names that the org does not have, and one or two passwords
    /// for each; a spray knows its names.
    var kind: Kind { attempts.count <= 2 * users.count && unknownUsers * 3 >= users.count ? .stuffing : .spray }
}

/// From how many accounts failures of one source are an attack.
public struct SprayLimits: Hashable, Sendable {
    /// Accounts that fail within ``window``.
    public let users: Int
    /// In seconds.
    public let window: Double
    /// Accounts that fail within ``slowWindow``, for those who take their time.
    public let slowUsers: Int
    /// In seconds.
    public let slowWindow: Double
    /// Accounts that fail within ``slowWindow`` at a source from which nobody ever signs in: no office, no carrier.
    public let strangeUsers: Int

    /// - Parameters:
    ///   - users: At least 2; Sentinel's rule asks for 15 in five minutes, Splunk's for 10.
    ///   - window: In seconds.
    ///   - slowUsers: At least 2.
    ///   - slowWindow: In seconds.
    ///   - strangeUsers: At least 2; by default three more than `users`.
    public init(
        users: Int = 5, window: Double = 3600, slowUsers: Int = 15, slowWindow: Double = 86_400,
        strangeUsers: Int? = nil
    ) {
        self.users = max(2, users)
        self.window = window
        self.slowUsers = max(2, slowUsers)
        self.slowWindow = slowWindow
        self.strangeUsers = max(2, strangeUsers ?? self.users + 3)
    }

    /// Fewer failures than this are no attack.
    var fewest: Int { min(users, slowUsers, strangeUsers) }

    /// The stretches of one source's failures that are an attack.
    ///
    /// - Parameter isStrange: Whether nobody ever signs in from the source.
    func stretches(_ times: [Int64], of accounts: [UInt32], isStrange: Bool) -> [Range<Int>] {
        let slowUsers = isStrange ? min(slowUsers, strangeUsers) : slowUsers
        let fast = Detection.stretches(times, of: accounts, window: ticks(window), threshold: users)
        let slow = Detection.stretches(times, of: accounts, window: ticks(slowWindow), threshold: slowUsers)
        return joined(fast, slow)
    }
}

/// Seconds in ticks of `Timestamp`; what does not fit is as long as can be.
func ticks(_ seconds: Double) -> Int64 {
    Int64(exactly: (seconds * Double(Timestamp.ticksPerSecond)).rounded()) ?? Int64.max / 4
}
