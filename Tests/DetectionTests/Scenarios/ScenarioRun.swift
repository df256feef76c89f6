import Detection
import Events
import Sigma

/// A log of which is known what in it is an attack.
struct ScenarioRun: Sendable {
    let variant: Variant?
    /// Events that tell of no attack.
    let benignCount: Int
    let attacks: [Attack]
    let events: EventTable
    let findings: [DetectionFinding]

    /// The benign weeks of a world, alone and with the attacks of each variant, each swept by all detectors and
    /// built-in rules.
    static func all(of world: ScenarioWorld) async throws -> [ScenarioRun] {
        let rules = RuleSet(BuiltInRules.texts)
        let benign = try await read(world.arrival, into: EventTable())
        var runs: [(Variant?, Int, [Attack], EventTable)] = [(nil, world.arrival.count, [], benign)]
        for run in world.runs {
            let events = try await read(run.lines, into: benign)
            runs.append((run.variant, world.arrival.count + run.innocentCount, run.attacks, events))
        }
        return try await withThrowingTaskGroup { group in
            for (place, run) in runs.enumerated() {
                group.addTask {
                    let findings = try await Sweep(run.3, rules: rules).findings
                    return (
                        place,
                        ScenarioRun(
                            variant: run.0, benignCount: run.1, attacks: run.2, events: run.3, findings: findings)
                    )
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private static func read(_ lines: [SystemLog.Line], into table: EventTable) async throws -> EventTable {
        let text = lines.map(\.json).joined(separator: "\n")
        let source = RawBytes(name: "scenario", bytes: Array(text.utf8))
        let (read, report) = try await EventReader().read([source], into: table, window: TimeWindowRequest(), now: nil)
        guard report.rejected == 0 else { throw ScenarioFault(problem: "\(report.problems)") }
        return read
    }
}

struct ScenarioFault: Error { let problem: String }

// MARK: Scoring

extension ScenarioRun {
    /// Whether a finding tells of an attack: its type is one that would, its severity is one that is looked at, and at
    /// least half of the events it names are the attack's.
    func tells(_ finding: DetectionFinding, of attack: Attack) -> Bool {
        guard attack.kind.accepted.contains(finding.findingType), finding.severity >= attack.kind.leastSeverity else {
            return false
        }
        let own = finding.oktaEventIDs.count { attack.events.contains($0) }
        return own >= 1 && own * 2 >= finding.oktaEventIDs.count
    }

    func isFound(_ attack: Attack) -> Bool { findings.contains { tells($0, of: attack) } }

    /// Findings of medium or more that name no event of any attack.
    var noise: [DetectionFinding] {
        let events = attacks.reduce(into: Set<String>()) { $0.formUnion($1.events) }
        return findings.filter { $0.severity >= .medium && events.isDisjoint(with: $0.oktaEventIDs) }
    }

    /// Findings of medium or more.
    var alarms: Int { findings.count { $0.severity >= .medium } }
}
