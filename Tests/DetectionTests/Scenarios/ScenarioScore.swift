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
        async let tuning = score(.tuning), frozen = score(.frozen)
        return try await [tuning, frozen]
    }

    private static func score(_ world: @autoclosure @Sendable () -> ScenarioWorld) async throws -> ScenarioScore {
        let world = world()
        return ScenarioScore(seed: world.seed, runs: try await ScenarioRun.all(of: world))
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

    /// Of all attacks of a variant.
    func recall(_ variant: Variant) -> Recall {
        AttackKind.allCases.reduce(into: Recall()) { $0 += recall($1, variant) }
    }

    /// The limits that do not hold, in words.
    var violations: [String] {
        let missed = Variant.allCases.compactMap { variant -> String? in
            let recall = recall(variant)
            guard recall.share < Self.recallLimit(variant) else { return nil }
            return "seed \(seed): \(recall.text) \(variant.rawValue) attacks found"
        }
        let loud = runs.compactMap { run -> String? in
            guard run.noiseShare > Self.noiseLimit else { return nil }
            return "seed \(seed): \(tenths(run.noiseShare)) findings per 10,000 benign events, \(run.name)"
        }
        return missed + loud
    }
}

extension ScenarioRun {
    /// Findings of medium or more that tell of no attack, in 10,000 benign events.
    var noiseShare: Double { Double(noise.count) * 10_000 / Double(max(1, benignCount)) }

    var name: String { variant.map { "with \($0.rawValue) attacks" } ?? "benign alone" }
}

/// A number with one digit after the point.
func tenths(_ number: Double) -> String {
    let tenths = Int((number * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
}
