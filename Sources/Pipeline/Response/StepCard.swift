/// What a step does, why, after what, and the call that carries it out.
struct StepCard: Sendable {
    /// What is done.
    let description: String
    /// Why, where a plan has no reason of its own.
    let reason: String
    /// For each of these lists the first step that is in the plan is done before.
    let after: [[CanonicalStep]]
    /// What the call acts on.
    let aim: Aim
    /// The call; `nil` for a step that is no call.
    let call: StepCall?
    /// The command of this program; `nil` for a step that is about no host.
    let hostCall: HostCall?
    /// What must be so, or be known, before the call.
    let note: String

    enum Aim: Sendable {
        /// The log: of accounts, of addresses or of tokens.
        case log
        case account, addresses, token, provider, device, factor, role, defence, organisation, lockedAccount, host
    }

    init(
        _ description: String, because reason: String, after: [[CanonicalStep]] = [[.collectAuthLogs]],
        on aim: Aim = .account, _ call: StepCall? = nil, hostCall: HostCall? = nil, note: String = ""
    ) {
        self.description = description
        self.reason = reason
        self.after = after
        self.aim = aim
        self.call = call
        self.hostCall = hostCall
        self.note = note
    }
}

/// A call of Okta's management API, with what it changes and how that is undone and checked.
///
/// Methods, paths and scopes are those of Okta's management OpenAPI specification (Apache-2.0).
struct StepCall: Hashable, Sendable {
    enum Undo: Hashable, Sendable {
        case request(OktaRequest)
        case words(String)
    }

    let request: OktaRequest
    let effect: Effect
    /// The OAuth scope that the request needs.
    let scope: String
    let undo: Undo
    let verify: OktaRequest?

    /// A call that changes something.
    init(_ request: OktaRequest, _ effect: Effect, scope: String, undo: Undo, verify: OktaRequest?) {
        self.request = request
        self.effect = effect
        self.scope = scope
        self.undo = undo
        self.verify = verify
    }

    /// A call that only reads.
    init(reading path: String, _ query: [OktaRequest.Parameter] = [], scope: String) {
        self.init(
            OktaRequest("GET", path, query), .read, scope: scope, undo: .words("nothing to undo: it only reads"),
            verify: nil)
    }
}
