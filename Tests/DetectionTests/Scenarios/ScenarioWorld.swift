/// What a seed gives: benign weeks, and the attacks of each variant in them. Made once for all tests.
struct ScenarioWorld: Sendable {
    let seed: UInt64
    let weeks: BenignWeeks
    /// The weeks' events as they arrive.
    let arrival: [SystemLog.Line]
    let runs: [AttackRun]

    /// The one that detectors may be tuned on.
    static let tuning = ScenarioWorld(seed: 1)
    /// The one that they must not: looked at only to report it.
    static let frozen = ScenarioWorld(seed: 20_261_121)

    init(seed: UInt64) {
        self.seed = seed
        weeks = BenignWeeks.lived(by: Organisation(seed: seed))
        arrival = weeks.log.arrival(seed: seed)
        let weeks = weeks
        runs = Variant.allCases.map { AttackRun($0, in: weeks) }
    }
}

extension SystemLog {
    /// The lines as they arrive: by time, but for about three in a hundred that are some minutes late.
    fileprivate func arrival(seed: UInt64) -> [Line] {
        var chance = Chance(seed: seed, "arrival")
        return lines.map { ($0.time + (chance.happens(0.03) ? chance.number(1...600_000) : 0), $0) }
            .sorted { ($0.0, $0.1.uuid) < ($1.0, $1.1.uuid) }.map(\.1)
    }
}
