internal import Events
internal import JSON
internal import Tables

/// Changes to an identity provider by one actor, no more than a day apart, and the sign-ins through it that followed
/// until the next ones.
struct ProviderChain {
    let provider: String
    /// In time order; never empty.
    let changes: [Int]
    /// In time order; never empty, at most ``ProviderChains/signInLimit``.
    let signIns: [Int]
}

/// Finds, for each provider that was changed, the sign-ins that name it.
struct ProviderChains {
    private(set) var found: [ProviderChain] = []
    static let signInLimit = 500

    private let events: EventTable
    private let window: Double
    static let changeTypes = [
        "system.idp.lifecycle.create", "system.idp.lifecycle.activate", "system.idp.lifecycle.update",
        "system.idp.key.create", "system.idp.key.update",
    ]
    static let signInTypes = [
        "user.authentication.auth_via_IDP", "user.authentication.auth_via_inbound_SAML",
        "user.authentication.auth_via_social",
    ]

    init(_ events: EventTable, window: Double) {
        self.events = events
        self.window = window
        let types = events.column(.eventType), outcomes = events.column(.outcomeResult)
        let isChange = types.marks(Self.changeTypes), isSignIn = types.marks(Self.signInTypes)
        let isRefused = outcomes.marks(["FAILURE", "DENY"])
        guard isChange.contains(true), isSignIn.contains(true) else { return }
        var changes: [(provider: String, rows: [Int])] = [], places: [ByteText: Int] = [:], signIns: [Int] = []
        for row in events.timeOrder where !isRefused[Int(outcomes.codes[row])] && events.time(at: row) != nil {
            if isSignIn[Int(types.codes[row])] {
                // Sign-ins before the first change are none of its.
                if !changes.isEmpty { signIns.append(row) }
            } else if isChange[Int(types.codes[row])], let provider = provider(row) {
                if let place = places[ByteText(provider)] {
                    changes[place].rows.append(row)
                } else {
                    places[ByteText(provider)] = changes.count
                    changes.append((provider, [row]))
                }
            }
        }
        found = chains(changes, named(signIns))
    }

    /// The id of the provider that was changed: the target that is neither user nor key.
    private func provider(_ row: Int) -> String? {
        let targets = events[row].value(at: "target")?.array ?? []
        let provider = targets.first { !["User", "Key", "AppInstance"].contains($0["type"]?.string ?? "") }
        return provider?["id"]?.string ?? events[row].targetID
    }

    /// Which ids each sign-in names; read once, whatever the number of providers.
    private func named(_ signIns: [Int]) -> [(row: Int, ids: Set<ByteText>)] {
        signIns.prefix(IdentityProviderBackdoor.eventLimit).map { row in
            let event = events[row].logEvent
            let targets = event["target"]?.array?.compactMap { $0["id"]?.string } ?? []
            let issuer = event[path: "authenticationContext.issuer.id"]?.string
            return (row, Set((targets + [issuer, events[row].targetID].compactMap { $0 }).map(ByteText.init)))
        }
    }

    private func chains(
        _ changes: [(provider: String, rows: [Int])], _ signIns: [(row: Int, ids: Set<ByteText>)]
    ) -> [ProviderChain] {
        changes.flatMap { provider, rows -> [ProviderChain] in
            let own = signIns.filter { $0.ids.contains(ByteText(provider)) }.map(\.row)
            let runs = runs(rows)
            var following = [[Int]](repeating: [], count: runs.count), current = -1
            for row in own {
                while current + 1 < runs.count, events.isOrdered(runs[current + 1][0], before: row) { current += 1 }
                if current >= 0, follows(row, runs[current]) { following[current].append(row) }
            }
            return zip(runs, following).filter { !$1.isEmpty }.map { run, signIns in
                ProviderChain(provider: provider, changes: run, signIns: Array(signIns.prefix(Self.signInLimit)))
            }
        }.sorted { events.isOrdered($0.changes[0], before: $1.changes[0]) }
    }

    /// The changes of one provider, in time order, cut where another actor goes on, or a day lies between two.
    private func runs(_ changes: [Int]) -> [[Int]] {
        changes.reduce(into: []) { runs, row in
            guard let last = runs.last?.last, let before = events.time(at: last), let time = events.time(at: row),
                time.seconds(since: before) <= 86_400,
                events.actorKey(at: last).map(ByteText.init) == events.actorKey(at: row).map(ByteText.init)
            else { return runs.append([row]) }
            runs[runs.count - 1].append(row)
        }
    }

    private func follows(_ signIn: Int, _ changes: [Int]) -> Bool {
        guard let time = events.time(at: signIn) else { return false }
        return changes.contains { change in
            events.time(at: change).map { (0...window).contains(time.seconds(since: $0)) } ?? false
        }
    }
}
