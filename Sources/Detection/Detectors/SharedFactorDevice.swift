public import Events
internal import JSON
internal import Tables

/// One phone or device enrolled by several users.
///
/// The phone or device is told by its id among the event's targets, or by the event's device. Reads the raw events of
/// enrolments.
///
/// | evidence | severity |
/// |---|---|
/// | ``users`` users within ``window`` | medium |
/// | twice as many, or users of whom one then acts with power | high |
/// | fewer: a person with two accounts | silent |
public struct SharedFactorDevice: Detector {
    public let id = "shared_factor_device"
    public let title = "One phone or device enrolled by several users"
    public let severity = Severity.medium
    /// Modify Authentication Process: Multi-Factor Authentication; Account Manipulation: Device Registration.
    public let attack = ["T1556.006", "T1098.005"]
    public let needs: [EventField] = [.eventType, .actorID]

    /// Users who enrol the same phone or device within ``window``.
    public let users: Int
    /// In seconds.
    public let window: Double

    /// - Parameters:
    ///   - users: At least 2.
    ///   - window: In seconds.
    public init(users: Int = 3, window: Double = 30 * 86_400) {
        self.users = max(2, users)
        self.window = window
    }

    static let enrolmentTypes = [
        "user.mfa.factor.activate", "user.mfa.factor.update", "device.enrollment.create", "device.user.add",
    ]

    private struct Enrolment {
        let row: Int
        let user: ByteText
    }

    public func findings(in events: EventTable) -> [DetectionFinding] {
        let enrolments = enrolments(in: events)
        var found: [(rows: [Int], finding: DetectionFinding)] = []
        for (device, list) in enrolments where list.count >= users {
            for run in runs(list, in: events) {
                found.append((run.map(\.row), finding(device.text, run, in: events)))
            }
        }
        return found.sorted { events.isOrdered($0.rows[0], before: $1.rows[0]) }.map(\.finding)
    }

    /// By phone or device, in time order.
    private func enrolments(in events: EventTable) -> [ByteText: [Enrolment]] {
        let types = events.column(.eventType), outcomes = events.column(.outcomeResult)
        let isEnrolment = types.marks(Self.enrolmentTypes)
        let isRefused = outcomes.marks(["FAILURE", "DENY"])
        guard isEnrolment.contains(true) else { return [:] }
        var found: [ByteText: [Enrolment]] = [:]
        for row in events.timeOrder where isEnrolment[Int(types.codes[row])] && !isRefused[Int(outcomes.codes[row])] {
            let targets = events[row].value(at: "target")?.array ?? []
            let user = targets.first { $0["type"]?.string == "User" }?["id"]?.string ?? events.actorKey(at: row)
            guard let user, events.time(at: row) != nil else { continue }
            let named = targets.filter { ["MobilePhone", "Phone", "Device"].contains($0["type"]?.string ?? "") }
            let device = named.first.flatMap { $0["id"]?.string } ?? events[row][.deviceID]
            guard let device, device != "unknown" else { continue }
            found[ByteText(device), default: []].append(Enrolment(row: row, user: ByteText(user)))
        }
        return found
    }

    /// Enrolments that lie in some window with enough users; windows that overlap are one run.
    private func runs(_ list: [Enrolment], in events: EventTable) -> [[Enrolment]] {
        let times = list.compactMap { events.time(at: $0.row)?.ticks }
        return stretches(times, of: list.map(\.user), window: ticks(window), threshold: users).map { Array(list[$0]) }
    }

    private func finding(_ device: String, _ run: [Enrolment], in events: EventTable) -> DetectionFinding {
        let names = distinct(run.map(\.user.text)), sensitive = SensitiveActs(events)
        let acts = names.flatMap { name in
            let rows = events.rowsOfActor(name)
            let start = events.time(at: run[0].row).map { rows.position(of: $0, in: events) } ?? rows.endIndex
            return sensitive.among(rows[start...].prefix(1000).map { $0 }).prefix(1)
        }
        let actor = run[0].user.text, last = run[run.count - 1].user.text
        return finding(
            "One device, \(device), was enrolled by \(names.count) users.", actor: actor,
            name: events[run[0].row].actorLogin ?? actor, key: device, rows: run.map(\.row) + acts, in: events,
            severity: names.count >= 2 * users || !acts.isEmpty ? .high : .medium,
            why: [
                "Who holds the device can answer for all of its \(names.count) users.",
                acts.isEmpty ? "None of them did what gives power." : "One of them then did what gives power.",
                "Benign where the device is a shared one, at a counter or in a ward.",
            ],
            figures: [
                JSONValue.Member("device", .string(device)),
                JSONValue.Member("user_count", .integer(Int64(names.count))),
                JSONValue.Member("users", JSONValue(Array(names.prefix(EvidenceFigures.listLimit)))),
                JSONValue.Member("last_user", .string(last)),
            ])
    }
}
