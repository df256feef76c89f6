public import Events
internal import JSON
internal import Tables

/// A push asked for in one country and approved in another; or by a strange device while the user is at a desk
/// elsewhere.
///
/// The push is the last one sent before the approval, within ``window``. Phone and computer seldom share an address or
/// a network, so places are countries; and a VPN may move the computer alone, so a place from where the user signed in
/// before is no evidence. Within one country the phone has to answer from an address at which the user works with a
/// computer, no carrier's gateway, and the push has to come from another network or 100 km away, through no relay or
/// way out of many, with a device hash that the user never had.
///
/// | severity | evidence |
/// |---|---|
/// | high | the push was asked for from where the user never signed in before, though they did from elsewhere |
/// | medium | nothing is known of the place |
/// | medium | within one country, as above |
/// | low | the push was asked for at a way out that several accounts share |
/// | none | the user signed in from there before; no countries in the log |
public struct PushSourceMismatch: Detector {
    public let id = "push_source_mismatch"
    public let title = "Push asked for in one place and approved in another"
    public let severity = Severity.medium
    /// Multi-Factor Authentication Request Generation.
    public let attack = ["T1621"]
    public let needs: [EventField] = [.eventType, .outcomeResult, .actorID, .country]

    /// In seconds, both ends included; Okta's own rule joins within five minutes.
    public let window: Double

    /// - Parameter window: In seconds.
    public init(window: Double = 300) { self.window = window }

    public func findings(in events: EventTable) -> [DetectionFinding] {
        let prompts = PushPrompts(events)
        let pairs = prompts.prompts.indices.flatMap { account in
            mismatches(among: prompts.prompts[account], in: events).map { pair in
                (key: prompts.accounts.key(UInt32(account)), pair: pair)
            }
        }
        guard !pairs.isEmpty else { return [] }
        let exits = SharedExits(events, PersonalEvents(events))
        let attempts = SignInAttempts(events)
        let places = FamiliarPlaces(
            of: Set(pairs.compactMap { attempts.accounts.account(of: $0.key) }), among: attempts, in: events)
        return pairs.sorted { events.isOrdered($0.pair.sent.row, before: $1.pair.sent.row) }.compactMap { key, pair in
            let account = attempts.accounts.account(of: key) ?? 0, start = pair.sent.time - ticks(window)
            let place = places.verdict(on: pair.sent.row, of: account, before: start)
            let isAtDesk = places.isDesk(pair.approved.row, of: account, before: start)
                && places.isStrangeDevice(pair.sent.row, of: account, before: start)
            // Within a country a relay may stand anywhere.
            let isApart = place == .strange && isAtDesk && exits.doubt(pair.sent.row) == nil
            guard place != .familiar, pair.isAbroad || isApart else { return nil }
            return finding(pair, key, place, isShared: exits.isShared(pair.sent.row), in: events)
        }
    }
}

/// A push and its approval.
private struct PushPair {
    let sent: PushPrompts.Prompt
    let approved: PushPrompts.Prompt
    /// Whether the two are in different countries.
    let isAbroad: Bool
}

extension PushSourceMismatch {
    /// Pushes of one user, in time order, that another country, or another place of it, approved.
    private func mismatches(among prompts: [PushPrompts.Prompt], in events: EventTable) -> [PushPair] {
        let countries = events.column(.country).codes
        var sent: PushPrompts.Prompt?
        var pairs: [PushPair] = []
        for prompt in prompts {
            switch prompt.outcome {
            case .sent: sent = prompt
            case .denied, .unanswered: sent = nil
            case .approved:
                if let sent, prompt.time - sent.time <= ticks(window), countries[sent.row] != 0,
                    countries[prompt.row] != 0
                {
                    let isAbroad = countries[sent.row] != countries[prompt.row]
                    if isAbroad || isApart(sent.row, prompt.row, in: events) {
                        pairs.append(PushPair(sent: sent, approved: prompt, isAbroad: isAbroad))
                    }
                }
                sent = nil
            }
        }
        return pairs
    }

    /// Whether two places of one country are too far apart, or too different, to be one line with several addresses.
    private func isApart(_ sent: Int, _ approved: Int, in events: EventTable) -> Bool {
        let addresses = events.column(.ipAddress).codes
        guard addresses[sent] != 0, addresses[approved] != 0, addresses[sent] != addresses[approved]
        else { return false }
        let networks = [sent, approved].map { events.number(.asNumber, at: $0) }
        if let one = networks[0], let other = networks[1], one != other { return true }
        guard let here = EventPlace(sent, in: events).coordinates,
            let there = EventPlace(approved, in: events).coordinates
        else { return false }
        return greatCircleKilometres(here, there) >= farKilometres
    }

    private func finding(
        _ pair: PushPair, _ key: String, _ verdict: FamiliarPlaces.Verdict, isShared: Bool, in events: EventTable
    ) -> DetectionFinding {
        let sent = events[pair.sent.row], approved = events[pair.approved.row]
        let figures = EvidenceFigures([pair.sent.row, pair.approved.row], in: events)
        let name = approved.actorLogin ?? key, from = sent.country ?? "", to = approved.country ?? ""
        let places = pair.isAbroad ? (from, to) : (place(sent), place(approved))
        return DetectionFinding(
            detector: self, groupKey: key,
            description: "A push for \(name) asked for in \(places.0) was approved in \(places.1) within "
                + "\(clockSpan(figures.duration)).",
            oktaEventIDs: figures.eventIDs, userID: key, createdAt: figures.last,
            severity: isShared ? .low : verdict == .strange && pair.isAbroad ? .high : .medium,
            figures: figures.members(
                actor: name, window: window,
                why: [
                    "Who asked for the push is not where it was approved.",
                    verdict == .strange
                        ? "The user signed in before, but never from where it was asked for."
                        : "The log does not say whether the user ever signed in from there: benign if it is their VPN.",
                ] + (isShared ? ["It was asked for at a way out that several accounts share."] : []),
                [
                    JSONValue.Member("sent_from", JSONValue(sent.ipAddress)),
                    JSONValue.Member("approved_from", JSONValue(approved.ipAddress)),
                    JSONValue.Member("sent_country", .string(from)),
                    JSONValue.Member("approved_country", .string(to)),
                ]))
    }
}
