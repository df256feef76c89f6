internal import Detection
internal import JSON
internal import Pipeline
internal import Tables

/// What happened in a session, in a few sentences that code makes of its records.
struct ReportSummary {
    let report: SessionReport

    init(_ report: SessionReport) { self.report = report }

    var sentences: [String] {
        guard report.reading.events > 0 || !report.state.findings.isEmpty || !report.hunts.isEmpty else {
            return ["Nothing was read in this session, so there is nothing to report."]
        }
        return [events, findings, incidents, worst, done, people].compactMap { $0 }
    }

    private var events: String? {
        let reading = report.reading
        guard reading.events > 0 else { return nil }
        let files = reading.inputs.filter { $0.use == .events }.count
        let from = files > 0 ? " from \(Self.count(files, "file"))" : ""
        let span = Self.span(reading.first, reading.last).map { ", \($0)" }
        return "\(Self.count(reading.events, "event")) of \(Self.count(reading.actors, "actor")) "
            + (reading.events == 1 ? "was" : "were") + " read\(from)\(span ?? "")."
    }

    private var findings: String? {
        guard report.reading.isDetected || !report.state.findings.isEmpty else { return nil }
        let all = report.state.findings
        guard !all.isEmpty else { return "Detectors and rules found nothing." }
        let scores = Dictionary(report.state.scores.map { ($0.findingID, $0.severity) }) { _, last in last }
        let severities = all.map { scores[$0.id] ?? $0.severity }
        let hidden = all.count(where: \.isSuppressed)
        let source = report.reading.events > 0 ? "came of them" : "came of hunts"
        return "\(Self.count(all.count, "finding")) \(source) (\(Self.tally(severities)))"
            + (hidden > 0 ? ", \(Self.grouped(hidden)) suppressed." : ".")
    }

    private var incidents: String? {
        let all = report.incidents.map(\.incident)
        guard !all.isEmpty else {
            return report.state.findings.isEmpty ? nil : "No finding became an incident."
        }
        let statuses = SecurityIncident.Status.allCases.compactMap { status -> String? in
            let count = all.count { $0.status == status }
            return count > 0 ? "\(Self.grouped(count)) \(status.rawValue)" : nil
        }
        return "\(Self.count(all.count, "incident")) \(all.count == 1 ? "was" : "were") made of findings "
            + "(\(Self.tally(all.map(\.severity)))): \(statuses.joined(separator: ", "))."
    }

    private var worst: String? {
        guard let incident = report.incidents.first?.incident else { return nil }
        let span = Self.span(incident.firstSeen, incident.lastSeen).map { ", seen \($0)" }
        return "The worst is \u{201C}\(incident.title)\u{201D} (\(incident.severity.rawValue), "
            + "\(incident.status.rawValue))\(span ?? "")."
    }

    /// What the program made, and what people had it do.
    private var done: String? {
        let state = report.state
        let made = [
            state.plans.isEmpty ? nil : Self.count(state.plans.count, "response plan"),
            state.commands.isEmpty ? nil : Self.count(state.commands.count, "suggested command"),
            report.rules.isEmpty ? nil : Self.count(report.rules.count, "detection rule"),
            report.hunts.isEmpty ? nil : Self.count(report.hunts.count, "hunt"),
        ].compactMap { $0 }
        let sent = state.escalations.count(where: \.sent)
        let acts = report.actions.count { $0["status"]?.string?.lowercased() == "succeeded" }
        let sentences = [
            made.isEmpty ? nil : "It holds \(Self.list(made)).",
            sent > 0 ? "\(Self.count(sent, "notification")) \(sent == 1 ? "was" : "were") sent." : nil,
            acts > 0 ? "\(Self.count(acts, "action")) on hosts ended well." : nil,
        ].compactMap { $0 }
        return sentences.isEmpty ? nil : sentences.joined(separator: " ")
    }

    /// What people said.
    private var people: String? {
        let verdicts = report.state.verdicts
        guard !verdicts.isEmpty else { return nil }
        let kinds = Verdict.Kind.allCases.compactMap { kind -> String? in
            let count = verdicts.count { $0.verdict == kind }
            return count > 0 ? "\(count) \(kind.rawValue)" : nil
        }
        return "Verdicts of people: \(kinds.joined(separator: ", "))."
    }

    /// `1 event`, `60,000 events`.
    static func count(_ count: Int, _ noun: String) -> String {
        "\(grouped(count)) \(noun)\(count == 1 ? "" : "s")"
    }

    /// The digits in groups of three.
    static func grouped(_ count: Int) -> String {
        var digits = Substring(String(max(0, count))), groups: [Substring] = []
        while !digits.isEmpty {
            groups.insert(digits.suffix(3), at: 0)
            digits = digits.dropLast(3)
        }
        return groups.joined(separator: ",")
    }

    /// `a, b and c`.
    private static func list(_ items: [String]) -> String {
        items.count < 2 ? items.joined() : items.dropLast().joined(separator: ", ") + " and " + (items.last ?? "")
    }

    /// `2025-11-12 18:00:00Z – 20:05:00Z`.
    private static func span(_ first: Timestamp?, _ last: Timestamp?) -> String? {
        guard let first, let last else { return nil }
        if first == last { return first.spaced }
        return "\(first.spaced) – \(first.date == last.date ? last.timeOfDay : last.spaced)"
    }

    /// `1 high, 2 medium`.
    static func tally(_ severities: [Severity]) -> String {
        Severity.allCases.reversed().compactMap { severity in
            let count = severities.count { $0 == severity }
            return count > 0 ? "\(grouped(count)) \(severity.rawValue)" : nil
        }.joined(separator: ", ")
    }
}
