public import Events
internal import JSON
internal import Tables

/// Pushes that a user denies or leaves unanswered, again and again, until one is approved or the sender gives up.
///
/// Counted are pushes that were denied, timed out, abandoned, or sent again before anything answered. A refused push
/// belongs to an attack when it lies in some window that holds at least ``threshold`` of them; windows that overlap
/// make one attack, and an attack is one finding. An approval within a window after the last refused push, or between
/// them, is part of it. Approved pushes alone are no attack, however many.
///
/// | severity | evidence |
/// |---|---|
/// | critical | approved from a strange place; or after 10 refusals, from one of which nothing is known |
/// | high | approved from a place of which nothing is known; or 10 refusals |
/// | medium | 5 refusals, or an express denial |
/// | low | 3 or 4 unanswered; or up to 9, from a familiar place: a phone in another room |
///
/// A place is familiar when the user signed in from it more than a window before, strange when only from others: see
/// ``FamiliarPlaces``. A count alone does not tell an attack from a lost phone; the place does.
public struct MFAFatigue: Detector {
    public let id = "mfa_fatigue"
    public let title = "MFA fatigue: pushes refused again and again"
    public let severity = Severity.medium
    /// Multi-Factor Authentication Request Generation.
    public let attack = ["T1621"]
    public let needs: [EventField] = [.eventType, .outcomeResult, .actorID]

    public let threshold: Int
    /// In seconds, both ends included.
    public let window: Double

    /// - Parameters:
    ///   - threshold: Refused pushes, at least 2.
    ///   - window: In seconds; vendors' rules use five to fifteen minutes.
    public init(threshold: Int = 3, window: Double = 600) {
        self.threshold = max(2, threshold)
        self.window = window
    }

    public func findings(in events: EventTable) -> [DetectionFinding] {
        let prompts = PushPrompts(events)
        let found = prompts.prompts.indices.flatMap { account in
            series(among: prompts.prompts[account], key: prompts.accounts.key(UInt32(account)))
        }
        guard !found.isEmpty else { return [] }
        let attempts = SignInAttempts(events)
        let accounts = Set(found.compactMap { attempts.accounts.account(of: $0.key) })
        let places = FamiliarPlaces(of: accounts, among: attempts, in: events)
        return found.sorted { events.isOrdered($0.rows[0], before: $1.rows[0]) }.map { one in
            let account = attempts.accounts.account(of: one.key) ?? 0
            let place = places.verdict(
                on: one.approval ?? one.firstRefusal, of: account, before: one.start - ticks(window))
            return finding(one, place, in: events)
        }
    }
}

/// The pushes of one attack on one user.
private struct PushSeries {
    let key: String
    /// Refusals, the pushes that were sent for them, and the approval; in time order.
    let rows: [Int]
    let denials: Int
    let refusals: Int
    let firstRefusal: Int
    /// When the first refusal came, in ticks.
    let start: Int64
    let approval: Int?
}

extension MFAFatigue {
    /// The attacks among one user's pushes, which are in time order.
    private func series(among prompts: [PushPrompts.Prompt], key: String) -> [PushSeries] {
        let refused = refusedPlaces(prompts)
        let ranges = crowded(refused.map { prompts[$0].time }, window: ticks(window), threshold: threshold)
        return ranges.map { range in
            let next = range.upperBound < refused.count ? refused[range.upperBound] : prompts.count
            let approval = approval(
                in: prompts, from: refused[range.lowerBound], last: refused[range.upperBound - 1], next: next)
            return pushSeries(prompts, refused[range], approval, key)
        }
    }

    /// The first approval after the last refusal; where there is none, the last one between refusals.
    private func approval(in prompts: [PushPrompts.Prompt], from first: Int, last: Int, next: Int) -> Int? {
        let end = prompts[last].time + ticks(window)
        return (last..<next).first { prompts[$0].outcome == .approved && prompts[$0].time <= end }
            ?? (first..<last).last { prompts[$0].outcome == .approved }
    }

    private func pushSeries(
        _ prompts: [PushPrompts.Prompt], _ refused: ArraySlice<Int>, _ approval: Int?, _ key: String
    ) -> PushSeries {
        let first = refused.first ?? 0, last = max(refused.last ?? 0, approval ?? 0)
        // The push that the first refusal answers was sent just before it.
        let isAnswer = first > 0 && prompts[first].outcome != .sent && prompts[first - 1].outcome == .sent
        let places = ((isAnswer ? first - 1 : first)...last)
            .filter { prompts[$0].outcome != .approved || $0 == approval }
        return PushSeries(
            key: key, rows: places.map { prompts[$0].row },
            denials: refused.filter { prompts[$0].outcome == .denied }.count,
            refusals: refused.count, firstRefusal: prompts[first].row, start: prompts[first].time,
            approval: approval.map { prompts[$0].row })
    }

    /// The places of pushes that were denied, not answered, or sent again before anything answered.
    private func refusedPlaces(_ prompts: [PushPrompts.Prompt]) -> [Int] {
        prompts.indices.filter { place in
            switch prompts[place].outcome {
            case .denied, .unanswered: true
            case .approved: false
            case .sent: place + 1 == prompts.count || prompts[place + 1].outcome == .sent
            }
        }
    }
}

// MARK: The finding

extension MFAFatigue {
    private func severity(_ series: PushSeries, _ place: FamiliarPlaces.Verdict) -> Severity {
        let many = series.refusals >= 10
        if series.approval != nil && place != .familiar { return place == .strange || many ? .critical : .high }
        if many { return .high }
        if series.denials > 0 { return .medium }
        return series.refusals >= 5 && place != .familiar ? .medium : .low
    }

    private func finding(
        _ series: PushSeries, _ place: FamiliarPlaces.Verdict, in events: EventTable
    ) -> DetectionFinding {
        let figures = EvidenceFigures(series.rows, in: events)
        let name = series.rows.lazy.compactMap { events[$0].actorLogin }.last ?? series.key
        let end = series.approval == nil ? "" : ", then approved"
        return DetectionFinding(
            detector: self, groupKey: series.key,
            description: "\(counted(series.refusals, "push")) refused by \(name) within "
                + "\(clockSpan(figures.duration))\(end).",
            oktaEventIDs: figures.eventIDs, userID: series.key, createdAt: figures.last,
            severity: severity(series, place),
            figures: figures.members(
                actor: name, window: window, why: why(series, place),
                [
                    JSONValue.Member("refused_count", .integer(Int64(series.refusals))),
                    JSONValue.Member("denied_count", .integer(Int64(series.denials))),
                    JSONValue.Member("approved_event", JSONValue(series.approval.map { events[$0].id })),
                ]))
    }

    private func why(_ series: PushSeries, _ place: FamiliarPlaces.Verdict) -> [String] {
        var why = ["\(counted(series.refusals, "push")) refused, \(series.denials) of them denied expressly."]
        if series.approval != nil { why.append("One was approved in the end.") }
        switch place {
        case .familiar: why.append("Benign if the phone was out of reach: the user signed in from there before.")
        case .strange: why.append("The user signed in before, but never from there.")
        case .unknown: why.append("The log does not say whether the user ever signed in from there.")
        }
        return why
    }
}
