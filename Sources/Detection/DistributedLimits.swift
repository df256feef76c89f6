/// From how many accounts and addresses failures are one attack.
public struct DistributedLimits: Hashable, Sendable {
    /// Accounts, with one user agent, within ``window``.
    public let users: Int
    /// Distinct addresses of one attack, at least.
    public let addresses: Int
    /// In seconds, both ends included.
    public let window: Double
    /// Accounts, with any user agents, within ``shortWindow``.
    public let usersAtOnce: Int
    /// In seconds, both ends included.
    public let shortWindow: Double
    /// Accounts, with one user agent, within ``slowWindow``, where that is many times what the log sees otherwise.
    public let slowUsers: Int
    /// In seconds, both ends included.
    public let slowWindow: Double
    /// Failures of one account on average, at most.
    public let tries: Double

    /// - Parameters:
    ///   - users: At least 2.
    ///   - addresses: At least 2, in the whole attack.
    ///   - window: In seconds.
    ///   - usersAtOnce: At least 2.
    ///   - shortWindow: In seconds.
    ///   - slowUsers: At least 2.
    ///   - slowWindow: In seconds.
    ///   - tries: More of one account are a brute force.
    public init(
        users: Int = 10, addresses: Int = 5, window: Double = 3600, usersAtOnce: Int = 25, shortWindow: Double = 900,
        slowUsers: Int = 15, slowWindow: Double = 86_400, tries: Double = 4
    ) {
        self.users = max(2, users)
        self.addresses = max(2, addresses)
        self.window = window
        self.usersAtOnce = max(2, usersAtOnce)
        self.shortWindow = shortWindow
        self.slowUsers = max(2, slowUsers)
        self.slowWindow = slowWindow
        self.tries = tries
    }
}
