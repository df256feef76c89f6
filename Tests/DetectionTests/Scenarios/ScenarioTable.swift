import Detection

/// The scores of seeds as Markdown, as `Benchmarks/scenarios.md` has them.
struct ScenarioTable {
    let scores: [ScenarioScore]
    let outstanding: Set<Outstanding>

    var markdown: String { [recall, noise, noisyDetectors].joined(separator: "\n\n") }

    private func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }

    private func table(_ head: [String], _ rows: [[String]]) -> String {
        ([row(head), row(head.map { _ in "---" })] + rows.map(row)).joined(separator: "\n")
    }

    private var recall: String {
        let head =
            ["attack"] + scores.flatMap { score in Variant.allCases.map { "\($0.rawValue), seed \(score.seed)" } }
        let kinds = AttackKind.allCases.map { kind in
            [name(kind)] + scores.flatMap { score in Variant.allCases.map { cell(kind, $0, score) } }
        }
        let sums =
            ["**judged**"]
            + scores.flatMap { score in
                Variant.allCases.map { variant in
                    let recall = score.recall(variant, without: outstanding)
                    return "**\(recall.text) = \(recall.percent) %**"
                }
            }
        return table(head, kinds + [sums])
    }

    private func name(_ kind: AttackKind) -> String {
        kind.rawValue + (outstanding.contains(.noDetector(kind.detector)) ? ": no detector" : "")
    }

    /// In parentheses where it is not judged.
    private func cell(_ kind: AttackKind, _ variant: Variant, _ score: ScenarioScore) -> String {
        let text = score.recall(kind, variant).text
        let isOutstanding =
            outstanding.contains(.noDetector(kind.detector))
            || outstanding.contains(.recall(kind.detector, variant))
        return isOutstanding ? "(\(text))" : text
    }

    private var noise: String {
        table(
            ["seed", "log", "benign events", "findings ≥ medium", "of no attack", "per 10,000", "judged", "precision"],
            scores.flatMap { score in
                score.runs.map { run in
                    let all = score.noise(run, without: []), judged = score.noise(run, without: outstanding)
                    let precision = run.alarms == 0 ? "–" : "\((run.alarms - run.noise.count) * 100 / run.alarms) %"
                    return [
                        "\(score.seed)", run.name, "\(run.benignCount)", "\(run.alarms)", "\(run.noise.count)",
                        tenths(all),
                        tenths(judged), run.attacks.isEmpty ? "–" : precision,
                    ]
                }
            })
    }

    /// Whose findings the noise is.
    private var noisyDetectors: String {
        var counts: [String: [Int]] = [:]
        for (place, score) in scores.enumerated() {
            for finding in score.run(nil)?.noise ?? [] {
                counts[finding.findingType, default: scores.map { _ in 0 }][place] += 1
            }
        }
        return table(
            ["detector"] + scores.map { "findings ≥ medium in benign events alone, seed \($0.seed)" },
            counts.sorted { $0.key < $1.key }.map { name, counts in [name] + counts.map { "\($0)" } })
    }
}
