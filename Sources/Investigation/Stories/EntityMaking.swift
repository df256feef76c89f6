internal import Detection
internal import Diagnostics
internal import Events
internal import Pipeline
internal import Tables

extension SessionState {
    /// The story of an actor or an address. Linear in the events.
    func entityStory(of name: String) throws(Diagnostic) -> EntityStory {
        let subject = try entity(named: name)
        switch subject {
        case .address(let address):
            return try story(of: subject, own: try rows(ofAddress: address), others: [])
        case .account(let account):
            return try story(of: subject, own: account.rows(in: events), others: try account.rowsAsTarget(in: events))
        case .finding, .incident:
            throw Diagnostic("`\(name)` is neither an actor nor an address", remedy: "`why` tells of it")
        }
    }

    private func story(of subject: StorySubject, own: [Int], others: [Int]) throws(Diagnostic) -> EntityStory {
        let timed = own.prefix { events.time(at: $0) != nil }
        let period = events.first.flatMap { first in events.last.map { (first: first, last: $0) } }
        let found = findings(of: subject, rows: Set(own))
        let isFound = Set(found.map(\.id))
        return EntityStory(
            subject: subject, events: own.count, first: timed.first.flatMap { events.time(at: $0) },
            last: timed.last.flatMap { events.time(at: $0) },
            activity: try TimeSeries(own, in: events, by: hourly(period), over: period),
            signIns: SignInTally(events, rows: own), facets: try facets(of: subject, own: own, others: others),
            findings: found,
            incidents: incidents.filter { !isFound.isDisjoint(with: $0.findingIDs) }, isDetected: isDetected)
    }

    /// By hour, as long as a month or so can be looked at that way.
    private func hourly(_ period: (first: Timestamp, last: Timestamp)?) -> TimeUnit? {
        guard let period, period.last.seconds(since: period.first) <= 62 * 86_400 else { return nil }
        return .hour
    }

    private func findings(of subject: StorySubject, rows: Set<Int>) -> [DetectionFinding] {
        findings.filter { finding in
            if case .account(let account) = subject, account.keys.contains(where: { isSame($0, finding.userID) }) {
                return true
            }
            if finding.isHunted(for: subject) { return true }
            return finding.oktaEventIDs.contains { id in events.row(ofID: id).map(rows.contains) ?? false }
        }
    }

    private func facets(
        of subject: StorySubject, own: [Int], others: [Int]
    ) throws(Diagnostic) -> [(aspect: EntityStory.Aspect, facet: Facet)] {
        var facets: [(aspect: EntityStory.Aspect, facet: Facet)] = []
        let values = AspectValues(events)
        for aspect in EntityStory.Aspect.allCases {
            if case .address = subject, aspect == .addresses { continue }
            if case .account = subject, aspect == .accounts { continue }
            let facet = try Facet(
                aspect == .doneByOthers ? others : own, in: events, key: values.key(of: aspect),
                text: { values.text(of: aspect, in: $0) })
            if facet.distinct > 0 { facets.append((aspect, facet)) }
        }
        return facets
    }
}
