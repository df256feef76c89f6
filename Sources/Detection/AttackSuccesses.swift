internal import Events
internal import Tables

/// A sign-in that an attack may have brought about.
struct AttackSuccess {
    let attack: CredentialAttack
    /// The rows of the account's failures in the attack; of the whole attack where the account has none.
    let failures: [Int]
    let success: SignInAttempts.Attempt
    /// Whether it came from an address or a device of the attack.
    let isFromAttacker: Bool
    /// Whether the account signed in from there before the attack.
    let place: FamiliarPlaces.Verdict
}

/// The first sign-in of each account that each attack may have brought about, in order of time.
struct AttackSuccesses {
    let found: [AttackSuccess]

    /// - Parameter window: A sign-in from a place of the attack counts so long after it, in seconds; one from elsewhere
    ///   an hour.
    init(_ attacks: [CredentialAttack], _ attempts: SignInAttempts, in events: EventTable, window: Double) {
        let index = AttackIndex(attacks)
        let hits = index.hits(of: attempts.successes, in: events, window: ticks(window))
        let places = FamiliarPlaces(of: Set(hits.map(\.success.account)), among: attempts, in: events)
        var seen: Set<AttackIndex.Pair> = [], failures = FailuresByAccount()
        found = hits.compactMap { hit in
            let attack = attacks[hit.attack], pair = AttackIndex.Pair(attack: hit.attack, account: hit.success.account)
            let place = places.verdict(on: hit.success.row, of: hit.success.account, before: attack.start)
            guard place != .familiar, hit.isFromAttacker || place == .strange else { return nil }
            guard seen.insert(pair).inserted else { return nil }
            return AttackSuccess(
                attack: attack, failures: failures.rows(of: pair.account, in: attack, number: pair.attack),
                success: hit.success, isFromAttacker: hit.isFromAttacker, place: place)
        }
    }
}

/// The failures of each account in an attack, sorted out once for each attack.
private struct FailuresByAccount {
    private var known: [Int: [UInt32: [Int]]] = [:]

    mutating func rows(of account: UInt32, in attack: CredentialAttack, number: Int) -> [Int] {
        guard attack.users.count > 1, attack.users.contains(account) else { return attack.attempts.map(\.row) }
        let rows = known[number] ?? Dictionary(grouping: attack.attempts, by: \.account).mapValues { $0.map(\.row) }
        known[number] = rows
        return rows[account] ?? []
    }
}

/// Which attacks a sign-in may belong to, by where it comes from and whose it is.
private struct AttackIndex {
    struct Pair: Hashable {
        let attack: Int
        let account: UInt32
    }

    private struct Source: Hashable {
        let field: EventField
        let code: UInt32
    }

    private struct Target: Hashable {
        let kind: CredentialAttack.Kind
        let account: UInt32
    }

    private static let hour = ticks(3600)

    private let attacks: [CredentialAttack]
    /// Attacks by their one source, and by whom they are on; in order of time.
    private var bySource: [Source: [Int]] = [:]
    private var byTarget: [Target: [Int]] = [:]

    init(_ attacks: [CredentialAttack]) {
        self.attacks = attacks
        for (index, attack) in attacks.enumerated() {
            if let source = attack.source {
                bySource[Source(field: source.field, code: source.code), default: []].append(index)
            }
            for user in attack.users { byTarget[Target(kind: attack.kind, account: user), default: []].append(index) }
        }
    }

    /// The sign-ins that may belong to an attack, with the last attack of each kind before them.
    func hits(
        of successes: [SignInAttempts.Attempt], in events: EventTable, window: Int64
    ) -> [(attack: Int, success: SignInAttempts.Attempt, isFromAttacker: Bool)] {
        guard !attacks.isEmpty else { return [] }
        let addresses = events.column(.ipAddress).codes, devices = events.column(.deviceHash).codes
        let places = attacks.map { attack in Set(attack.attempts.map { addresses[$0.row] }).subtracting([0]) }
        return successes.flatMap { success in
            let address = addresses[success.row]
            let sources = [
                Source(field: .ipAddress, code: address), Source(field: .deviceHash, code: devices[success.row]),
            ]
            var indices = Set(sources.compactMap { last(bySource[$0], before: success.time) })
            for kind in CredentialAttack.Kind.allCases {
                if let index = last(byTarget[Target(kind: kind, account: success.account)], before: success.time) {
                    indices.insert(index)
                }
            }
            return indices.sorted().compactMap { index in
                let isFromAttacker = places[index].contains(address) || isSource(of: index, devices[success.row])
                let limit = attacks[index].end + (isFromAttacker ? window : min(window, Self.hour))
                return success.time <= limit ? (index, success, isFromAttacker) : nil
            }
        }
    }

    private func isSource(of attack: Int, _ device: UInt32) -> Bool {
        device != 0 && attacks[attack].source.map { $0.field == .deviceHash && $0.code == device } ?? false
    }

    /// The last attack that began before a time.
    private func last(_ indices: [Int]?, before time: Int64) -> Int? {
        guard let indices else { return nil }
        var low = 0, high = indices.count
        while low < high {
            let middle = (low + high) / 2
            if attacks[indices[middle]].start < time { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? indices[low - 1] : nil
    }
}
