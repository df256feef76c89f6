internal import Events
internal import Tables

/// Who signed in and who tried to, in order of time.
///
/// A sign-in is an event of a type that ends an attempt to prove who one is (names from Okta's event catalogue,
/// release 2026.08.1), or an event that names no type. A failed one has the outcome `FAILURE`, or `DENY`, which a
/// policy answers; without a type `DENY` may be anything and does not count. Answers to a push are no sign-ins:
/// ``MFAFatigue`` reads them. One attempt often leaves several events, of the agent, the factor and the session:
/// within one transaction only those of the first type count. Service accounts and Okta's own principals are left out.
struct SignInAttempts {
    struct Attempt {
        let row: Int
        let account: UInt32
        /// In ticks.
        let time: Int64
    }

    private(set) var failures: [Attempt] = []
    private(set) var successes: [Attempt] = []
    private(set) var accounts: Accounts

    init(_ events: EventTable) { self.init(events, rows: events.timeOrder) }

    /// - Parameter rows: The rows that count, in time order.
    init(_ events: EventTable, rows: some Sequence<Int>) {
        accounts = Accounts(events)
        let kinds = SignInKinds(events)
        var echoes = Echoes(events)
        for row in rows {
            let kind = kinds[row]
            guard kind != .other, let time = events.time(at: row) else { continue }
            let attempt = Attempt(row: row, account: accounts.actor(at: row), time: time.ticks)
            guard attempt.account != 0 else { continue }
            if kind == .success {
                successes.append(attempt)
            } else if !echoes.isEcho(attempt) {
                failures.append(attempt)
            }
        }
    }
}

/// Which events are sign-ins, told by codes alone.
struct SignInKinds {
    enum Kind { case failure, success, other }

    private enum EventKind { case signIn, factor, untyped, other }

    static let signIns: Set<String> = [
        "user.session.start", "user.authentication.auth", "user.authentication.authenticate",
        "user.authentication.auth_unconfigured_identifier", "user.authentication.auth_via_AD_agent",
        "user.authentication.auth_via_IDP", "user.authentication.auth_via_LDAP_agent",
        "user.authentication.auth_via_inbound_SAML", "user.authentication.auth_via_inbound_delauth",
        "user.authentication.auth_via_iwa", "user.authentication.auth_via_radius",
        "user.authentication.auth_via_richclient", "user.authentication.auth_via_social",
    ]

    private let types: [UInt32], outcomes: [UInt32], actorTypes: [UInt32], factors: [UInt32]
    private let kindOfType: [EventKind]
    private let isMachine: [Bool]
    private let isGuessable: [Bool]
    private let failure: UInt32?, deny: UInt32?, success: UInt32?, allow: UInt32?

    init(_ events: EventTable) {
        let types = events.column(.eventType), outcomes = events.column(.outcomeResult)
        self.types = types.codes
        self.outcomes = outcomes.codes
        actorTypes = events.column(.actorType).codes
        factors = events.column(.factor).codes
        kindOfType = types.dictionary.map { name in
            if name.isEmpty { return .untyped }
            if name == "user.authentication.auth_via_mfa" { return .factor }
            return Self.signIns.contains(name) ? .signIn : .other
        }
        isMachine = events.column(.actorType).dictionary.map { ["SystemPrincipal", "PublicClientApp"].contains($0) }
        isGuessable = events.column(.factor).dictionary.map { !$0.isEmpty && !$0.uppercased().contains("PUSH") }
        failure = outcomes.code(of: "FAILURE")
        deny = outcomes.code(of: "DENY")
        success = outcomes.code(of: "SUCCESS")
        allow = outcomes.code(of: "ALLOW")
    }

    subscript(row: Int) -> Kind {
        let kind = kindOfType[Int(types[row])], outcome = outcomes[row]
        guard kind != .other, outcome != 0, !isMachine[Int(actorTypes[row])] else { return .other }
        let failed = outcome == failure || kind != .untyped && outcome == deny
        if kind == .factor { return failed && isGuessable[Int(factors[row])] ? .failure : .other }
        return failed ? .failure : outcome == success || outcome == allow ? .success : .other
    }
}

/// Tells further events of one attempt from further attempts.
private struct Echoes {
    private let transactions: [UInt32], types: [UInt32]
    private let unknown: UInt32?
    /// By account, the transaction and the type of its last failure that counted.
    private var last: [(transaction: UInt32, type: UInt32)] = []

    init(_ events: EventTable) {
        transactions = events.column(.transactionID).codes
        types = events.column(.eventType).codes
        unknown = events.column(.transactionID).code(of: "unknown")
    }

    /// Whether a failure belongs to the attempt before it; remembered as an attempt when not.
    mutating func isEcho(_ attempt: SignInAttempts.Attempt) -> Bool {
        let account = Int(attempt.account), transaction = transactions[attempt.row], type = types[attempt.row]
        guard transaction != 0, transaction != unknown else { return false }
        if account >= last.count {
            let none = (transaction: UInt32(0), type: UInt32(0))
            last.append(contentsOf: repeatElement(none, count: max(account + 1, 2 * last.count) - last.count))
        }
        let (lastTransaction, lastType) = last[account]
        if lastTransaction == transaction { return lastType != type }
        last[account] = (transaction, type)
        return false
    }
}
