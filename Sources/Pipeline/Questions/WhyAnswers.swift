internal import Detection
internal import Events
internal import JSON
internal import Tables

/// Answers about why: what was found of somebody, and what was made of it.
extension RuleAnswers {
    mutating func writeWhy() {
        let findings = findings
        guard !findings.isEmpty else {
            if file.findings.isEmpty {
                return text.say("There are no findings yet, so nothing was flagged or promoted. Run: detect")
            }
            return text.say(
                "No finding\(limits("about")): none of the detectors objected.", citing: Array(rows.prefix(3)))
        }
        let ranked = findings.count > 5 ? worstFirst(findings) : findings
        // Those about a person come before those that name the person among others.
        let own = ranked.filter { question.actors.contains($0.userID) }, ids = Set(own.map(\.id))
        for finding in (own + ranked.filter { !ids.contains($0.id) }).prefix(5) { explain(finding) }
        if findings.count > 5 { text.say("And \(findings.count - 5) more findings: show findings") }
    }

    private mutating func explain(_ finding: DetectionFinding) {
        let rows = file.rows(of: finding)
        let who = finding.people + (finding.userCount > 1 ? " were" : " was")
        text.say("\(who) flagged for \(finding.title.lowercasedFirst): \(finding.description)", citing: rows)
        text.say(circumstances(rows))
        if let reasons = finding.reasons { text.say(reasons) }
        guard let score = file.score(of: finding.id) else {
            return text.say("It has no score yet, so nothing was promoted. Run: score")
        }
        text.say(verdict(finding, score))
        let terms = finding.riskTerms
        if score.source == .rules, terms.count > 1 { text.say(sum(terms)) }
    }

    /// When and where the events of a finding happened: `…, from 198.51.100.20 (Paris FR) and 192.0.2.44 (Lyon FR).`
    private func circumstances(_ rows: [Int]) -> String {
        let addresses = Tally(.addresses, of: rows, in: events).ranked.map { entry in
            let place = entry.rows.lazy.map { self.place($0) }.first { !$0.isEmpty }
            return entry.value + (place.map { " (\($0))" } ?? "")
        }
        let from = addresses.isEmpty ? "" : ", from \(listed(addresses, limit: 4))"
        return "\(Noun.events.counted(rows.count)), \(text.span(rows))\(from)."
    }

    private func place(_ row: Int) -> String {
        let event = events[row]
        return [event.city, event.country].compactMap { $0 }.joined(separator: " ")
    }

    /// How the score comes about, term by term.
    private func sum(_ terms: [RiskTerm]) -> String {
        let parts = terms.enumerated().map { index, term in "\(term.figures(isFirst: index == 0)): \(term.words)" }
        return "It adds up: " + parts.joined(separator: " ")
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
            let why = isReached
                ? "at or above the threshold of \(threshold)" : "and \(score.severity.rawValue) is enough"
            return "Promoted: \(figures), \(why). \(reason)"
        }
        return "Not promoted: \(figures), below the threshold of \(threshold). \(reason)"
    }
}

extension DetectionFinding {
    /// What its detector says for and against it, as one text.
    var reasons: String? {
        metadata["why"]?.strings.flatMap { $0.isEmpty ? nil : $0.joined(separator: " ") }
    }
}

extension String {
    /// A title within a sentence; an abbreviation in front stays as it is.
    var lowercasedFirst: String {
        dropFirst().first?.isUppercase == true ? self : prefix(1).lowercased() + dropFirst()
    }
}
