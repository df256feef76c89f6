internal import Events
internal import Tables

/// What protects an org, and what an intruder therefore takes down.
enum DefenceKind: String, CaseIterable {
    case policies, zones, logging, factors
    case threatProtection = "threat protection"
}

/// Acts on defences, by row, told by codes alone. Names from Okta's event catalogue, release 2026.08.1.
struct DefenceActs {
    struct Act {
        let kind: DefenceKind
        /// Switched off or deleted; else changed.
        let isTakenAway: Bool
    }

    private let types: [UInt32], outcomes: [UInt32]
    private let acts: [Act?]
    private let isRefused: [Bool]

    init(_ events: EventTable) {
        let types = events.column(.eventType), outcomes = events.column(.outcomeResult)
        self.types = types.codes
        self.outcomes = outcomes.codes
        var acts = [Act?](repeating: nil, count: types.dictionary.count)
        for (kind, isTakenAway, names) in Self.names {
            for name in names {
                if let code = types.code(of: name) { acts[Int(code)] = Act(kind: kind, isTakenAway: isTakenAway) }
            }
        }
        self.acts = acts
        isRefused = outcomes.marks(["FAILURE", "DENY"])
    }

    var isEmpty: Bool { acts.allSatisfy { $0?.isTakenAway != true } }

    subscript(row: Int) -> Act? { isRefused[Int(outcomes[row])] ? nil : acts[Int(types[row])] }

    static let names: [(DefenceKind, Bool, [String])] = [
        (
            .policies, true,
            [
                "policy.lifecycle.deactivate", "policy.lifecycle.delete", "policy.rule.deactivate",
                "policy.rule.delete", "application.policy.sign_on.rule.delete",
            ]
        ),
        (.policies, false, ["policy.lifecycle.update", "policy.rule.update", "application.policy.sign_on.update"]),
        (
            .zones, true,
            [
                "zone.deactivate", "zone.delete", "zone.remove_blacklist", "security.zone.remove_blacklist",
                "network_zone.rule.disabled",
            ]
        ),
        (.zones, false, ["zone.update"]),
        (
            .logging, true,
            [
                "system.log_stream.lifecycle.deactivate", "system.log_stream.lifecycle.delete",
                "event_hook.deactivated", "event_hook.deleted",
            ]
        ),
        (.logging, false, ["system.log_stream.lifecycle.update", "event_hook.updated"]),
        (.factors, true, ["system.mfa.factor.deactivate", "security.authenticator.lifecycle.deactivate"]),
        (.factors, false, ["security.authenticator.lifecycle.update"]),
        (
            .threatProtection, true,
            [
                "security.behavior.settings.delete", "security.events.provider.deactivate",
                "security.events.provider.delete",
            ]
        ),
        (
            .threatProtection, false,
            [
                "security.threat.configuration.update", "security.attack_protection.settings.update",
                "security.protected_action.settings.update", "security.session_protection.status.update",
                "security.behavior.settings.update",
            ]
        ),
    ]
}

/// How many acts of each kind there are in a stretch.
struct DefenceCounts {
    private var takenAway = [Int](repeating: 0, count: DefenceKind.allCases.count)
    private var changed = [Int](repeating: 0, count: DefenceKind.allCases.count)

    mutating func add(_ act: DefenceActs.Act?, _ number: Int) {
        guard let act, let kind = DefenceKind.allCases.firstIndex(of: act.kind) else { return }
        if act.isTakenAway { takenAway[kind] += number } else { changed[kind] += number }
    }

    /// Kinds of which something was taken away.
    var taken: [DefenceKind] { zip(DefenceKind.allCases, takenAway).filter { $0.1 > 0 }.map(\.0) }

    /// Kinds of which something was taken away or changed.
    var kinds: [DefenceKind] {
        DefenceKind.allCases.indices.filter { takenAway[$0] + changed[$0] > 0 }.map { DefenceKind.allCases[$0] }
    }

    func isChain(_ acts: Int) -> Bool {
        !taken.isEmpty && (kinds.count > 1 || (takenAway.max() ?? 0) >= acts)
    }

    var severity: Severity {
        if taken.count > 2 || taken.count == 2 && taken.contains(.logging) { return .critical }
        return taken.count == 2 ? .high : .medium
    }
}
