import Detection
import Events
import Foundation
import Testing

/// Attacks in the log of an invented organisation: how many are found, and how often nothing is found to be something.
///
/// `WATCHFLOOR_SCENARIOS=1 swift test --filter Scenario` prints the tables.
@Suite("Scenario", .serialized)
struct ScenarioTests {
    @Test("Of easy and noisy attacks 95 % are found, of stealthy ones 80 %; at most 2 findings in 10,000 benign events")
    func limits() async throws {
        let scores = try await ScenarioScore.all.value
        #expect(scores.flatMap(\.violations) == [])
        if ProcessInfo.processInfo.environment["WATCHFLOOR_SCENARIOS"] == "1" {
            print(ScenarioTable(scores: scores).markdown)
        }
    }

    @Test("Every attack has its detector", arguments: AttackKind.allCases)
    func detectors(kind: AttackKind) {
        #expect(Detectors.all.contains { $0.id == kind.detector })
    }

    @Test("What tells of an attack is a detector or a built-in rule", arguments: AttackKind.allCases)
    func accepted(kind: AttackKind) {
        let known = Set(Detectors.all.map(\.id) + BuiltInRules.names)
        #expect(kind.accepted.filter { !known.contains($0) } == [])
    }

    @Test("The truth is in the log: each attack's events are there, and are no other attack's")
    func truth() async throws {
        for run in try await ScenarioScore.all.value.flatMap(\.runs) {
            var seen: Set<String> = []
            for attack in run.attacks {
                #expect(!attack.events.isEmpty && seen.isDisjoint(with: attack.events))
                #expect(attack.events.allSatisfy { run.events.row(ofID: $0) != nil })
                seen.formUnion(attack.events)
            }
            #expect(run.events.count == run.benignCount + seen.count)
            #expect(run.attacks.count == (run.variant == nil ? 0 : AttackKind.allCases.count * AttackStage.count))
        }
    }
}
