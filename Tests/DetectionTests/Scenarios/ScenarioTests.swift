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
        #expect(scores.flatMap { $0.violations(outstanding: Outstanding.list) } == [])
        if ProcessInfo.processInfo.environment["WATCHFLOOR_SCENARIOS"] == "1" {
            print(ScenarioTable(scores: scores, outstanding: Outstanding.list).markdown)
        }
    }

    @Test("What is outstanding is still so: an entry that is not needed any more must be removed")
    func outstanding() async throws {
        let scores = try await ScenarioScore.all.value
        let present = Set(Detectors.all.map(\.id))
        for entry in Outstanding.list {
            switch entry {
            case .noDetector(let id): #expect(!present.contains(id), "\(entry): the detector is there")
            case .recall, .noise:
                let violations = scores.flatMap { $0.violations(outstanding: Outstanding.list.subtracting([entry])) }
                #expect(!violations.isEmpty, "\(entry): the limits hold without it")
            }
        }
    }

    @Test("Every attack's detector is there or listed as outstanding", arguments: AttackKind.allCases)
    func detectors(kind: AttackKind) {
        let isThere = Detectors.all.contains { $0.id == kind.detector }
        #expect(isThere || Outstanding.list.contains(.noDetector(kind.detector)))
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
