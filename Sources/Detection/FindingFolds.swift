internal import JSON
internal import Tables

/// Makes one finding of those that tell of the same events.
///
/// A finding of a built-in rule that saw nothing but events of a worse finding, or of an equally bad one of a detector,
/// adds no evidence: it is noted in that finding's `also`, and not listed. A user's own rules are always listed.
struct FindingFolds {
    /// The findings that remain, in no particular order.
    let kept: [DetectionFinding]

    /// Linear in the events that findings name, apart from events that very many findings share.
    init(_ findings: [DetectionFinding]) {
        var kept: [DetectionFinding] = [], holders = Holders()
        // A severity is read once for each finding, not for each comparison.
        let weighed = findings.map { ($0, $0.severity) }.sorted { Self.isWeightier($0, $1) }
        for (finding, _) in weighed {
            if finding.isOfBuiltInRule, let place = holders.place(holding: finding) {
                kept[place].take(finding)
            } else {
                if finding.isOfBuiltInRule || finding.metadata["rule"] == nil { holders.add(finding, at: kept.count) }
                kept.append(finding)
            }
        }
        self.kept = kept
    }

    /// Worse ones first; of equally bad ones detectors, then those of more events, then by id.
    private static func isWeightier(
        _ left: (finding: DetectionFinding, severity: Severity),
        _ right: (finding: DetectionFinding, severity: Severity)
    ) -> Bool {
        if left.severity != right.severity { return left.severity > right.severity }
        let (left, right) = (left.finding, right.finding)
        if left.isOfBuiltInRule != right.isOfBuiltInRule { return right.isOfBuiltInRule }
        return (right.oktaEventIDs.count, left.id) < (left.oktaEventIDs.count, right.id)
    }
}

/// Which findings hold an event.
private struct Holders {
    /// How many findings an event is remembered for.
    private static let limit = 16

    private var places: [ByteText: [Int]] = [:]
    /// Of findings that name only the first of their events: from when to when these reach, by place.
    private var spans: [Int: (user: String, span: ClosedRange<Int64>)] = [:]

    mutating func add(_ finding: DetectionFinding, at place: Int) {
        for id in finding.oktaEventIDs where places[ByteText(id), default: []].count < Self.limit {
            places[ByteText(id), default: []].append(place)
        }
        if finding.metadata["more_events"] != nil, let first = finding.firstSeen, let last = finding.createdAt,
            first <= last
        {
            spans[place] = (finding.userID, first.ticks...last.ticks)
        }
    }

    /// The weightiest finding that holds every event of another.
    func place(holding finding: DetectionFinding) -> Int? {
        guard let id = finding.oktaEventIDs.first else { return nil }
        return (places[ByteText(id)] ?? []).first { place in
            holdsTime(of: finding, place)
                || finding.oktaEventIDs.allSatisfy { places[ByteText($0)]?.contains(place) == true }
        }
    }

    private func holdsTime(of finding: DetectionFinding, _ place: Int) -> Bool {
        guard let (user, span) = spans[place], let first = finding.firstSeen, let last = finding.createdAt
        else { return false }
        return user.utf8.elementsEqual(finding.userID.utf8) && span.contains(first.ticks) && span.contains(last.ticks)
    }
}

extension DetectionFinding {
    /// The time of the first event, where its figures tell it.
    var firstSeen: Timestamp? { metadata["first_seen"]?.string.flatMap { Timestamp($0) } }
}
