internal import Diagnostics

/// Alerts that another product raised, as findings: one for each title, with the techniques that it named.
struct AlertRows {
    let rows: HuntRows

    var findings: [HuntFinding] {
        guard rows.has("AlertId"), rows.has("Title") else { return [] }
        var groups: [(title: String, rows: [Int])] = []
        for row in 0..<rows.count where confidence(row) != nil {
            let title = rows.text(row, "Title")
            if let index = groups.firstIndex(where: { $0.title == title }) {
                groups[index].rows.append(row)
            } else if groups.count < 100 {
                groups.append((title, [row]))
            }
        }
        return groups.map(finding)
    }

    private func confidence(_ row: Int) -> HuntFinding.Confidence? {
        switch rows.text(row, "Severity").lowercased() {
        case "high": .high
        case "medium": .medium
        case "low": .low
        default: nil
        }
    }

    private func finding(_ group: (title: String, rows: [Int])) -> HuntFinding {
        let cited = Array(group.rows.prefix(RuleHuntAnalyst.citedRows))
        let worst = group.rows.compactMap(confidence).max { rank($0) < rank($1) } ?? .low
        let named = group.rows.flatMap { techniques(rows.text($0, "AttackTechniques")) }
        let attack = named.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        return HuntFinding(
            title: "Alert: \(group.title.visible(limit: 150))",
            description:
                "\(group.rows.count) row\(group.rows.count == 1 ? "" : "s") of the alert "
                + "\(group.title.visible(limit: 200)).",
            confidence: worst, attack: attack, rows: cited, indicators: IndicatorReader.read(rows, cited),
            recommendation: worst == .high ? .createIncident : .pivot)
    }

    private func rank(_ confidence: HuntFinding.Confidence) -> Int {
        HuntFinding.Confidence.allCases.firstIndex(of: confidence) ?? 0
    }

    /// `["Process Injection (T1055)"]` names T1055.
    private func techniques(_ text: String) -> [String] {
        text.prefix(4_000).matches(of: #/T[0-9]{4}(\.[0-9]{3})?/#).map { String($0.0) }
    }
}
