internal import Detection
internal import Events
internal import JSON
internal import Tables

/// Answers about what was found and decided: how bad, what next, in short.
extension RuleAnswers {
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

    /// The findings, and what speaks for and against the worst of them.
    mutating func writeTrouble() {
        writeFindings()
        guard let worst = worstFirst(findings).first, let reasons = worst.reasons else { return }
        text.say("For and against \(worst.title.lowercasedFirst), \(worst.people): \(reasons)")
    }

    /// Findings by their score, then as they were.
    func worstFirst(_ findings: [DetectionFinding]) -> [DetectionFinding] {
        let scoreOf = Dictionary(file.scores.map { ($0.findingID, $0.score) }) { _, last in last }
        return findings.enumerated().sorted { one, other in
            let scores = (scoreOf[one.element.id] ?? 0, scoreOf[other.element.id] ?? 0)
            if scores.0 != scores.1 { return scores.0 > scores.1 }
            if one.element.severity != other.element.severity { return one.element.severity > other.element.severity }
            return one.offset < other.offset
        }.map(\.element)
    }

    mutating func writeFindings() {
        var findings = findings
        guard !findings.isEmpty else { return sayNoFindings() }
        // Of many the last ones are not read, so that the worst come first.
        let isLong = findings.count > AnswerText.citationLimit
        if isLong { findings = worstFirst(findings) }
        text.say("\(Noun.findings.counted(findings.count))\(limits("about"))\(isLong ? ", the worst first" : ""):")
        for finding in findings.prefix(AnswerText.citationLimit) {
            let score = file.score(of: finding.id)
            let promoted = file.incidents(holding: finding.id).isEmpty ? "" : ", in an incident"
            let severity = (score?.severity ?? finding.severity).rawValue
            let figure = score.map { " " + RiskJudgement.twoDecimals($0.score) } ?? ""
            text.say(
                "\(severity)\(figure)\(promoted): \(finding.description)", citing: file.rows(of: finding), limit: 5)
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
            let weight = "\(incident.severity.rawValue) \(RiskJudgement.twoDecimals(incident.riskScore))"
            text.say(
                "\(weight), \(incident.status.rawValue): "
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
