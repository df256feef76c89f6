internal import Events
internal import Tables

/// The events in which a person acts from a place of their own, told by codes alone.
///
/// Left out are events that carry a server's place under a user's name: Okta's own Admin Console back end
/// (panther-analysis PR 1086), calls with an API token, OAuth back channels, the protocols in which an application
/// server asks for the user, and actors that are no people; and answers to a push, which carry the phone's place.
struct PersonalEvents {
    /// `client.id` of Okta's Admin Console back end.
    static let consoleBackEnd = "okta.b58d5b75-07d4-5f25-bf59-368a1261a405"

    /// One number for each actor, by row; 0 where nobody is named.
    let actors: [UInt32]
    /// More than the greatest number of an actor.
    let actorCount: Int
    private let types: [UInt32], clients: [UInt32], tokens: [UInt32], actorTypes: [UInt32], outcomes: [UInt32]
    private let factors: [UInt32], isPush: [Bool]
    private let isServerType: [Bool], isMachineType: [Bool], isRefusal: [Bool], isEntry: [Bool]
    private let backEnd: UInt32?

    init(_ events: EventTable) {
        let types = events.column(.eventType), actorTypes = events.column(.actorType)
        let outcomes = events.column(.outcomeResult)
        (actors, actorCount) = Self.actors(events)
        self.types = types.codes
        self.actorTypes = actorTypes.codes
        self.outcomes = outcomes.codes
        clients = events.column(.clientID).codes
        tokens = events.column(.requestAPITokenID).codes
        backEnd = events.column(.clientID).code(of: Self.consoleBackEnd)
        factors = events.column(.factor).codes
        isPush = events.column(.factor).dictionary.map { $0.contains("PUSH") }
        isServerType = types.marks(Self.serverTypes, prefixes: Self.serverPrefixes)
        isEntry = types.marks(Self.entryTypes, prefixes: ["user.authentication."])
        isMachineType = actorTypes.marks(["SystemPrincipal", "PublicClientApp"])
        isRefusal = outcomes.marks(["FAILURE", "DENY", "CHALLENGE", "UNANSWERED", "ABANDONED"])
    }

    /// Whether a person acts in it, whatever the outcome.
    @inline(__always)
    func contains(_ row: Int) -> Bool { isOwnPlace(row) && !isMachine(row) }

    /// Whether the actor, person or not, acts in it from a place of its own.
    @inline(__always)
    func isOwnPlace(_ row: Int) -> Bool {
        actors[row] != 0 && tokens[row] == 0 && !isServerType[Int(types[row])] && !isPush[Int(factors[row])]
            && (backEnd == nil || clients[row] != backEnd)
    }

    /// Whether the actor is an application or Okta itself.
    @inline(__always)
    func isMachine(_ row: Int) -> Bool { isMachineType[Int(actorTypes[row])] }

    /// Whether Okta refused it, or waits for more. An event without an outcome counts as done.
    @inline(__always)
    func isRefused(_ row: Int) -> Bool { isRefusal[Int(outcomes[row])] }

    /// Whether a person got in by it.
    @inline(__always)
    func isSignIn(_ row: Int) -> Bool { isEntry[Int(types[row])] && !isRefused(row) && contains(row) }

    private static let entryTypes = ["user.session.start", "user.session.access_admin_app", "policy.evaluate_sign_on"]
    private static let serverTypes = [
        "user.authentication.auth_via_richclient", "user.authentication.auth_via_radius",
        "user.authentication.auth_via_inbound_delauth", "user.authentication.slo",
        "user.authentication.universal_logout", "user.authentication.universal_logout.scheduled",
    ]
    private static let serverPrefixes = [
        "app.oauth2.", "system.agent.", "system.email.", "system.sms.", "system.voice.", "system.push.",
        "user.mfa.okta_verify",
    ]

    /// `EventTable.actorKey(at:)` as numbers; the word `unknown` alone names nobody.
    private static func actors(_ events: EventTable) -> ([UInt32], Int) {
        let ids = events.column(.actorID), logins = events.column(.actorAlternateID)
        let unknownID = ids.code(of: "unknown"), unknownLogin = logins.code(of: "unknown")
        let offset = UInt32(ids.dictionary.count)
        // A login that is elsewhere an id is the same actor.
        var ofLogins = [UInt32](repeating: 0, count: logins.dictionary.count)
        var actors = [UInt32](repeating: 0, count: events.count)
        for row in actors.indices {
            let id = ids.codes[row], login = logins.codes[row]
            if id != 0, id != unknownID {
                actors[row] = id
            } else if login != 0, login != unknownLogin {
                if ofLogins[Int(login)] == 0 {
                    ofLogins[Int(login)] = ids.code(of: logins.dictionary[Int(login)]) ?? offset + login
                }
                actors[row] = ofLogins[Int(login)]
            }
        }
        return (actors, Int(offset) + logins.dictionary.count)
    }
}

extension StringColumn {
    /// By code, whether the text is one of the names or begins with one of the prefixes.
    func marks(_ names: [String], prefixes: [String] = []) -> [Bool] {
        var marks = [Bool](repeating: false, count: dictionary.count)
        for name in names { if let code = code(of: name) { marks[Int(code)] = true } }
        guard !prefixes.isEmpty else { return marks }
        for (code, text) in dictionary.enumerated() where !marks[code] {
            marks[code] = prefixes.contains { text.utf8.starts(with: $0.utf8) }
        }
        return marks
    }
}
