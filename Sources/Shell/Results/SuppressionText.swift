import Detection
import Diagnostics
import Investigation
import JSON
import Pipeline
import Tables

/// What `suppress` gave, for people.
struct SuppressionText {
    let outcome: SuppressionsOutcome
    let screen: Screen

    /// The ids of the rows of its table.
    static func ids(of outcome: SuppressionsOutcome) -> [String] {
        switch outcome {
        case .list(let suppressions, _): suppressions.map(\.id)
        case .added(_, let effect), .tested(_, let effect): effect.findings.map(\.id)
        case .removed(_, let shown): shown.map(\.id)
        }
    }

    var lines: [String] {
        switch outcome {
        case .list(let suppressions, let clock): listing(suppressions, clock)
        case .added(let suppression, let effect):
            say("suppressed \(Self.end(of: suppression)): \(suppression.scope.words)")
                + say(Self.about(suppression)) + lines(of: effect, verb: "hides")
        case .tested(let scope, let effect):
            say("tested: \(scope.words)") + lines(of: effect, verb: "would hide") + say("nothing was written")
        case .removed(let suppression, let shown):
            say("taken back: \(suppression.scope.words) · id \(suppression.id.prefix(8))") + table(shown, [], [])
                + say(shown.isEmpty ? "it hid nothing here" : "\(counted(shown.count, "finding")) counted again")
        }
    }

    private func say(_ text: String) -> [String] { wrap(text, width: screen.width, indent: 2) }

    private func shout(_ text: String) -> [String] { say(text).map { screen.paint($0, .error) } }

    private static func end(of suppression: Suppression) -> String {
        suppression.expires.map { "until \($0.spaced)" } ?? "for ever"
    }

    private static func about(_ suppression: Suppression) -> String {
        let parts = [suppression.reason, suppression.owner, suppression.ticket, "id \(suppression.id.prefix(8))"]
        return parts.compactMap { $0 }.joined(separator: " · ")
    }
}

// MARK: What it hides

extension SuppressionText {
    private func lines(of effect: SuppressionEffect, verb: String) -> [String] {
        let hidden = "it \(verb) \(effect.findings.count.grouped) of \(counted(effect.total, "finding"))"
        let lost = effect.lostIncidents.flatMap { say("no incident any more: \($0.id.prefix(8)) \($0.title)") }
        return table(effect.findings, effect.verdicts, effect.truePositives) + say(hidden) + lost + warning(effect, verb)
    }

    private func warning(_ effect: SuppressionEffect, _ verb: String) -> [String] {
        guard !effect.truePositives.isEmpty else { return [] }
        let count = counted(effect.truePositives.count, "finding")
        return shout("WARNING: it \(verb) \(count) judged a TRUE POSITIVE")
    }

    private func table(_ findings: [DetectionFinding], _ verdicts: [Verdict], _ attacks: [DetectionFinding]) -> [String] {
        guard !findings.isEmpty else { return [] }
        let attackIDs = Set(attacks.map(\.id)), said = Dictionary(grouping: verdicts, by: \.subject)
        var columns: [TextTable.Column] = [
            .init("#", alignment: .right), .init("severity"), .init("finding", priority: 2), .init("who", canShrink: true),
        ]
        if !verdicts.isEmpty || !attacks.isEmpty { columns.append(.init("verdict", priority: 2)) }
        let rows = findings.enumerated().map { index, finding -> [TextTable.Cell] in
            let words = (said[finding.id] ?? []).map(\.words).joined(separator: ", ")
            let isAttack = attackIDs.contains(finding.id)
            return [
                .init("\(index + 1)", .dim), .init(finding.severity.rawValue, .severity(finding.severity.rawValue)),
                .init(finding.findingType), .init(finding.metadata["actor"]?.string ?? finding.userID, .bold),
                isAttack ? .init("TRUE POSITIVE", .error) : .init(words),
            ]
        }
        return render(TextTable(columns: columns, rows: rows), on: screen)
    }
}

// MARK: The list

extension SuppressionText {
    private func listing(_ suppressions: [Suppression], _ clock: Timestamp) -> [String] {
        guard !suppressions.isEmpty else { return say("nothing is suppressed") }
        let table = TextTable(
            columns: [
                .init("#", alignment: .right), .init("id"), .init("covers", canShrink: true),
                .init("until (UTC)", priority: 2), .init("owner", priority: 2), .init("ticket", priority: 4), .init("why", priority: 3),
            ],
            rows: suppressions.enumerated().map { index, suppression in
                let isExpired = suppression.isExpired(at: clock)
                let end = suppression.expires.map { $0.date + (isExpired ? " run out" : "") } ?? "for ever"
                return [
                    .init("\(index + 1)", .dim), .init(String(suppression.id.prefix(8)), .dim),
                    .init(suppression.scope.words),
                    .init(end, isExpired || suppression.expires == nil ? .warning : .plain),
                    .init(suppression.owner, .bold), .init(suppression.ticket ?? "–"), .init(suppression.reason),
                ]
            })
        return render(table, on: screen)
    }
}
