import Detection
import Diagnostics
import JSON

// An incident: what it is, whom it concerns, its chain, and each of its findings in short.
extension WhyText {
    var incident: [String] {
        let incident = record["incident"] ?? .null, findings = record["findings"]?.array ?? []
        let score = incident["risk_score"]?.double.map(twoDecimals) ?? "–"
        var lines = head([text(incident, "severity"), "incident \(text(incident, "id").prefix(8))", text(incident, "title")])
        lines += labelled("state", "\(text(incident, "status")), score \(score); \(span(incident, "first_seen", "last_seen"))")
        lines += labelled("people", list(incident["metadata"]?["actor_names"] ?? incident["actors"]))
        lines += labelled("addresses", list(incident["ips"]))
        lines += labelled("ATT&CK", list(incident["attack"]))
        lines += verdicts(incident)
        lines += ["", "  " + screen.paint("the chain of \(counted(findings.count, "finding"))", .bold)] + render(chain(findings), on: screen)
        for entry in findings.prefix(8) { lines += [""] + finding(entry, isAlone: false) }
        if findings.count > 8 { lines += ["", "  and \(findings.count - 8) more findings: `why` and the id of one"] }
        return lines
    }

    private func chain(_ findings: [JSONValue]) -> TextTable {
        let ordered = findings.sorted { begin($0) < begin($1) }
        return TextTable(
            columns: [.init("when (UTC)"), .init("severity"), .init("finding", priority: 2), .init("part", priority: 3), .init("what", priority: 4)],
            rows: ordered.map { entry in
                let finding = entry["finding"] ?? .null, severity = finding["metadata"]?["severity"]?.string ?? ""
                return [
                    .init(span(finding["metadata"] ?? .null, "first_seen", "last_seen")), .init(severity, .severity(severity)),
                    .init(text(finding, "finding_type")), .init(entry["promoted"]?.bool == true ? "promoted" : "context", .dim),
                    .init(text(finding, "description")),
                ]
            })
    }

    private func begin(_ entry: JSONValue) -> String {
        entry["finding"]?["metadata"]?["first_seen"]?.string ?? entry["finding"]?["created_at"]?.string ?? ""
    }
}
