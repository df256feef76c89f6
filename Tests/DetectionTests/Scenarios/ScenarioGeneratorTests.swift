import Digests
import Testing

@Suite("Scenario: generator")
struct ScenarioGeneratorTests {
    private let world = ScenarioWorld.tuning

    private var lines: [SystemLog.Line] { world.weeks.log.lines }

    /// Whoever changes the world changes what was measured: then these change, and so must the tables.
    @Test("A seed's log is the same bytes everywhere and always", arguments: [
        (ScenarioWorld.tuning.seed, "b1289070ba6da38689bc2730382649ae0a49a227377eb35f00f8316f1af0b981"),
        (ScenarioWorld.frozen.seed, "6ca0ae7201b196cc47a0511f6f0a29ccb065834de37bd0559e5d0ff35a4bcb14"),
    ])
    func frozen(seed: UInt64, expected: String) {
        let world = seed == ScenarioWorld.tuning.seed ? ScenarioWorld.tuning : .frozen
        let lines = world.arrival + world.runs.flatMap(\.lines)
        #expect(SHA256(lines.map(\.json).joined(separator: "\n")).hex == expected)
    }

    @Test("A stream of a seed repeats itself, and keeps to its bounds")
    func chance() {
        var chance = Chance(seed: 7, "a"), same = Chance(seed: 7, "a"), other = Chance(seed: 7, "b")
        let numbers = (0..<100).map { _ in chance.below(1000) }
        #expect(numbers == (0..<100).map { _ in same.below(1000) })
        #expect(numbers != (0..<100).map { _ in other.below(1000) })
        #expect(numbers.allSatisfy { (0..<1000).contains($0) } && Set(numbers).count > 80)
        #expect(chance.shuffled(Array(0..<50)).sorted() == Array(0..<50))
        #expect(
            chance.identifier("00u").utf8.count == 20
                && chance.uuid().split(separator: "-").map(\.count) == [8, 4, 4, 4, 12])
    }

    @Test("Ten to twenty thousand benign events, each with a uuid of its own, within the weeks")
    func benign() {
        #expect((10_000...20_000).contains(lines.count))
        #expect(Set(lines.map(\.uuid)).count == lines.count)
        #expect(lines.allSatisfy { Clock.range.contains($0.time) })
        #expect(lines.count { $0.time >= Clock.start } * 4 > lines.count * 3)
    }

    @Test("Attacks are within the weeks, under uuids of their own; only noisy ones are delivered twice")
    func attacks() {
        var seen = Set(lines.map(\.uuid))
        for run in world.runs {
            let own = Set(run.lines.map(\.uuid))
            #expect(seen.isDisjoint(with: own))
            #expect((own.count < run.lines.count) == (run.variant == .noisy))
            #expect(run.lines.allSatisfy { Clock.range.contains($0.time) })
            seen.formUnion(own)
        }
    }

    @Test("Arrivals are in order of time but for a few")
    func arrival() {
        let times = world.arrival.map(\.time)
        let late = zip(times, times.dropFirst()).count { $0 > $1 }
        #expect(late > 0 && late * 20 < times.count)
    }

    @Test("Nobody is the victim of two attacks of a variant")
    func victims() {
        let stages = AttackKind.allCases.flatMap { kind in
            (0..<AttackStage.count).map {
                AttackStage(kind, .easy, $0, in: world.weeks.organisation, world.weeks.networks).victim.account
            }
        }
        #expect(Set(stages).count == stages.count)
    }
}
