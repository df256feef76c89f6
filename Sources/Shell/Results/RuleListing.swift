import Detection
import Investigation
import Pipeline

/// What makes findings, as `show rules` lists it.
struct RuleListing {
    let entries: [RuleEntry]
    let screen: Screen

    var lines: [String] {
        let table = TextTable(
            columns: [
                .init("#", alignment: .right), .init("rule"), .init("severity", priority: 2), .init("about"),
            ],
            rows: entries.enumerated().map { index, entry in
                [
                    .init("\(index + 1)", .dim),
                    .init(entry.status == nil ? entry.id : "\(entry.id.prefix(8))", .accent),
                    .init(entry.level, .severity(entry.level)), .init(about(entry)),
                ]
            })
        let note = "found: in this session; true, false, benign: verdicts of all sessions in the data folder, one on an "
            + "incident counting for its promoted findings; written, created, updated, saved, cancelled: what became "
            + "of a rule that was written"
        return render(table, on: screen) + wrap(note, width: screen.width, indent: 2).map { screen.paint($0, .dim) }
    }

    /// `2 found, 1 true, 1 suppressing`; nothing where nothing was.
    private func record(of entry: RuleEntry) -> String {
        let words: [Verdict.Kind: String] = [.truePositive: "true", .falsePositive: "false", .benign: "benign"]
        let said = Verdict.Kind.allCases.map { (entry.verdicts[$0] ?? 0, words[$0] ?? $0.rawValue) }
        let counts = [(entry.findings, "found")] + said + [(entry.suppressions, "suppressing")]
        return counts.filter { $0.0 > 0 }.map { "\($0.0.grouped) \($0.1)" }.joined(separator: ", ")
    }

    private func about(_ entry: RuleEntry) -> String {
        if let status = entry.status {
            let subject = entry.subject.map { "of \($0.prefix(8))" } ?? ""
            return [status, entry.title, subject, entry.attack.joined(separator: " ")].filter { !$0.isEmpty }
                .joined(separator: " · ")
        }
        let kind = entry.kind == .detector ? "" : entry.kind.rawValue
        let parts = [record(of: entry), entry.title, kind, entry.attack.joined(separator: " ")]
        return parts.filter { !$0.isEmpty }.joined(separator: " · ")
    }
}
