internal import Detection
internal import Events
internal import JSON
internal import Tables

/// Answers about what was found and decided: why, how bad, what next, in short.
extension RuleAnswers {
    // MARK: Why

    mutating func writeWhy() {
        let findings = findings
        guard !findings.isEmpty else {
            if file.findings.isEmpty {
                return text.say("There are no findings yet, so nothing was flagged or promoted. Run: detect")
            }
            return text.say(
                "No finding\(limits("about")): none of the detectors objected.", citing: Array(rows.prefix(3)))
        }
        for finding in findings.prefix(5) { explain(finding) }
        if findings.count > 5 { text.say("And \(findings.count - 5) more findings: show findings") }
    }

    private mutating func explain(_ finding: DetectionFinding) {
        let rows = file.rows(of: finding)
        text.say("\(finding.actorName) was flagged for \(finding.title.lowercasedFirst): \(evidence(finding))", citing: rows)
        guard let score = file.score(of: finding.id) else {
            return text.say("It has no score yet, so nothing was promoted. Run: score")
        }
        text.say(verdict(finding, score))
    }

    /// What the detector saw, from its own figures.
    private func evidence(_ finding: DetectionFinding) -> String {
        let rows = file.rows(of: finding)
        let addresses = Tally(.addresses, of: rows, in: events).ranked.map(\.value)
        let from = addresses.isEmpty ? "" : ", from \(listed(addresses, limit: 4))"
        switch finding.findingType {
        case "impossible_travel":
            guard let first = rows.first, let last = rows.last else { return finding.description }
            let minutes = (finding.metadata["time_delta_seconds"]?.integer ?? 0) / 60
            return "\(place(first)) at \(text.span([first])), then \(place(last)) at \(text.span([last])), "
                + "\(minutes) min apart\(from)."
        case "failed_login_burst":
            return "\(rows.count) failed logins, \(text.span(rows))\(from)."
        default: return finding.description
        }
    }

    private func place(_ row: Int) -> String {
        let event = events[row]
        return [event.city, event.country].compactMap { $0 }.joined(separator: " ")
    }

    private func verdict(_ finding: DetectionFinding, _ score: RiskScore) -> String {
        let figures = "score \(RiskJudgement.twoDecimals(score.score)), \(score.severity.rawValue) (likelihood "
            + "\(RiskJudgement.twoDecimals(score.likelihood)) × impact \(RiskJudgement.twoDecimals(score.impact)))"
        let threshold = RiskJudgement.twoDecimals(file.promoteThreshold)
        let reason = score.rationale.hasSuffix(".") ? score.rationale : score.rationale + "."
        if let suppression = finding.suppression {
            let until = suppression["expires"]?.string.map { "until \($0)" } ?? "without an end"
            return "Not promoted: suppressed by \(suppression["owner"]?.string ?? "somebody") \(until), because: "
                + "\(suppression["reason"]?.string ?? "–"). Without that: \(figures)."
        }
        if score.isPromoted(threshold: file.promoteThreshold) {
            let isReached = score.score >= file.promoteThreshold
            let why = isReached ? "at or above the threshold of \(threshold)" : "and \(score.severity.rawValue) is enough"
            return "Promoted: \(figures), \(why). \(reason)"
        }
        return "Not promoted: \(figures), below the threshold of \(threshold). \(reason)\(change(finding))"
    }

    /// What would have changed the outcome.
    private func change(_ finding: DetectionFinding) -> String {
        finding.findingType == "failed_login_burst"
            ? " A success within the hour after the failures would make it high." : ""
    }

    // MARK: How bad

    mutating func writeSeverity() {
        let findings = findings
        guard !findings.isEmpty else { return sayNoFindings() }
        let scoreOf = Dictionary(file.scores.map { ($0.findingID, $0) }) { _, last in last }
        let scored = findings.compactMap { finding in scoreOf[finding.id].map { (finding, $0) } }
        guard !scored.isEmpty else {
            for finding in findings.prefix(5) {
                let severity = finding.severity.rawValue
                text.say("\(severity) by its rule: \(finding.description)", citing: file.rows(of: finding), limit: 5)
            }
            return text.say("Not scored yet. Run: score")
        }
        for (finding, score) in scored.sorted(by: { $0.1.score > $1.1.score }).prefix(5) {
            let figure = "\(score.severity.rawValue) \(RiskJudgement.twoDecimals(score.score))"
            text.say(
                "\(figure): \(finding.description) \(score.rationale)", citing: file.rows(of: finding), limit: 5)
        }
        if scored.count > 5 { text.say("And \(scored.count - 5) more: show findings") }
    }

    // MARK: Findings and incidents

    mutating func writeFindings() {
        let findings = findings
        guard !findings.isEmpty else { return sayNoFindings() }
        text.say("\(Noun.findings.counted(findings.count))\(limits("about")):")
        for finding in findings.prefix(AnswerText.citationLimit) {
            let score = file.score(of: finding.id)
            let promoted = file.incidents(holding: finding.id).isEmpty ? "" : ", in an incident"
            let severity = (score?.severity ?? finding.severity).rawValue
            let figure = score.map { " " + RiskJudgement.twoDecimals($0.score) } ?? ""
            text.say("\(severity)\(figure)\(promoted): \(finding.description)", citing: file.rows(of: finding), limit: 5)
        }
        if findings.count > AnswerText.citationLimit {
            text.say("And \(findings.count - AnswerText.citationLimit) more: show findings")
        }
    }

    private mutating func sayNoFindings() {
        if file.findings.isEmpty {
            text.say("There are no findings. If the detectors have not run yet: detect")
        } else {
            text.say("No finding\(limits("about")); there are \(file.findings.count) about others.")
        }
    }

    mutating func writeIncidents() {
        guard !file.incidents.isEmpty else {
            return text.say("There are no incidents: no finding was promoted, or none was scored yet (score).")
        }
        text.say("\(Noun.incidents.counted(file.incidents.count)):")
        for incident in file.incidents.prefix(5) {
            text.say(
                "\(incident.severity.rawValue) \(RiskJudgement.twoDecimals(incident.riskScore)), \(incident.status.rawValue): "
                    + "\(incident.title) (\(incident.id.prefix(8)))", citing: file.rows(of: incident), limit: 5)
        }
        if file.incidents.count > 5 { text.say("And \(file.incidents.count - 5) more: show incidents") }
    }

    // MARK: What next

    mutating func writeNext() {
        if file.findings.isEmpty { return text.say("Look through the events first: detect") }
        if file.scores.isEmpty { return text.say("The findings have no scores yet: score") }
        let own = Set(findings.map(\.id))
        let open = file.incidents.filter { $0.status != .closed && !own.isDisjoint(with: $0.findingIDs) }
        guard let incident = open.max(by: { $0.riskScore < $1.riskScore }) else {
            text.say("No incident is open\(limits("about")), so nothing needs a response now. What was found:")
            return writeFindings()
        }
        let figure = "\(incident.severity.rawValue) \(RiskJudgement.twoDecimals(incident.riskScore))"
        text.say("\(incident.title) (\(figure)) comes first.", citing: file.rows(of: incident))
        guard let plan = file.plans.last(where: { $0.incidentID == incident.id }) else {
            return text.say("It has no plan yet. Run: plan \(incident.id.prefix(8))")
        }
        text.say(plan.overallGoal)
        for (number, step) in plan.steps.enumerated() {
            let approval = step.requiresHumanApproval ? " (needs approval)" : ""
            text.say("\(number + 1). \(step.stepID)\(approval): \(step.description)")
        }
        text.say("The commands for these steps: commands \(incident.id.prefix(8))")
    }

    // MARK: In short

    mutating func writeSummary() {
        guard !rows.isEmpty else { return sayNothingMatches() }
        let actors = Tally(.actors, of: rows, in: events).ranked
        let outcomes = Tally(.outcomes, of: rows, in: events).ranked
        let results = outcomes.isEmpty ? "no outcomes recorded" : ranking(outcomes)
        text.say("\(subject(rows.count)), \(text.span(rows)); \(results).", citing: ends)
        if actors.count > 1 { text.say("Actors: \(ranking(actors)).") }
        let places = Tally(.countries, of: rows, in: events).ranked
        let addresses = Tally(.addresses, of: rows, in: events).ranked
        let facets = [("Countries", places), ("Addresses", addresses)].filter { !$0.1.isEmpty }
        if !facets.isEmpty { text.say(facets.map { "\($0.0): \(ranking($0.1))." }.joined(separator: " ")) }
        if file.findings.isEmpty { return text.say("No findings so far. To look for some: detect") }
        writeFindings()
    }

    /// All rows where they are few, else the first and the last.
    private var ends: [Int] { rows.count <= AnswerText.citationLimit ? rows : [rows[0], rows[rows.count - 1]] }
}

extension String {
    fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
