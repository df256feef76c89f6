/// Events as they are written, with their times.
struct SystemLog {
    /// An event's JSON text and what a test wants to know of it without reading it.
    struct Line {
        let time: Int
        let uuid: String
        let json: String
        let actor: Account
    }

    private(set) var lines: [Line] = []
    var chance: Chance

    init(seed: UInt64, _ stream: String) { chance = Chance(seed: seed, stream) }

    /// Adds an event, some seconds later than asked for: as many for all of an actor, so that their order stays.
    mutating func add(_ entry: ScenarioEntry) {
        var entry = entry
        entry.time += Int(Chance(seed: 0, entry.actor.id).peeked % UInt64(Clock.minute))
        let uuid = chance.uuid()
        let transaction = chance.identifier("aX", count: 27)
        lines.append(
            Line(
                time: entry.time, uuid: uuid, json: entry.json(uuid: uuid, transaction: transaction), actor: entry.actor
            ))
    }

    mutating func add(_ other: SystemLog) { lines += other.lines }
}

/// Somebody's session: where and with what it was begun, and its two ids.
struct Session {
    let account: Account
    let source: Source
    let device: Device
    /// The id that the events of the sign-in itself have.
    let root: String
    /// The id that what comes afterwards has; another one, in Identity Engine.
    let id: String
    let start: Int
}

// MARK: Signing in

extension SystemLog {
    /// A sign-in with password and second factor, from the decision of the policy to the session.
    ///
    /// - Parameter telephone: Where the push is answered, when it is a push.
    @discardableResult
    mutating func signIn(
        _ person: Person, from source: Source, with device: Device, at time: Int, telephone: Source? = nil
    ) -> Session {
        signIn(
            person.account, factor: person.factor, behaviours: person.behaviours(source, device), from: source,
            with: device, at: time, telephone: telephone)
    }

    @discardableResult
    mutating func signIn(
        _ account: Account, factor: Factor, behaviours: String, from source: Source, with device: Device, at time: Int,
        telephone: Source? = nil
    ) -> Session {
        let session = Session(
            account: account, source: source, device: device, root: chance.identifier("idx", count: 25),
            id: chance.identifier("102", count: 25), start: time)
        var entry = ScenarioEntry(
            type: .policyEvaluation, time: time, actor: account, source: source, device: device, result: "CHALLENGE",
            reason: "Sign-on policy evaluation resulted in CHALLENGE", session: session.root, root: session.root,
            debug: [("behaviors", behaviours)])
        add(entry)
        if factor == .push { push(session, behaviours: behaviours, at: time + 2100) }
        (entry.type, entry.result, entry.reason) = (.factorVerified, "SUCCESS", nil)
        entry.time += factor == .push ? chance.number(6...40) * Clock.second : 4 * Clock.second
        (entry.debug, entry.credential) = ([("factor", factor.rawValue), ("behaviors", behaviours)], "OTP")
        if let telephone, factor == .push { entry.source = telephone }
        add(entry)
        (entry.type, entry.source, entry.credential) = (.sessionStart, source, "PASSWORD")
        entry.debug = [("behaviors", behaviours), ("requestUri", "/idp/idx/challenge/answer")]
        entry.time += 300
        add(entry)
        return session
    }

    /// The sending of a push.
    mutating func push(_ session: Session, behaviours: String, at time: Int) {
        add(
            ScenarioEntry(
                type: .pushSent, time: time, actor: session.account, source: session.source, device: session.device,
                session: session.root, root: session.root,
                debug: [("factor", Factor.push.rawValue), ("behaviors", behaviours)]))
    }

    /// A sign-in that fails at the password.
    mutating func failure(
        of account: Account, from source: Source, with device: Device, at time: Int,
        reason: String = "INVALID_CREDENTIALS"
    ) {
        add(
            ScenarioEntry(
                type: .sessionStart, time: time, actor: account, source: source, device: device, result: "FAILURE",
                reason: reason, debug: [("requestUri", "/idp/idx/identify")], credential: "PASSWORD"))
    }

    /// The account is locked; Okta names the locked one as actor.
    mutating func lock(_ account: Account, from source: Source, with device: Device, at time: Int) {
        add(
            ScenarioEntry(
                type: .accountLock, time: time, actor: account, source: source, device: device, result: "FAILURE",
                reason: "LOCKED_OUT", targets: [account.json]))
    }
}

// MARK: With a session

extension SystemLog {
    /// Opens an application.
    ///
    /// - Parameters:
    ///   - source: Where from, if not from where the session was begun.
    mutating func open(
        _ application: Account, in session: Session, at time: Int, from source: Source? = nil,
        with device: Device? = nil
    ) {
        add(
            ScenarioEntry(
                type: .singleSignOn, time: time, actor: session.account, source: source ?? session.source,
                device: device ?? session.device, session: session.id, root: session.root,
                targets: [application.json, session.account.json], debug: [("signOnMode", "SAML 2.0")]))
    }

    /// Something done in a session to something.
    mutating func act(
        _ type: EventType, in session: Session, on targets: [String], at time: Int, reason: String? = nil,
        debug: [(String, String)] = []
    ) {
        add(
            ScenarioEntry(
                type: type, time: time, actor: session.account, source: session.source, device: session.device,
                reason: reason, session: session.id, root: session.root, targets: targets, debug: debug))
    }
}
