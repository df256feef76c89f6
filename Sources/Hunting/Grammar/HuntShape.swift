/// What a question wants of the rows that it describes.
public enum HuntShape: Hashable, Sendable {
    /// The rows, newest first.
    case rows
    /// The newest so many rows.
    case newest(Int)
    /// How many there are.
    case count
    /// How many different users, hosts, … there are.
    case distinct(HuntRole)
    /// Each user, host, … with a count, the largest first.
    case by([HuntRole])
    /// The same for columns that the question names themselves.
    case byColumns([String])
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

    /// Users, hosts, … with at least so many different addresses, countries, ….
    case spread(HuntRole, of: HuntRole, atLeast: Int)

    /// In words, for people and records.
    public var words: String {
        switch self {
        case .rows: "rows"
        case .newest(let count): "newest \(count)"
        case .count: "count"
        case .distinct(let role): "number of different values of \(role.rawValue)"
        case .by(let roles): "count by \(roles.map(\.rawValue).joined(separator: ", "))"
        case .byColumns(let names): "count by \(names.joined(separator: ", "))"
        case .top(let count, let role, let rarest): "\(rarest ? "rarest" : "top") \(count) by \(role.rawValue)"
        case .series(let seconds): "count for each \(HuntRange.words(Double(seconds)))"
        case .edge(let isLast): isLast ? "last" : "first"
        case .spray: "spray"
        case .spread(let role, let other, let count):
            "at least \(count) different values of \(other.rawValue) for one \(role.rawValue)"
        case .burst(let role, let count): "at least \(count) of one \(role.rawValue)"
        }
    }
}

extension HuntShape {
    /// What is counted, and what it is counted by.
    var roles: [HuntRole] {
        switch self {
        case .distinct(let role), .top(_, let role, _), .burst(let role, _): [role]
        case .by(let roles): roles
        case .spread(let role, let other, _): [role, other]
        case .spray: [.address, .user]
        default: []
        }
    }

    /// Words of a question that the shape answers, beside what is counted.
    var spoken: Set<String> {
        switch self {
        case .rows, .byColumns: []
        case .newest: ["last", "latest", "newest", "recent", "most"]
        case .count: ["many", "much", "often"]
        case .by, .distinct: ["many", "different", "distinct", "unique", "various", "several", "multiple"]
        case .top:
            [
                "top", "bottom", "common", "frequent", "most", "busiest", "noisiest", "biggest", "highest", "rarest",
                "rare", "least", "fewest", "often",
            ]
        case .series:
            ["hour", "hours", "day", "days", "minute", "minutes", "week", "weeks", "hourly", "daily", "trend"]
        case .edge: ["first", "last", "latest", "earliest", "oldest", "newest", "recent", "most", "ever"]
        case .spray: Self.quantities.union(["one", "single", "same"])
        case .spread, .burst: Self.quantities.union(["one", "single", "same", "over", "above", "exceeding"])
        }
    }

    private static let quantities: Set<String> = [
        "more", "greater", "least", "many", "multiple", "several", "different", "mass", "bulk", "lots", "lot", "often",
    ]

    /// The numbers of a question that the shape answers.
    var figures: Set<Int> {
        switch self {
        case .newest(let count), .top(let count, _, _): [count]
        case .burst(_, let least), .spread(_, _, let least): [least, least - 1]
        default: []
        }
    }
}
