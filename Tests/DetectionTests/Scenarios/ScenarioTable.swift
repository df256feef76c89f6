import Detection

/// The scores of seeds as Markdown, as `Benchmarks/scenarios.md` has them.
struct ScenarioTable {
    let scores: [ScenarioScore]

    var markdown: String { [recall, noise, noisyTypes].joined(separator: "\n\n") }

    private func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }

    private func table(_ head: [String], _ rows: [[String]]) -> String {
        ([row(head), row(head.map { _ in "---" })] + rows.map(row)).joined(separator: "\n")
    }

    private var recall: String {
        let head =
            ["attack"] + scores.flatMap { score in Variant.allCases.map { "\($0.rawValue), seed \(score.seed)" } }
        let kinds = AttackKind.allCases.map { kind in
            [kind.rawValue] + scores.flatMap { score in Variant.allCases.map { score.recall(kind, $0).text } }
        }
        let sums =
            ["**all**"]
            + scores.flatMap { score in
                Variant.allCases.map { variant in
                    let recall = score.recall(variant)
                    return "**\(recall.text) = \(recall.percent) %**"
                }
            }
        return table(head, kinds + [sums])
    }

    private var noise: String {
        table(
            ["seed", "log", "benign events", "findings ≥ medium", "of no attack", "per 10,000", "precision"],
            scores.flatMap { score in
                score.runs.map { run in
                    let precision = run.alarms == 0 ? "–" : "\((run.alarms - run.noise.count) * 100 / run.alarms) %"
                    return [
                        "\(score.seed)", run.name, "\(run.benignCount)", "\(run.alarms)", "\(run.noise.count)",
                        tenths(run.noiseShare), run.attacks.isEmpty ? "–" : precision,
                    ]
                }
            })
    }

    /// Whose findings the noise is.
    private var noisyTypes: String {
        var counts: [String: [Int]] = [:]
        for (place, score) in scores.enumerated() {
            for finding in score.run(nil)?.noise ?? [] {
                counts[finding.findingType, default: scores.map { _ in 0 }][place] += 1
            }
        }
        return table(
            ["detector or rule"] + scores.map { "findings ≥ medium in benign events alone, seed \($0.seed)" },
            counts.sorted { $0.key < $1.key }.map { name, counts in [name] + counts.map { "\($0)" } })
    }
}
