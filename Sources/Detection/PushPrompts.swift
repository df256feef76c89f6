internal import Events
internal import Tables

/// What became of each push that users were asked to answer, in order of time.
///
/// Types and texts as Okta's event catalogue (release 2026.08.1) has them: a push is sent with
/// `system.push.send_factor_verify_push`; it is denied with `user.mfa.okta_verify.deny_push` (Classic) or answered with
/// `user.authentication.auth_via_mfa` (Identity Engine), whose factor is a push. A push that is sent again before
/// anything answered it was ignored. A log without factors may mean any prompt with `auth_via_mfa`: it is taken as a
/// push.
struct PushPrompts {
    enum Outcome {
        /// Refused by the user.
        case denied
        /// Timed out, given up, or failed without saying why.
        case unanswered
        case approved
        /// Sent; whether anything answers it is not known yet.
        case sent
    }

    struct Prompt {
        let row: Int
        /// In ticks.
        let time: Int64
        let outcome: Outcome
    }

    private(set) var accounts: Accounts
    /// By account, in time order.
    private(set) var prompts: [[Prompt]] = []

    init(_ events: EventTable) {
        accounts = Accounts(events)
        let outcomes = PushOutcomes(events)
        for row in events.timeOrder {
            guard let outcome = outcomes[row], let time = events.time(at: row) else { continue }
            let account = outcomes.isSystem(at: row) ? accounts.target(at: row) : accounts.actor(at: row)
            guard account != 0 else { continue }
            while prompts.count < accounts.count { prompts.append([]) }
            prompts[Int(account)].append(Prompt(row: row, time: time.ticks, outcome: outcome))
        }
    }
}

extension PushPrompts {
    /// The places of pushes that were denied, not answered, or sent again before anything answered.
    static func refused(_ prompts: [Prompt]) -> [Int] {
        prompts.indices.filter { place in
            switch prompts[place].outcome {
            case .denied, .unanswered: true
            case .approved: false
            case .sent: place + 1 == prompts.count || prompts[place + 1].outcome == .sent
            }
        }
    }

    /// The place of the push that an answer is to, or of the push itself; `nil` where the log does not have it.
    static func request(of place: Int, in prompts: [Prompt]) -> Int? {
        if prompts[place].outcome == .sent { return place }
        return place > 0 && prompts[place - 1].outcome == .sent ? place - 1 : nil
    }
}

/// Tells what an event says about a push, by codes alone.
private struct PushOutcomes {
    private enum EventKind { case sent, denied, verified, other }

    private static let kinds: [String: EventKind] = [
        "system.push.send_factor_verify_push": .sent, "user.mfa.okta_verify.deny_push": .denied,
        "user.authentication.auth_via_mfa": .verified, "user.mfa.okta_verify": .verified,
    ]

    /// Outcomes of a prompt that nobody approved; some logs have them as the reason of a `FAILURE`.
    private static let refusals: [String: PushPrompts.Outcome] = [
        "SUCCESS": .approved, "ALLOW": .approved, "FAILURE": .unanswered, "DENY": .denied, "REJECTED": .denied,
        "UNANSWERED": .unanswered, "ABANDONED": .unanswered, "TIMEOUT": .unanswered, "EXPIRED": .unanswered,
    ]

    private let types: [UInt32], results: [UInt32], reasons: [UInt32], factors: [UInt32], actorTypes: [UInt32]
    private let kindOfType: [EventKind]
    private let outcomeOfResult: [PushPrompts.Outcome?]
    private let isDenial: [Bool]
    private let isPush: [Bool]
    private let system: UInt32?

    init(_ events: EventTable) {
        let types = events.column(.eventType), results = events.column(.outcomeResult)
        let reasons = events.column(.outcomeReason), factors = events.column(.factor)
        self.types = types.codes
        self.results = results.codes
        self.reasons = reasons.codes
        self.factors = factors.codes
        actorTypes = events.column(.actorType).codes
        kindOfType = types.dictionary.map { Self.kinds[$0] ?? .other }
        outcomeOfResult = results.dictionary.map { Self.refusals[$0.uppercased()] }
        isDenial = reasons.dictionary.map { Self.isDenial($0.uppercased()) }
        isPush = factors.dictionary.map { $0.isEmpty || $0.uppercased().contains("PUSH") }
        system = events.column(.actorType).code(of: "SystemPrincipal")
    }

    /// Whether Okta itself acted, so that the user is the target.
    func isSystem(at row: Int) -> Bool { system != nil && actorTypes[row] == system }

    subscript(row: Int) -> PushPrompts.Outcome? {
        switch kindOfType[Int(types[row])] {
        case .other: return nil
        case .sent: return .sent
        case .denied: return .denied
        case .verified:
            guard isPush[Int(factors[row])], let outcome = outcomeOfResult[Int(results[row])] else { return nil }
            return outcome == .unanswered && isDenial[Int(reasons[row])] ? .denied : outcome
        }
    }

    /// Identity Engine gives `INVALID_CREDENTIALS` for a push that the user rejected.
    private static func isDenial(_ reason: String) -> Bool {
        ["INVALID_CREDENTIALS", "DENIED", "REJECT", "DENY"].contains { reason.contains($0) }
    }
}
