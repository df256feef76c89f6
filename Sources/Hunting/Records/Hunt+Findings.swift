public import Detection
internal import Diagnostics
internal import Digests
internal import JSON
internal import Pipeline
internal import Tables

extension Hunt {
    /// The findings as the session's other findings are: of the type `hunt`, so that they are scored, planned and shown
    /// like them.
    ///
    /// The severity follows the confidence. Okta's events are named where the rows have their ids; other rows stand in
    /// `metadata` as `cited`, ``CitedRow``s in time order, ``CitedRow/limit`` of them at most. `metadata` has besides
    /// `hunt`, the hunt's id, `recommendation`, `confidence`, `indicators` and the places of all `rows`.
    ///
    /// - Parameter rows: Those that the hunt gave.
    public func detectionFindings(_ rows: HuntRows) -> [DetectionFinding] {
        findings.compactMap { finding in try? DetectionFinding(json: record(of: finding, rows)) }
    }

    private func record(of finding: HuntFinding, _ rows: HuntRows) -> JSONValue {
        let cited = finding.rows.filter { rows.rows.indices.contains($0) }
        let events = cited.map { oktaID($0, rows) }.filter { !$0.isEmpty }
        let users = finding.indicators.filter { $0.kind == .user }.map(\.value)
        let hosts = finding.indicators.filter { $0.kind == .host }.map(\.value)
        let first = cited.first.map { rows.text($0, firstOf: ["uuid", "TimeGenerated", "Timestamp"]) } ?? ""
        return [
            "id": .string(NameUUID.of(["finding", "hunt", id, finding.title, first])), "finding_type": "hunt",
            "description": .string("\(finding.title). \(finding.description)"),
            "okta_event_ids": JSONValue(Self.unique(events)),
            "user_id": .string(actor(cited, rows) ?? users.first ?? hosts.first ?? ""),
            "created_at": JSONValue(last(cited, rows)?.description),
            "metadata": metadata(of: finding, citedRows(cited, rows)),
        ]
    }

    private func oktaID(_ row: Int, _ rows: HuntRows) -> String {
        rows.text(row, firstOf: ["uuid", "EventOriginalUid", "uuid_g"])
    }

    /// The rows that are no events of Okta.
    private func citedRows(_ cited: [Int], _ rows: HuntRows) -> [CitedRow] {
        let table = tables.joined(separator: ", ")
        let others = cited.filter { oktaID($0, rows).isEmpty }.prefix(CitedRow.limit)
        return others.compactMap { CitedRow($0, of: rows, table: table) }
            .sorted { ($0.time?.ticks ?? .min, $0.row) < ($1.time?.ticks ?? .min, $1.row) }
    }

    private func metadata(of finding: HuntFinding, _ cited: [CitedRow]) -> JSONValue {
        [
            "rule_id": "hunt", "title": .string(finding.title), "severity": .string(finding.severity.rawValue),
            "attack": JSONValue(finding.attack), "attack_version": .string(AttackTechnique.version),
            "hunt": .string(id),
            "question": .string(question), "confidence": .string(finding.confidence.rawValue),
            "recommendation": .string(finding.recommendation.rawValue),
            "indicators": .array(finding.indicators.prefix(100).map(\.json)),
            "rows": .array(finding.rows.map { .integer(Int64($0)) }), "cited": .array(cited.map(\.json)),
            "source": .string(source.description),
        ]
    }

    /// Okta's id of the actor, where the rows have it.
    private func actor(_ cited: [Int], _ rows: HuntRows) -> String? {
        cited.lazy.map { rows.text($0, firstOf: ["actor_id", "actor_alternateId"]) }.first { !$0.isEmpty }
    }

    private func last(_ cited: [Int], _ rows: HuntRows) -> Timestamp? {
        cited.compactMap { rows.time($0) }.max() ?? until
    }

    private static func unique(_ texts: [String]) -> [String] {
        texts.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}
