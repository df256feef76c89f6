/// What a question wants of the rows that it describes.
public enum HuntShape: Hashable, Sendable {
    /// The rows, newest first.
    case rows
    /// How many there are.
    case count
    /// How many different users, hosts, … there are.
    case distinct(HuntRole)
    /// Each user, host, … with a count, the largest first.
    case by([HuntRole])
    /// The largest groups, or the smallest.
    case top(Int, HuntRole, rarest: Bool)
    /// Counts for each stretch of so many seconds.
    case series(Int)
    /// The first or the last row.
    case edge(isLast: Bool)
    /// Addresses that failed for many users.
    case spray
    /// Users, addresses, … with at least so many rows.
    case burst(HuntRole, atLeast: Int)

    /// In words, for people and records.
    public var words: String {
        switch self {
        case .rows: "rows"
        case .count: "count"
        case .distinct(let role): "number of different \(role.rawValue)s"
        case .by(let roles): "count by \(roles.map(\.rawValue).joined(separator: ", "))"
        case .top(let count, let role, let rarest): "\(rarest ? "rarest" : "top") \(count) by \(role.rawValue)"
        case .series(let seconds): "count for each \(HuntRange.words(Double(seconds)))"
        case .edge(let isLast): isLast ? "last" : "first"
        case .spray: "spray"
        case .burst(let role, let count): "at least \(count) of one \(role.rawValue)"
        }
    }
}
