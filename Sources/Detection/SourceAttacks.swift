internal import Events
internal import Tables

/// The attacks on many accounts from one source, each failure in one attack at most.
///
/// Devices come first: failures of one device hash at several addresses are one attack, not one for each address. What
/// is left is looked at by address. A source that people share is an attack only where most of those who fail never
/// sign in from it, and these are as many as an attack needs and one for every five that sign in.
struct SourceAttacks {
    let attempts: SignInAttempts
    /// In the order of their first event.
    let found: [SourceAttack]
    /// Whether a failure of ``attempts``, by its place, is part of an attack.
    private(set) var isTaken: [Bool]

    private let events: EventTable

    init(_ events: EventTable, _ attempts: SignInAttempts, limits: SprayLimits) {
        var search = Search(events: events, attempts: attempts, limits: limits)
        let devices = search.attacks(by: .deviceHash) { Set($0.map { $0 }).count > 1 }
        let addresses = search.attacks(by: .ipAddress) { _ in true }
        self.events = events
        self.attempts = attempts
        isTaken = search.isTaken
        found = (devices + addresses).sorted { events.isOrdered($0.attempts[0].row, before: $1.attempts[0].row) }
    }
}

private struct Search {
    let events: EventTable
    let attempts: SignInAttempts
    let limits: SprayLimits
    var isTaken: [Bool]
    private let reasons: [UInt32], tokens: [UInt32], addresses: [UInt32]
    private let unknownReason: UInt32?

    init(events: EventTable, attempts: SignInAttempts, limits: SprayLimits) {
        self.events = events
        self.attempts = attempts
        self.limits = limits
        isTaken = [Bool](repeating: false, count: attempts.failures.count)
        reasons = events.column(.outcomeReason).codes
        tokens = events.column(.requestAPITokenID).codes
        addresses = events.column(.ipAddress).codes
        unknownReason = events.column(.outcomeReason).code(of: "VERIFICATION_ERROR")
    }

    /// The attacks of each source that a field names.
    ///
    /// - Parameter isAttack: Whether the addresses of an attack, one for each failure, are as they must be.
    mutating func attacks(by field: EventField, where isAttack: ([UInt32]) -> Bool) -> [SourceAttack] {
        let column = events.column(field)
        let failures = CodeGroups(attempts.failures.map { column.codes[$0.row] }, count: column.dictionary.count)
        var successes: CodeGroups?
        var found: [SourceAttack] = []
        for source in 1..<max(1, failures.count) where failures.size(of: source) >= limits.fewest {
            let places = failures[source].filter { !isTaken[$0] }
            guard places.count >= limits.fewest else { continue }
            let known = successes
                ?? CodeGroups(attempts.successes.map { column.codes[$0.row] }, count: column.dictionary.count)
            successes = known
            let ranges = limits.stretches(
                places.map { attempts.failures[$0].time }, of: places.map { attempts.failures[$0].account },
                isStrange: known.size(of: source) == 0)
            guard !ranges.isEmpty else { continue }
            let entries = firstSuccesses(known[source])
            for range in ranges where isAttack(places[range].map { addresses[attempts.failures[$0].row] }) {
                let attack = attack(field, UInt32(source), places[range].map { attempts.failures[$0] }, entries)
                for place in places[range] { isTaken[place] = true }
                if isSuspicious(attack) { found.append(attack) }
            }
        }
        return found
    }

    /// When each account first signed in from a source, in ticks.
    private func firstSuccesses(_ places: [Int]) -> [UInt32: Int64] {
        var entries: [UInt32: Int64] = [:]
        for place in places.reversed() { entries[attempts.successes[place].account] = attempts.successes[place].time }
        return entries
    }

    private func isSuspicious(_ attack: SourceAttack) -> Bool {
        if !attack.isShared { return true }
        let recovers = attack.recovered.count * 2 >= attack.users.count
        return !recovers && attack.strangers >= limits.users && attack.strangers * 5 >= attack.signedInUsers
    }

    private func attack(
        _ field: EventField, _ source: UInt32, _ failures: [SignInAttempts.Attempt], _ entries: [UInt32: Int64]
    ) -> SourceAttack {
        let users = Set(failures.map(\.account)), start = failures.first?.time ?? 0
        let unknown = failures.filter { failure in
            attempts.accounts.isUnknown(at: failure.row) || reasons[failure.row] == unknownReason
        }
        let recovered = users.filter { entries[$0] != nil }
        return SourceAttack(
            field: field, source: source, attempts: failures, users: users,
            unknownUsers: Set(unknown.map(\.account)).count, recovered: recovered,
            entered: recovered.filter { (entries[$0] ?? 0) > start }, signedInUsers: entries.count,
            isAutomation: failures.allSatisfy { tokens[$0.row] != 0 })
    }
}
