internal import Diagnostics
internal import JSON

/// Keeps of a model's findings what its rows bear out: rows that it was shown, techniques that exist, indicators that
/// stand in the rows, and no addresses, hashes or times of its own.
struct HuntReplyCheck {
    let rows: HuntRows
    /// The rows that the model was shown.
    let shown: Set<Int>

    private static let textLimit = 600

    func findings(_ reply: [JSONValue]) -> (findings: [HuntFinding], notes: [String]) {
        var findings: [HuntFinding] = [], notes: [String] = []
        for json in reply {
            let checked = finding(json)
            if let finding = checked.finding { findings.append(finding) }
            notes += checked.notes
        }
        return (findings, notes)
    }

    private func finding(_ json: JSONValue) -> (finding: HuntFinding?, notes: [String]) {
        guard let title = json["title"]?.string?.visible(limit: 150), !title.isEmpty else {
            return (nil, ["a finding of the model without a title was left out"])
        }
        let cited = (json["rows"]?.array ?? []).compactMap { $0.integer.flatMap { Int(exactly: $0) } }
        // Each once, and bounded before anything is made of them: a reply may name one row a million times.
        let known = Array(Set(cited).filter(shown.contains).sorted().prefix(RuleHuntAnalyst.citedRows))
        guard !known.isEmpty else {
            return (nil, ["`\(title)` was left out: it cites no row that the model was shown"])
        }
        var notes = !cited.allSatisfy(shown.contains) ? ["`\(title)`: cited rows that were not shown were left out"] : []
        let named = json["attack"]?.strings ?? [], techniques = named.map { $0.uppercased() }
        let unknown = techniques.filter { AttackTechnique.name(of: $0) == nil }
        if !unknown.isEmpty {
            notes.append(
                "`\(title)`: no techniques of ATT&CK: \(unknown.map { $0.visible(limit: 20) }.joined(separator: ", "))")
        }
        let text = json["description"]?.string?.visible(limit: Self.textLimit) ?? ""
        let foreign = foreignValues(in: title + " " + text, known)
        if !foreign.isEmpty { notes.append("`\(title)`: not in its rows: \(foreign.joined(separator: ", "))") }
        let confidence =
            json["confidence"]?.string.flatMap { HuntFinding.Confidence(rawValue: $0.lowercased()) } ?? .low
        let finding = HuntFinding(
            title: title,
            description: text + (foreign.isEmpty ? "" : " (not in its rows: \(foreign.joined(separator: ", ")))"),
            confidence: foreign.isEmpty ? confidence : .low, attack: techniques,
            rows: known,
            indicators: indicators(json["indicators"]?.strings ?? [], known),
            recommendation: json["recommendation"]?.string.flatMap(HuntFinding.Recommendation.init) ?? .monitor)
        return (finding, notes)
    }

    /// The rows' own indicators; those that the model names come first, and those of its own making are gone.
    private func indicators(_ named: [String], _ cited: [Int]) -> [Indicator] {
        let own = IndicatorReader.read(rows, cited)
        let names = Set(named.prefix(200).map { EntityForms.refanged($0).lowercased() })
        return own.filter { names.contains($0.value.lowercased()) }
            + own.filter { !names.contains($0.value.lowercased()) }
    }

    /// Addresses, hashes and times of a text that its rows do not have.
    private func foreignValues(in text: String, _ cited: [Int]) -> [String] {
        let texts = cited.flatMap { row in rows.rows[row].map(\.plainText) }.joined(separator: "\n").lowercased()
        let column = HuntRows(columns: [("text", "string")], rows: [[.string(text)]])
        let values = IndicatorReader.read(column, [0]).filter { $0.kind != .domain && $0.kind != .url }.map(\.value)
        let times = text.matches(of: #/[0-9]{2}:[0-9]{2}:[0-9]{2}/#).map { String($0.0) }
        return (values + times).filter { !texts.contains($0.lowercased()) }.reduce(into: []) {
            if !$0.contains($1) { $0.append($1) }
        }
    }
}
