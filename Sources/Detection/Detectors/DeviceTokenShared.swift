public import Events
internal import JSON
internal import Tables

/// One browser's device token used for many users within a day.
///
/// Okta's device token is a cookie: one browser. A shared workstation has one, too; it stands at an address where
/// others work with browsers of their own.
///
/// | evidence | severity |
/// |---|---|
/// | ``users`` users got in | high |
/// | most were refused | medium |
/// | ``slowUsers`` within ``slowWindow``, most of them refused, each from an address of its own | medium |
/// | at an address where as many others use browsers of their own: a shared workstation | low |
public struct DeviceTokenShared: Detector {
    public let id = "device_token_shared"
    public let title = "One browser used for many users"
    public let severity = Severity.high
    /// Valid Accounts: Cloud Accounts.
    public let attack = ["T1078.004"]
    public let needs: [EventField] = [.deviceHash, .actorID]

    /// Users of one device token within ``window``.
    public let users: Int
    /// In seconds.
    public let window: Double
    /// Users who are mostly refused, and each at another address: nobody carries a workstation around for that.
    public let slowUsers: Int
    /// In seconds.
    public let slowWindow: Double

    /// - Parameters:
    ///   - users: At least 2.
    ///   - window: In seconds.
    ///   - slowUsers: At least 2.
    ///   - slowWindow: In seconds.
    public init(users: Int = 5, window: Double = 86_400, slowUsers: Int = 4, slowWindow: Double = 7 * 86_400) {
        self.users = max(2, users)
        self.window = window
        self.slowUsers = max(2, slowUsers)
        self.slowWindow = slowWindow
    }

    public func findings(in events: EventTable) -> [DetectionFinding] {
        let personal = PersonalEvents(events), devices = events.column(.deviceHash)
        let isWide = wideDevices(devices, personal)
        guard isWide.contains(true) else { return [] }
        var rowsOf: [UInt32: [Int]] = [:]
        for row in events.timeOrder where isWide[Int(devices.codes[row])] && personal.contains(row) {
            guard events.time(at: row) != nil else { break }
            rowsOf[devices.codes[row], default: []].append(row)
        }
        let runs = rowsOf.values.flatMap { self.runs($0, personal, events) }
        return runs.sorted { events.isOrdered($0[0], before: $1[0]) }.map { finding($0, personal, in: events) }
    }

    /// By code, whether a token has enough users at all. Counting stops there, so that wide ones cost nothing.
    private func wideDevices(_ devices: StringColumn, _ personal: PersonalEvents) -> [Bool] {
        var isWide = [Bool](repeating: false, count: devices.dictionary.count)
        var counts = [Int](repeating: 0, count: isWide.count), last = [UInt32](repeating: 0, count: isWide.count)
        var seen: Set<UInt64> = []
        for row in devices.codes.indices where devices.codes[row] != 0 {
            let device = Int(devices.codes[row]), actor = personal.actors[row]
            guard !isWide[device], last[device] != actor, personal.contains(row) else { continue }
            last[device] = actor
            guard seen.insert(UInt64(device) << 32 | UInt64(actor)).inserted else { continue }
            counts[device] += 1
            isWide[device] = counts[device] >= min(users, slowUsers)
        }
        return isWide
    }

    /// Events that lie in some window with enough users; windows that overlap are one run.
    private func runs(_ rows: [Int], _ personal: PersonalEvents, _ events: EventTable) -> [[Int]] {
        let times = rows.compactMap { events.time(at: $0)?.ticks }, actors = rows.map { personal.actors[$0] }
        let fast = stretches(times, of: actors, window: ticks(window), threshold: users)
        let slow = stretches(times, of: actors, window: ticks(slowWindow), threshold: slowUsers)
            .filter { isRefusedEverywhere(rows[$0], personal, events) }
        return joined(fast, slow).map { Array(rows[$0]) }
    }

    /// Whether most users got in nowhere, and each was tried from another address.
    private func isRefusedEverywhere(
        _ rows: ArraySlice<Int>, _ personal: PersonalEvents, _ events: EventTable
    ) -> Bool {
        let addresses = events.column(.ipAddress).codes
        let all = Set(rows.map { personal.actors[$0] })
        let entered = Set(rows.filter { !personal.isRefused($0) }.map { personal.actors[$0] })
        return entered.count * 2 < all.count && Set(rows.map { addresses[$0] }).subtracting([0]).count >= all.count
    }

    private func finding(_ rows: [Int], _ personal: PersonalEvents, in events: EventTable) -> DetectionFinding {
        let device = events[rows[0]][.deviceHash] ?? ""
        let all = Set(rows.map { personal.actors[$0] })
        let entered = Set(rows.filter { !personal.isRefused($0) }.map { personal.actors[$0] })
        let neighbours = neighbours(of: rows, personal, in: events)
        let isWorkstation = neighbours >= users
        let names = distinct(rows.map { events[$0].actorLogin })
        return finding(
            "One browser was used for \(all.count) users, of whom \(entered.count) got in.",
            actor: events.actorKey(at: rows[0]) ?? "", name: names.first ?? "", key: device, rows: rows, in: events,
            severity: isWorkstation ? .low : entered.count >= users ? .high : .medium,
            why: [
                "Okta's device token is a cookie of one browser, and \(all.count) users share it.",
                isWorkstation
                    ? "\(neighbours) others work there with browsers of their own: likely a shared workstation."
                    : "Few others are seen at its addresses: it is no shared workstation of an office.",
            ],
            figures: [
                JSONValue.Member("device", .string(device)),
                JSONValue.Member("user_count", .integer(Int64(all.count))),
                JSONValue.Member("entered_count", .integer(Int64(entered.count))),
                JSONValue.Member("users", JSONValue(Array(names.prefix(EvidenceFigures.listLimit)))),
            ])
    }

    /// How many got in at the same addresses with other browsers.
    private func neighbours(of rows: [Int], _ personal: PersonalEvents, in events: EventTable) -> Int {
        let addresses = events.column(.ipAddress).codes, devices = events.column(.deviceHash).codes
        let own = Set(rows.map { addresses[$0] }), device = devices[rows[0]]
        var others: Set<UInt32> = []
        for row in addresses.indices where devices[row] != device && own.contains(addresses[row]) {
            guard addresses[row] != 0, personal.contains(row), !personal.isRefused(row) else { continue }
            others.insert(personal.actors[row])
        }
        return others.count
    }
}
