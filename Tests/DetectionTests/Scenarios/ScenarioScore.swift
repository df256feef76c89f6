import Detection

/// How many of some attacks were found.
struct Recall {
    var found = 0
    var count = 0

    var share: Double { count == 0 ? 1 : Double(found) / Double(count) }
    var percent: Int { Int((share * 100).rounded(.down)) }
    /// `3/4`.
    var text: String { "\(found)/\(count)" }

    static func += (left: inout Recall, right: Recall) {
        left.found += right.found
        left.count += right.count
    }
}

/// A seed's runs: the benign weeks alone, then with the attacks of each variant.
struct ScenarioScore: Sendable {
    let seed: UInt64
    let runs: [ScenarioRun]

    /// Of both seeds; made once for all tests.
    static let all = Task {
        var scores: [ScenarioScore] = []
        for world in [ScenarioWorld.tuning, .frozen] {
            scores.append(ScenarioScore(seed: world.seed, runs: try await ScenarioRun.all(of: world)))
        }
        return scores
    }

    /// At most so many findings of medium or more that tell of no attack, in 10,000 benign events.
    static let noiseLimit = 2.0

    static func recallLimit(_ variant: Variant) -> Double { variant == .stealthy ? 0.8 : 0.95 }

    func run(_ variant: Variant?) -> ScenarioRun? { runs.first { $0.variant == variant } }

    func recall(_ kind: AttackKind, _ variant: Variant) -> Recall {
        guard let run = run(variant) else { return Recall() }
        let attacks = run.attacks.filter { $0.kind == kind }
        return Recall(found: attacks.count { run.isFound($0) }, count: attacks.count)
    }

    /// Of all attacks of a variant but those outstanding.
    func recall(_ variant: Variant, without outstanding: Set<Outstanding>) -> Recall {
        var sum = Recall()
        for kind in AttackKind.allCases
        where
            !outstanding.contains(.noDetector(kind.detector)) && !outstanding.contains(.recall(kind.detector, variant))
        {
            sum += recall(kind, variant)
        }
        return sum
    }

    /// Findings of medium or more that tell of no attack, in 10,000 benign events, but for detectors outstanding.
    func noise(_ run: ScenarioRun, without outstanding: Set<Outstanding>) -> Double {
        let count = run.noise.count { !outstanding.contains(.noise($0.findingType)) }
        return Double(count) * 10_000 / Double(max(1, run.benignCount))
    }

    /// The limits that do not hold, in words.
    func violations(outstanding: Set<Outstanding>) -> [String] {
        let missed = Variant.allCases.compactMap { variant -> String? in
            let recall = recall(variant, without: outstanding)
            guard recall.share < Self.recallLimit(variant) else { return nil }
            return "seed \(seed): \(recall.text) \(variant.rawValue) attacks found"
        }
        let loud = runs.compactMap { run -> String? in
            let noise = noise(run, without: outstanding)
            guard noise > Self.noiseLimit else { return nil }
            return "seed \(seed): \(tenths(noise)) findings per 10,000 benign events, \(run.name)"
        }
        return missed + loud
    }
}

extension ScenarioRun {
    var name: String { variant.map { "with \($0.rawValue) attacks" } ?? "benign alone" }
}

/// A number with one digit after the point.
func tenths(_ number: Double) -> String {
    let tenths = Int((number * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
}
