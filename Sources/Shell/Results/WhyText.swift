import Detection
import Diagnostics
import JSON
import Tables

/// Where a finding or an incident came from, for people: what, why, by which rule, with which score, from which events.
struct WhyText {
    let record: JSONValue
    let screen: Screen

    /// Events that are shown of one finding, and of each finding of an incident.
    private static let eventLimit = 20
    private static let eventLimitInIncident = 3
    /// Lines of a rule's query after the first.
    private static let queryLineLimit = 60

    init(_ record: JSONValue, screen: Screen) {
        self.record = record
        self.screen = screen
    }

    var lines: [String] {
        if record["incident"]?.members != nil { return incident }
        if record["hunt"]?.members != nil { return hunt }
        return record["finding"] == nil ? RecordText(record, screen: screen).lines
            : finding(record, isAlone: true)
    }

    // MARK: Findings

    func finding(_ entry: JSONValue, isAlone: Bool) -> [String] {
        let finding = entry["finding"] ?? .null, metadata = finding["metadata"] ?? .null
        var lines = head([
            metadata["severity"]?.string ?? "", "finding \(text(finding, "id").prefix(8))",
            metadata["title"]?.string ?? text(finding, "finding_type"),
        ])
        lines += labelled("what", text(finding, "description"))
        lines += labelled("because", (metadata["why"]?.strings ?? []).joined(separator: " "))
        lines += labelled("rule", rule(entry["rule"] ?? .null, finding))
        if isAlone { lines += query(entry["rule"]?["query"]?.string ?? "") }
        lines += score(entry)
        lines += labelled("also", (metadata["also"]?.array ?? []).compactMap { $0["title"]?.string }.joined(separator: "; "))
        lines += labelled("suppressed", suppression(metadata["suppressed"]))
        lines += verdicts(finding)
        if isAlone { lines += labelled("figures", figures(metadata)) }
        let limit = isAlone ? Self.eventLimit : Self.eventLimitInIncident
        let cited = citedRows(finding, limit: limit), shown = entry["events"]?.array ?? []
        // A finding without one event of Okta rests on the rows alone.
        let isOfRows = shown.isEmpty && !cited.isEmpty && finding["okta_event_ids"]?.array?.isEmpty != false
        return lines + (isOfRows ? [] : events(shown, of: finding, limit: limit)) + cited
    }

    private func rule(_ rule: JSONValue, _ finding: JSONValue) -> String {
        let settings = (rule["settings"]?.members ?? []).filter { $0.value.array?.isEmpty != true }
            .map { "\($0.key) \(plain($0.value))" }
        let place = rule["place"]?.string.map { " (\($0))" } ?? ""
        let attack = finding["metadata"]?["attack"]?.strings ?? []
        return ["\(text(rule, "kind")) \(text(finding, "finding_type"))\(place), version \(text(rule, "version"))"]
            .appending(attack.isEmpty ? nil : "ATT&CK \(text(rule, "attack_version")): \(attack.joined(separator: ", "))")
            .appending(settings.isEmpty ? nil : "settings: " + settings.joined(separator: ", ")).joined(separator: "; ")
    }

    /// The query of a rule, line by line.
    func query(_ text: String) -> [String] {
        let lines = text.split(separator: "\n").filter { !$0.allSatisfy(\.isWhitespace) }
        return labelled("query", lines.first.map { String($0).visible } ?? "")
            + lines.dropFirst().prefix(Self.queryLineLimit).map { screen.paint("               " + String($0).visible, .dim) }
            + (lines.count > Self.queryLineLimit + 1 ? ["               …"] : [])
    }

    private func score(_ entry: JSONValue) -> [String] {
        guard let score = entry["score"], !score.isNull else { return labelled("score", "none yet (`score`)") }
        let number = { (key: String) in score[key]?.double.map(twoDecimals) ?? "–" }
        let threshold = entry["threshold"]?.double.map(twoDecimals) ?? "–"
        let promoted = entry["promoted"]?.bool == true
            ? "promoted" + (entry["incident"]?.string.map { " to incident \($0.prefix(8))" } ?? "")
            : "not promoted (threshold \(threshold))"
        let terms = (entry["terms"]?.array ?? []).enumerated().map { index, term in
            "\(change(term, isFirst: index == 0)) \(term["words"]?.string ?? "")"
        }
        return labelled("score", "\(number("score")) \(text(score, "severity")) = likelihood \(number("likelihood")) × impact "
            + "\(number("impact")), by \(text(score, "source")); \(promoted)")
            + terms.flatMap { wrap($0, width: screen.width, indent: 15) }.map { screen.paint($0, .dim) }
    }

    private func change(_ term: JSONValue, isFirst: Bool) -> String {
        let parts = ["likelihood", "impact"].compactMap { key in term[key]?.double.map { (key, $0) } }
        if isFirst { return parts.map { twoDecimals($0.1) }.joined(separator: " × ") + ":" }
        return parts.filter { $0.1 != 0 }.map { ($0.1 < 0 ? "−" : "+") + twoDecimals(abs($0.1)) + " " + $0.0 }
            .joined(separator: ", ") + ":"
    }

    private func suppression(_ suppression: JSONValue?) -> String {
        guard let suppression, !suppression.isNull else { return "" }
        return "by \(text(suppression, "owner")) to \(suppression["expires"]?.string ?? "ever"): \(text(suppression, "reason"))"
    }

    /// What the finding's rule measured, besides what stands elsewhere.
    private func figures(_ metadata: JSONValue) -> String {
        let shown: Set<String> = [
            "rule_id", "title", "severity", "attack", "attack_version", "why", "also", "suppressed", "rule", "level", "actor",
            "first_seen", "last_seen", "cited", "rows", "indicators",
        ]
        return (metadata.members ?? []).filter { !shown.contains($0.key) && !$0.value.isNull && $0.value.array?.isEmpty != true }
            .map { "\($0.key) \(plain($0.value))" }.joined(separator: " · ")
    }

    private func plain(_ value: JSONValue) -> String {
        if let number = value.double, let whole = Int(exactly: number) { return "\(whole)" }
        return value.string ?? value.array.map { values in
            values.prefix(4).map { $0.string ?? $0.text }.joined(separator: ", ") + (values.count > 4 ? ", …" : "")
        } ?? value.text
    }

    // MARK: Events

    private func events(_ events: [JSONValue], of finding: JSONValue, limit: Int) -> [String] {
        let count = (finding["okta_event_ids"]?.array?.count ?? 0) + Int(finding["metadata"]?["more_events"]?.integer ?? 0)
        let times = ListedTimes(events.compactMap { $0["published"]?.string.flatMap { Timestamp($0) } })
        let table = TextTable(
            columns: [
                .init("when (UTC)"), .init("event", canShrink: true), .init("outcome", priority: 2),
                .init("actor", priority: 2, canShrink: true), .init("address", priority: 3),
                .init("place", priority: 4, canShrink: true), .init("id", priority: 5, canShrink: true),
            ],
            rows: events.prefix(limit).map { event in
                let place = ["city", "country"].compactMap { event[$0]?.string }.joined(separator: ", ")
                return [
                    .init(times.text(event["published"]?.string.flatMap { Timestamp($0) })), .init(text(event, "eventType")),
                    .init(text(event, "outcome"), .outcome(event["outcome"]?.string)), .init(text(event, "actor"), .bold),
                    .init(text(event, "ipAddress")), .init(place), .init(text(event, "id"), .dim),
                ]
            })
        let more = count > limit ? ["  and \(count - min(limit, events.count)) more events (`--format json`, `timeline`)"] : []
        return labelled("events", counted(count, "event")) + (events.isEmpty ? [] : render(table, on: screen)) + more
    }
}

extension [String] {
    fileprivate func appending(_ text: String?) -> [String] { text.map { self + [$0] } ?? self }
}
