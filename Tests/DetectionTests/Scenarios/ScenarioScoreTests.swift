import Detection
import Events
import Testing

@Suite("Scenario: scoring")
struct ScenarioScoreTests {
    /// An attack of four events, `a1` to `a4`; benign events are `b1`, `b2`, ….
    private static let attack = Attack(kind: .impossibleTravel, variant: .easy, events: ["a1", "a2", "a3", "a4"])

    private static func finding(
        _ events: String, severity: Severity = .high, by detector: any Detector = ImpossibleTravel()
    )
        -> DetectionFinding
    {
        DetectionFinding(
            detector: detector, groupKey: "bob", description: "d",
            oktaEventIDs: events.split(separator: " ").map(String.init),
            userID: "u", createdAt: nil, severity: severity, figures: [])
    }

    private static func run(_ findings: [DetectionFinding], of attacks: [Attack] = [attack], benign: Int = 10_000)
        -> ScenarioRun
    {
        ScenarioRun(variant: .easy, benignCount: benign, attacks: attacks, events: EventTable(), findings: findings)
    }

    @Test(
        "Whether a finding tells of an attack, and whether it is noise",
        arguments: [
            (finding("a1 a2"), true, false), (finding("b1 a1"), true, false), (finding("b1 b2 a1"), false, false),
            (finding("b1 b2"), false, true), (finding("a1 a2", severity: .medium), true, false),
            (finding("a1 a2", severity: .low), false, false), (finding("b1 b2", severity: .low), false, false),
            (finding("a1 a2", by: FailedLoginBurst()), false, false),
            (finding("b1 b2", by: FailedLoginBurst()), false, true),
        ])
    func telling(finding: DetectionFinding, isTold: Bool, isNoise: Bool) {
        let run = Self.run([finding])
        #expect(run.isFound(Self.attack) == isTold)
        #expect(run.noise.isEmpty == !isNoise)
    }

    @Test(
        "Limits that do not hold are named",
        arguments: [
            ([finding("a1 a2")], []),
            ([], ["seed 7: 0/1 easy attacks found"]),
            ([finding("a1 a2"), finding("b1"), finding("b2")], []),
            (
                [finding("a1 a2"), finding("b1"), finding("b2"), finding("b3")],
                ["seed 7: 3.0 findings per 10,000 benign events, with easy attacks"]
            ),
        ] as [([DetectionFinding], [String])])
    func limits(findings: [DetectionFinding], expected: [String]) {
        #expect(ScenarioScore(seed: 7, runs: [Self.run(findings)]).violations == expected)
    }

    @Test(
        "95 % of easy attacks and 80 % of stealthy ones are enough, less is not",
        arguments: [
            (Variant.easy, 20, 19, true), (.easy, 20, 18, false), (.noisy, 20, 18, false), (.stealthy, 5, 4, true),
            (.stealthy, 5, 3, false),
        ])
    func shares(variant: Variant, count: Int, found: Int, isEnough: Bool) {
        let attacks = (0..<count).map { Attack(kind: .impossibleTravel, variant: variant, events: ["a\($0)"]) }
        let findings = (0..<found).map { Self.finding("a\($0)") }
        let run = ScenarioRun(
            variant: variant, benignCount: 1, attacks: attacks, events: EventTable(), findings: findings)
        #expect(ScenarioScore(seed: 7, runs: [run]).violations.isEmpty == isEnough)
    }
}
