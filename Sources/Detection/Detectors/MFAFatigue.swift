public import Events
internal import JSON
internal import Tables

/// Pushes that a user denies or leaves unanswered, again and again, until one is approved or the sender gives up.
///
/// Counted are pushes that were denied, timed out, abandoned, or sent again before anything answered. A refused push
/// belongs to an attack when it lies in some ``window`` that holds at least ``threshold`` of them, or in some
/// ``patience`` with as many that were asked for from a strange place; windows that overlap make one attack, and an
/// attack is one finding. An approval within a window after the last refused push, or between them, is part of it.
/// Approved pushes alone are no attack, however many.
///
/// | severity | evidence |
/// |---|---|
/// | critical | approved from a strange place; or after 10 refusals, from one of which nothing is known |
/// | high | approved from a place of which nothing is known; or 10 refusals |
/// | medium | 5 refusals, or an express denial |
/// | low | 3 or 4 unanswered; or up to 9, from a familiar place: a phone in another room |
/// | low | up to 4, denied too, when all were asked for from a familiar place: the wrong thumb |
///
/// The place is where the pushes were asked for; where the log has only the answers, where these came from. It is
/// familiar when the user signed in from it more than a window before, strange when only from others: see
/// ``FamiliarPlaces``. A count alone does not tell an attack from a lost phone; the place does.
public struct MFAFatigue: Detector {
    public let id = "mfa_fatigue"
    public let title = "MFA fatigue: pushes refused again and again"
    public let severity = Severity.medium
    /// Multi-Factor Authentication Request Generation.
    public let attack = ["T1621"]
    public let needs: [EventField] = [.eventType, .outcomeResult, .actorID]

    /// Refused pushes of one user within ``window``.
    public let threshold: Int
    /// In seconds, both ends included.
    public let window: Double
    /// The same for pushes asked for from a strange place: nobody refuses those by mistake, however slowly they come.
    public let patience: Double

    /// - Parameters:
    ///   - threshold: Refused pushes, at least 2.
    ///   - window: In seconds; vendors' rules use five to fifteen minutes.
    ///   - patience: In seconds.
    public init(threshold: Int = 3, window: Double = 600, patience: Double = 3600) {
        self.threshold = max(2, threshold)
        self.window = window
        self.patience = max(window, patience)
    }

    public func findings(in events: EventTable) -> [DetectionFinding] {
        let prompts = PushPrompts(events)
        let crowded = prompts.prompts.indices.filter { account in
            let refused = PushPrompts.refused(prompts.prompts[account]).map { prompts.prompts[account][$0].time }
            return !Detection.crowded(refused, window: ticks(patience), threshold: threshold).isEmpty
        }
        guard !crowded.isEmpty else { return [] }
        let attempts = SignInAttempts(events)
        let accounts = crowded.map { attempts.accounts.account(of: prompts.accounts.key(UInt32($0))) ?? 0 }
        let places = FamiliarPlaces(of: Set(accounts), among: attempts, in: events)
        let found = zip(crowded, accounts).flatMap { account, owner in
            series(among: prompts.prompts[account], key: prompts.accounts.key(UInt32(account))) { row, time in
                places.verdict(on: row, of: owner, before: time - ticks(window))
            }
        }
        return found.sorted { events.isOrdered($0.rows[0], before: $1.rows[0]) }.map { finding($0, in: events) }
    }
}

/// The pushes of one attack on one user.
private struct PushSeries {
    let key: String
    /// Refusals, the pushes that were sent for them, and the approval; in time order.
    let rows: [Int]
    let denials: Int
    let refusals: Int
    let approval: Int?
    let place: FamiliarPlaces.Verdict
    /// Whether every push was asked for from a familiar place.
    let isOwn: Bool
}

extension MFAFatigue {
    /// The attacks among one user's pushes, which are in time order.
    ///
    /// - Parameter verdict: On the place of a row, at a time in ticks.
    private func series(
        among prompts: [PushPrompts.Prompt], key: String, verdict: (Int, Int64) -> FamiliarPlaces.Verdict
    ) -> [PushSeries] {
        let refused = PushPrompts.refused(prompts), times = refused.map { prompts[$0].time }
        let strange = refused.indices.filter { place in
            PushPrompts.request(of: refused[place], in: prompts)
                .map { verdict(prompts[$0].row, times[place]) == .strange } ?? false
        }
        let slow = crowded(strange.map { times[$0] }, window: ticks(patience), threshold: threshold)
            .map { strange[$0.lowerBound]..<strange[$0.upperBound - 1] + 1 }
        return joined(crowded(times, window: ticks(window), threshold: threshold), slow).map { range in
            let next = range.upperBound < refused.count ? refused[range.upperBound] : prompts.count
            let approval = approval(
                in: prompts, from: refused[range.lowerBound], last: refused[range.upperBound - 1], next: next)
            return pushSeries(prompts, refused[range], approval, key, verdict)
        }
    }

    /// The first approval after the last refusal; where there is none, the last one between refusals.
    private func approval(in prompts: [PushPrompts.Prompt], from first: Int, last: Int, next: Int) -> Int? {
        let end = prompts[last].time + ticks(window)
        return (last..<next).first { prompts[$0].outcome == .approved && prompts[$0].time <= end }
            ?? (first..<last).last { prompts[$0].outcome == .approved }
    }

    private func pushSeries(
        _ prompts: [PushPrompts.Prompt], _ refused: ArraySlice<Int>, _ approval: Int?, _ key: String,
        _ verdict: (Int, Int64) -> FamiliarPlaces.Verdict
    ) -> PushSeries {
        let first = refused.first ?? 0, last = max(refused.last ?? 0, approval ?? 0)
        // The push that the first refusal answers was sent just before it.
        let places = ((PushPrompts.request(of: first, in: prompts) ?? first)...last)
            .filter { prompts[$0].outcome != .approved || $0 == approval }
        let requests = places.filter { prompts[$0].outcome == .sent }
        let verdicts = (requests.isEmpty ? [approval ?? first] : requests)
            .map { verdict(prompts[$0].row, prompts[first].time) }
        let isFamiliar = verdicts.allSatisfy { $0 == .familiar }
        return PushSeries(
            key: key, rows: places.map { prompts[$0].row },
            denials: refused.count { prompts[$0].outcome == .denied }, refusals: refused.count,
            approval: approval.map { prompts[$0].row },
            place: verdicts.contains(.strange) ? .strange : isFamiliar ? .familiar : .unknown,
            isOwn: isFamiliar && !requests.isEmpty)
    }
}

// MARK: The finding

extension MFAFatigue {
    private func severity(_ series: PushSeries) -> Severity {
        let many = series.refusals >= 10
        if series.approval != nil && series.place != .familiar {
            return series.place == .strange || many ? .critical : .high
        }
        if many { return .high }
        if series.denials > 0 { return series.isOwn && series.refusals < 5 ? .low : .medium }
        return series.refusals >= 5 && series.place != .familiar ? .medium : .low
    }

    private func finding(_ series: PushSeries, in events: EventTable) -> DetectionFinding {
        let figures = EvidenceFigures(series.rows, in: events)
        let name = series.rows.lazy.compactMap { events[$0].actorLogin }.last ?? series.key
        let end = series.approval == nil ? "" : ", then approved"
        return DetectionFinding(
            detector: self, groupKey: series.key,
            description: "\(counted(series.refusals, "push")) refused by \(name) within "
                + "\(clockSpan(figures.duration))\(end).",
            oktaEventIDs: figures.eventIDs, userID: series.key, createdAt: figures.last,
            severity: severity(series),
            figures: figures.members(
                actor: name, window: window, why: why(series),
                [
                    JSONValue.Member("refused_count", .integer(Int64(series.refusals))),
                    JSONValue.Member("denied_count", .integer(Int64(series.denials))),
                    JSONValue.Member("approved_event", JSONValue(series.approval.map { events[$0].id })),
                ]))
    }

    private func why(_ series: PushSeries) -> [String] {
        var why = ["\(counted(series.refusals, "push")) refused, \(series.denials) of them denied expressly."]
        if series.approval != nil { why.append("One was approved in the end.") }
        switch series.place {
        case .familiar: why.append("Benign if the phone was out of reach: the user signed in from there before.")
        case .strange: why.append("The user signed in before, but never from there.")
        case .unknown: why.append("The log does not say whether the user ever signed in from there.")
        }
        return why
    }
}
