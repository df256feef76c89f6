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
/// Whoever is in somebody else's account may take an hour for it: of openings from where the user had not signed in a
/// day before, ``strangeThreshold`` applications within ``strangeWindow`` are a burst, too, when the user never opened
/// half of them.
///
/// | severity | evidence |
/// |---|---|
/// | high | from where the user never signed in before, though they did from elsewhere; and a habit of less |
/// | medium | the one or the other; or 30 applications; or a slow burst from a strange place |
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

    /// Applications opened from a strange place.
    public let strangeThreshold: Int
    /// In seconds, both ends included.
    public let strangeWindow: Double

    /// - Parameters:
    ///   - threshold: Different applications, at least 2.
    ///   - window: In seconds.
    ///   - factor: Times the most of any earlier window.
    ///   - strangeThreshold: Different applications, at least 2.
    ///   - strangeWindow: In seconds.
    public init(
        threshold: Int = 10, window: Double = 600, factor: Double = 2, strangeThreshold: Int = 6,
        strangeWindow: Double = 3600
    ) {
        self.threshold = max(2, threshold)
        self.window = window
        self.factor = factor
        self.strangeThreshold = max(2, strangeThreshold)
        self.strangeWindow = strangeWindow
    }

    public func findings(in events: EventTable) -> [DetectionFinding] {
        var accounts = Accounts(events)
        let openings = openings(in: events, &accounts)
        let groups = CodeGroups(openings.map(\.account), count: accounts.count)
        let busy = (0..<groups.count).filter { groups.size(of: $0) >= min(threshold, strangeThreshold) }
            .map { groups[$0].map { openings[$0] } }.filter { isBusy($0, in: events) }
        guard !busy.isEmpty else { return [] }
        let attempts = SignInAttempts(events)
        let owners = busy.map { attempts.accounts.account(of: accounts.key($0[0].account)) ?? 0 }
        let places = FamiliarPlaces(of: Set(owners), among: attempts, in: events)
        let bursts = zip(busy, owners).flatMap { openings, owner in
            let verdict = { (opening: SignInAttempts.Attempt, age: Double) in
                places.verdict(on: opening.row, of: owner, before: opening.time - ticks(age))
            }
            let fast = self.bursts(among: openings, in: events) { verdict($0, window) }
            let slow = slowBursts(among: openings, in: events) { verdict($0, 86_400) == .strange }
            let told = Set(fast.flatMap { $0.openings.map(\.row) })
            return fast + slow.filter { burst in !burst.openings.contains { told.contains($0.row) } }
        }
        return bursts.sorted { events.isOrdered($0.openings[0].row, before: $1.openings[0].row) }
            .map { finding($0, accounts.key($0.openings[0].account), in: events) }
    }

    /// Whether one user's openings come close together anywhere.
    private func isBusy(_ openings: [SignInAttempts.Attempt], in events: EventTable) -> Bool {
        let targets = events.column(.targetID).codes
        let windows = [(window, threshold), (strangeWindow, strangeThreshold)]
        return windows.contains { window, threshold in
            !stretches(
                openings.map(\.time), of: openings.map { targets[$0.row] }, window: ticks(window), threshold: threshold
            ).isEmpty
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

extension ApplicationBurst {
    /// The bursts among one user's openings, which are in time order.
    private func bursts(
        among openings: [SignInAttempts.Attempt], in events: EventTable,
        place: (SignInAttempts.Attempt) -> FamiliarPlaces.Verdict
    ) -> [ApplicationOpenings] {
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
            return ApplicationOpenings(
                openings: Array(openings[range]), applications: Set(applications[range]).count, habit: habit,
                place: place(openings[range.lowerBound]))
        }
    }

    /// The slow bursts among one user's openings, which are in time order: of those from strange places, where the user
    /// never opened half of the applications before. Without five earlier openings nothing is known of that.
    private func slowBursts(
        among openings: [SignInAttempts.Attempt], in events: EventTable, isStrange: (SignInAttempts.Attempt) -> Bool
    ) -> [ApplicationOpenings] {
        let targets = events.column(.targetID).codes, strange = openings.filter(isStrange)
        let ranges = stretches(
            strange.map(\.time), of: strange.map { targets[$0.row] }, window: ticks(strangeWindow),
            threshold: strangeThreshold)
        var known: Set<UInt32> = [], count = 0
        return ranges.compactMap { range in
            let start = openings.firstPlace(from: strange[range.lowerBound].time)
            known.formUnion(openings[count..<start].map { targets[$0.row] })
            count = start
            let applications = Set(strange[range].map { targets[$0.row] })
            let unknown = applications.subtracting(known)
            guard count >= 5, unknown.count * 2 >= applications.count else { return nil }
            return ApplicationOpenings(
                openings: Array(strange[range]), applications: applications.count, habit: 0, place: .strange,
                unknown: unknown.count)
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
}
