public import Detection
public import Events
internal import JSON
internal import Tables

/// What administrators told Okta about its own detections, read as verdicts on findings of the same thing.
///
/// Okta writes `analytics.feedback.provide` when an administrator marks a user or session risk detection in the
/// console. Of its shape only this is documented (https://developer.okta.com/docs/reference/api/itp-et): `debugData`
/// holds the id of the event the feedback is about (`EventUuid`) and a label (`true_positive`, `false_positive`); a
/// target of type `User` is whom it is about. The catalogue of event types names the same data `event_uuid`, `label`
/// and `reason`, and knows the label `false_negative`. So the names are read in any of these spellings.
///
/// The feedback is about Okta's detection, not about ours. It counts for a finding, in this order, when the finding
/// rests on the event that the feedback names; on another event of its transaction; or is about the same user and no
/// more than a day away from it. The verdict says which.
public struct OktaFeedback: Sendable {
    static let eventType = "analytics.feedback.provide"
    /// In seconds; that of an incident.
    static let reach = IncidentBuilder.reach

    private let events: EventTable
    private let feedback: [Feedback]

    /// Looks for feedback: reads the event types, and each feedback event whole.
    public init(_ events: EventTable) {
        self.events = events
        let types = events.column(.eventType)
        guard let code = types.code(of: Self.eventType) else {
            feedback = []
            return
        }
        feedback = events.timeOrder.filter { types.codes[$0] == code }.compactMap { Feedback($0, in: events) }
    }

    /// A verdict for each finding that feedback is about; of several the last. In the order of the findings.
    public func verdicts(on findings: [DetectionFinding]) -> [Verdict] {
        guard !feedback.isEmpty else { return [] }
        return findings.compactMap { finding in
            let rows = finding.oktaEventIDs.compactMap { events.row(ofID: $0) }
            return feedback.reversed().lazy.compactMap { verdict($0, on: finding, rows) }.first
        }
    }

    private func verdict(_ feedback: Feedback, on finding: DetectionFinding, _ rows: [Int]) -> Verdict? {
        guard let basis = basis(of: feedback, for: finding, rows) else { return nil }
        let reason = "feedback in Okta's console about \(basis)" + (feedback.reason.map { ": \($0)" } ?? "")
        return Verdict(
            subject: finding.id, feedback.verdict, reason: reason, at: feedback.at, source: .okta,
            eventID: events[feedback.row].id)
    }

    /// What ties feedback to a finding; `nil` where nothing does.
    private func basis(of feedback: Feedback, for finding: DetectionFinding, _ rows: [Int]) -> String? {
        if let subject = feedback.subject {
            if rows.contains(subject) { return "an event of the finding" }
            let transactions = events.column(.transactionID).codes
            if transactions[subject] != 0, rows.contains(where: { transactions[$0] == transactions[subject] }) {
                return "an event of the same transaction"
            }
        }
        let users = Set([finding.userID, finding.metadata["actor"]?.string ?? finding.userID].map(ByteText.init))
        guard !feedback.users.isDisjoint(with: users) else { return nil }
        let moment = feedback.subject.flatMap { events.time(at: $0) } ?? feedback.at
        let times = rows.compactMap { events.time(at: $0) }
        guard let first = times.min(), let last = times.max(), moment >= first.advanced(bySeconds: -Self.reach),
            moment <= last.advanced(bySeconds: Self.reach)
        else { return nil }
        return "the same user within a day"
    }
}

/// One piece of feedback.
private struct Feedback {
    let row: Int
    let verdict: Verdict.Kind
    let reason: String?
    let at: Timestamp
    /// The row of the event it is about, where that is loaded.
    let subject: Int?
    /// The id and login of the user it is about.
    let users: Set<ByteText>

    /// `nil` for a label that is not known, and for an event without a time.
    init?(_ row: Int, in events: EventTable) {
        let event = events[row].logEvent, data = event[path: "debugContext.debugData"]
        guard let label = Self.text("label", in: data), let verdict = Self.verdicts[label.lowercased()],
            let at = events.time(at: row)
        else { return nil }
        (self.row, self.verdict, self.at) = (row, verdict, at)
        reason = Self.text("reason", in: data)
        subject = Self.text("eventuuid", in: data).flatMap { events.row(ofID: $0) }
        let targets = (event["target"]?.array ?? []).filter { $0["type"]?.string == "User" }
        let names = targets.flatMap { [$0["id"]?.string, $0["alternateId"]?.string] }
        users = Set(names.compactMap { $0 }.map(ByteText.init))
    }

    /// An attack that Okta did not see is an attack.
    private static let verdicts: [String: Verdict.Kind] = [
        "true_positive": .truePositive, "false_negative": .truePositive, "false_positive": .falsePositive,
    ]

    /// A text by its key, whose case and underscores do not matter.
    private static func text(_ key: String, in data: JSONValue?) -> String? {
        data?.members?.last { $0.key.lowercased().replacing("_", with: "") == key }?.value.string
    }
}
