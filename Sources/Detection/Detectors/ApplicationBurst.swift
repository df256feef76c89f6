public import Events
internal import JSON
internal import Tables

/// One user opening many different applications in a short time, more than ever before.
///
/// Counted are successful `user.authentication.sso` by the id of their first target, the application. An opening
/// belongs to a burst when it lies in some window with enough different applications, and with twice as many as any
/// earlier window of the user held; windows that overlap make one burst, and a burst is one finding. Whoever opens a
/// dozen tabs each morning has that as a habit after the first.
///
/// | severity | evidence |
/// |---|---|
/// | high | from where the user never signed in before, though they did from elsewhere; and a habit of less |
/// | medium | the one or the other; or 30 applications |
/// | low | nothing known of the user before; or more than the habit from a place of the user's, fewer than 20 |
public struct ApplicationBurst: Detector {
    public let id = "application_burst"
    public let title = "Many applications opened at once"
    public let severity = Severity.medium
    /// Valid Accounts: Cloud Accounts; Cloud Service Dashboard.
    public let attack = ["T1078.004", "T1538"]
    public let needs: [EventField] = [.eventType, .actorID, .targetID]

    /// Applications.
    public let threshold: Int
    /// In seconds, both ends included.
    public let window: Double
    /// How many times more than the user's habit.
    public let factor: Double

    private static let manyApplications = 30
    /// What tabs of the week before hardly reach when a browser opens them again.
    private static let unusualApplications = 20

    /// - Parameters:
    ///   - threshold: Different applications, at least 2.
    ///   - window: In seconds.
    ///   - factor: Times the most of any earlier window.
    public init(threshold: Int = 10, window: Double = 600, factor: Double = 2) {
        self.threshold = max(2, threshold)
        self.window = window
        self.factor = factor
    }

    public func findings(in events: EventTable) -> [DetectionFinding] {
        var accounts = Accounts(events)
        let openings = openings(in: events, &accounts)
        let groups = CodeGroups(openings.map(\.account), count: accounts.count)
        let bursts = (0..<groups.count).filter { groups.size(of: $0) >= threshold }.flatMap { account in
            self.bursts(among: groups[account].map { openings[$0] }, in: events)
        }
        guard !bursts.isEmpty else { return [] }
        let attempts = SignInAttempts(events)
        let keys = Set(bursts.compactMap { attempts.accounts.account(of: accounts.key($0.openings[0].account)) })
        let places = FamiliarPlaces(of: keys, among: attempts, in: events)
        return bursts.sorted { events.isOrdered($0.openings[0].row, before: $1.openings[0].row) }.map { burst in
            let first = burst.openings[0], key = accounts.key(first.account)
            let place = places.verdict(
                on: first.row, of: attempts.accounts.account(of: key) ?? 0, before: first.time - ticks(window))
            return finding(burst, key, place, in: events)
        }
    }

    private func openings(in events: EventTable, _ accounts: inout Accounts) -> [SignInAttempts.Attempt] {
        let types = events.column(.eventType), outcomes = events.column(.outcomeResult).codes
        let targets = events.column(.targetID).codes
        guard let sso = types.code(of: "user.authentication.sso") else { return [] }
        let isSuccess = events.column(.outcomeResult).dictionary.map { ["", "SUCCESS", "ALLOW"].contains($0) }
        var openings: [SignInAttempts.Attempt] = []
        for row in events.timeOrder where types.codes[row] == sso && targets[row] != 0 {
            guard isSuccess[Int(outcomes[row])], let time = events.time(at: row) else { continue }
            let account = accounts.actor(at: row)
            if account != 0 { openings.append(SignInAttempts.Attempt(row: row, account: account, time: time.ticks)) }
        }
        return openings
    }
}

/// Applications that one user opened at once.
private struct Burst {
    let openings: [SignInAttempts.Attempt]
    let applications: Int
    /// The most different applications in any earlier window; 0 where there is none.
    let habit: Int
}

extension ApplicationBurst {
    /// The bursts among one user's openings, which are in time order.
    private func bursts(among openings: [SignInAttempts.Attempt], in events: EventTable) -> [Burst] {
        let targets = events.column(.targetID).codes
        let applications = openings.map { targets[$0.row] }, times = openings.map(\.time)
        let ranges = stretches(times, of: applications, window: ticks(window), threshold: threshold)
        guard !ranges.isEmpty else { return [] }
        let most = mostApplications(times, applications)
        var habit = 0, known = 0
        return ranges.compactMap { range in
            // What was opened in earlier bursts is a habit too.
            for place in known..<range.lowerBound { habit = max(habit, most[place]) }
            known = range.lowerBound
            let count = most[range].max() ?? 0
            guard Double(count) >= factor * Double(habit) else { return nil }
            return Burst(
                openings: Array(openings[range]), applications: Set(applications[range]).count, habit: habit)
        }
    }

    /// How many different applications the window that ends at each opening holds.
    private func mostApplications(_ times: [Int64], _ applications: [UInt32]) -> [Int] {
        var counts: [UInt32: Int] = [:], start = 0
        return times.indices.map { end in
            counts[applications[end], default: 0] += 1
            while times[end] - times[start] > ticks(window) {
                let left = (counts[applications[start]] ?? 1) - 1
                counts[applications[start]] = left == 0 ? nil : left
                start += 1
            }
            return counts.count
        }
    }

    private func severity(_ burst: Burst, _ place: FamiliarPlaces.Verdict) -> Severity {
        let isStrange = place == .strange
        // In a place of the user's own a browser that opens its tabs again looks the same.
        let isUnusual = burst.habit > 0 && (place != .familiar || burst.applications >= Self.unusualApplications)
        if isStrange && isUnusual { return .high }
        return isStrange || isUnusual || burst.applications >= Self.manyApplications ? .medium : .low
    }

    private func finding(
        _ burst: Burst, _ key: String, _ place: FamiliarPlaces.Verdict, in events: EventTable
    ) -> DetectionFinding {
        let figures = EvidenceFigures(burst.openings.map(\.row), in: events)
        let name = burst.openings.last.flatMap { events[$0.row].actorLogin } ?? key
        let names = figures.list(.targetDisplayName)
        var why = ["\(counted(burst.applications, "application")) within \(clockSpan(figures.duration))."]
        why.append(
            burst.habit > 0 ? "The most in any earlier window was \(burst.habit)." : "The log knows no earlier habit.")
        if place == .strange { why.append("The user signed in before, but never from there.") }
        if place == .familiar { why.append("Benign if the user opens all tabs at once: it is a place of theirs.") }
        return DetectionFinding(
            detector: self, groupKey: key,
            description: "\(counted(burst.applications, "application")) opened by \(name) within "
                + "\(clockSpan(figures.duration)).",
            oktaEventIDs: figures.eventIDs, userID: key, createdAt: figures.last, severity: severity(burst, place),
            figures: figures.members(
                actor: name, window: window, why: why,
                [
                    JSONValue.Member("application_count", .integer(Int64(burst.applications))),
                    JSONValue.Member("applications", JSONValue(names.isEmpty ? figures.list(.targetID) : names)),
                    JSONValue.Member("habit", .integer(Int64(burst.habit))),
                ]))
    }
}
