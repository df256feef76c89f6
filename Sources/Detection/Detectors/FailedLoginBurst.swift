public import Events
internal import JSON
internal import Tables

/// Many failures of one actor in a short time.
///
/// Failures are failed sign-ins, as `SignInAttempts` has them. One belongs to a burst when it lies in some window that
/// holds at least ``threshold`` failures of its actor. Windows that overlap make one burst, and a burst is one finding,
/// however long. When five bursts or more are parts of one ``PasswordSpray`` or ``CredentialStuffing``, that finding
/// speaks for them, and they make none of their own.
///
/// | severity | evidence |
/// |---|---|
/// | medium | a burst |
/// | low | under 50 failures, all from where the actor had signed in before; or all with an API token: a script 
public struct FailedLoginBurst: Detector {
    public let id = "failed_login_burst"
    public let title = "Burst of failed logins"
    public let severity = Severity.medium
    /// Brute Force.
    public let attack = ["T1110"]
    public let needs: [EventField] = [.outcomeResult, .actorID]

    /// Failures of one actor within ``window``.
    public let threshold: Int
    /// In seconds, both ends included.
    public let window: Double

    /// - Parameters:
    ///   - threshold: At least 2.
    ///   - window: In seconds.
    public init(threshold: Int = 5, window: Double = 600) {
        self.threshold = max(2, threshold)
        self.window = window
    }

    public func findings(in events: EventTable) -> [DetectionFinding] {
        let attempts = SignInAttempts(events)
        let failures = CodeGroups(attempts.failures.map(\.account), count: attempts.accounts.count)
        let found = (0..<failures.count).filter { failures.size(of: $0) >= threshold }.flatMap { account in
            bursts(among: failures[account].map { attempts.failures[$0] })
        }
        guard !found.isEmpty else { return [] }
        let context = Context(found, attempts, in: events)
        return found.filter { !context.isPartOfSpray($0) }
            .sorted { events.isOrdered($0[0].row, before: $1[0].row) }
            .map { finding($0, context, in: events) }
    }

    /// The bursts among one actor's failures, which are in time order.
    private func bursts(among failures: [SignInAttempts.Attempt]) -> [[SignInAttempts.Attempt]] {
        stretches(failures.map(\.time)).map { Array(failures[$0]) }
    }

    /// The stretches of one actor's failures, at rising times in ticks, that are bursts.
    func stretches(_ times: [Int64]) -> [Range<Int>] {
        crowded(times, window: ticks(window), threshold: threshold)
    }

    private func finding(
        _ burst: [SignInAttempts.Attempt], _ context: Context, in events: EventTable
    ) -> DetectionFinding {
        let figures = EvidenceFigures(burst.map(\.row), in: events)
        let actor = context.key(of: burst)
        let name = burst.last.flatMap { events[$0.row].actorLogin } ?? actor
        let excuse = context.excuse(for: burst), more = burst.count - EvidenceFigures.eventLimit
        let span = clockSpan(max(window, figures.duration))
        return DetectionFinding(
            detector: self, groupKey: actor,
            description: "\(burst.count) failed logins for actor \(name) within \(span).",
            oktaEventIDs: figures.eventIDs, userID: actor, createdAt: figures.last,
            severity: excuse == nil ? .medium : .low,
            figures: [
                JSONValue.Member("actor", .string(name)),
                JSONValue.Member("count", .integer(Int64(burst.count))),
                JSONValue.Member("window_seconds", .integer(Int64(window))),
                JSONValue.Member("duration_seconds", .integer(Int64(figures.duration.rounded()))),
                JSONValue.Member("ips", JSONValue(figures.list(.ipAddress))),
                JSONValue.Member("countries", JSONValue(figures.list(.country))),
                JSONValue.Member("success_followed", JSONValue(context.success(after: burst).map { events[$0].id })),
                JSONValue.Member("first_seen", JSONValue(figures.first?.description)),
                JSONValue.Member("last_seen", JSONValue(figures.last?.description)),
            ] + (excuse.map { [JSONValue.Member("why", JSONValue([$0]))] } ?? [])
                + (more > 0 ? [JSONValue.Member("more_events", .integer(Int64(more)))] : []))
    }
}

/// What stands around bursts: sprays, and sign-ins before and after.
private struct Context {
    private static let sprayBursts = 5

    private let attempts: SignInAttempts
    private let successes: CodeGroups
    private let places: FamiliarPlaces
    private let tokens: [UInt32]
    private let events: EventTable
    /// The first rows of the bursts for which a spray speaks.
    private var spokenFor: Set<Int> = []

    init(_ bursts: [[SignInAttempts.Attempt]], _ attempts: SignInAttempts, in events: EventTable) {
        self.attempts = attempts
        successes = CodeGroups(attempts.successes.map(\.account), count: attempts.accounts.count)
        places = FamiliarPlaces(of: Set(bursts.map { $0[0].account }), among: attempts, in: events)
        tokens = events.column(.requestAPITokenID).codes
        self.events = events
        guard bursts.count >= Self.sprayBursts else { return }
        var attackOf: [Int: Int] = [:]
        for (number, attack) in SourceAttacks(events, attempts, limits: SprayLimits()).found.enumerated() {
            for failure in attack.attempts { attackOf[failure.row] = number }
        }
        let parts = bursts.filter { burst in
            attackOf[burst[0].row].map { attack in burst.allSatisfy { attackOf[$0.row] == attack } } ?? false
        }
        for (_, part) in Dictionary(grouping: parts, by: { attackOf[$0[0].row] }) where part.count >= Self.sprayBursts {
            spokenFor.formUnion(part.map { $0[0].row })
        }
    }

    func isPartOfSpray(_ burst: [SignInAttempts.Attempt]) -> Bool { spokenFor.contains(burst[0].row) }

    func key(of burst: [SignInAttempts.Attempt]) -> String { attempts.accounts.key(burst[0].account) }

    /// Why a burst is most likely its owner's own.
    func excuse(for burst: [SignInAttempts.Attempt]) -> String? {
        if burst.allSatisfy({ tokens[$0.row] != 0 }) { return "Every try came with an API token: a script." }
        let start = burst[0].time
        let isOwn = burst.count < 50 && burst.allSatisfy { failure in
            places.verdict(on: failure.row, of: failure.account, before: start) == .familiar
        }
        return isOwn ? "Every try came from where the actor had signed in before." : nil
    }

    /// The actor's first sign-in within an hour after a burst: what would make the burst an intrusion.
    func success(after burst: [SignInAttempts.Attempt]) -> Int? {
        guard let last = burst.last else { return nil }
        let limit = last.time + ticks(3600), account = Int(last.account)
        var low = 0, high = successes.size(of: account)
        while low < high {
            let middle = (low + high) / 2
            let row = attempts.successes[successes.place(middle, of: account)].row
            if events.isOrdered(last.row, before: row) { high = middle } else { low = middle + 1 }
        }
        guard low < successes.size(of: account) else { return nil }
        let success = attempts.successes[successes.place(low, of: account)]
        return success.time <= limit ? success.row : nil
    }
}
