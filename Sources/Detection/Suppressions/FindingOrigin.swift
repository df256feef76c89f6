internal import Events
internal import JSON
internal import Tables

/// Whom a finding is about and where its events came from: what suppressions ask. Each is read when first asked for.
struct FindingOrigin {
    private let finding: DetectionFinding
    private let events: EventTable

    init(of finding: DetectionFinding, in events: EventTable) {
        self.finding = finding
        self.events = events
    }

    /// The rows of all its events; `nil` where some are not loaded, or the finding counts more than it names.
    private lazy var rows: [Int]? = {
        let rows = finding.oktaEventIDs.compactMap { events.row(ofID: $0) }
        // A finding names its first events; these figures say how many there are.
        let counts = ["count", "failure_count"].compactMap { finding.metadata[$0]?.integer }
        let isWhole = finding.metadata["more_events"] == nil && counts.allSatisfy { $0 <= rows.count }
        return isWhole && rows.count == finding.oktaEventIDs.count ? rows : nil
    }()

    /// The addresses of its events; `nil` where one is not known.
    private lazy var addresses: Set<ByteText>? = {
        guard let rows else { return listed("ips") { $0.string.map(ByteText.init) } }
        let known = rows.compactMap { events[$0].ipAddress.map(ByteText.init) }
        return known.count == rows.count ? Set(known) : nil
    }()

    /// The numbers of the autonomous systems of its events; `nil` where one is not known.
    private lazy var networks: Set<Int64>? = {
        guard let rows else { return listed("asns", \.integer) }
        let known = rows.compactMap { EventPlace($0, in: events).network }
        return known.count == rows.count ? Set(known) : nil
    }()

    /// The names of each application among its events' targets; `nil` where events are missing.
    private lazy var applications: [Set<ByteText>]? = rows.map { rows in
        rows.flatMap { events[$0].value(at: "target")?.array ?? [] }
            .filter { $0["type"]?.string == "AppInstance" }.map(Self.names)
    }

    /// The names of the one account it is about; none where it is about several.
    private lazy var actor: Set<ByteText> = {
        let data = finding.metadata, named = Int64(data["users"]?.array?.count ?? 0)
        guard max(data["user_count"]?.integer ?? 0, named) <= 1, !isOfSeveralActors else { return [] }
        let seen = finding.oktaEventIDs.compactMap { events.row(ofID: $0) }.map { names(at: $0) }
        let known = [finding.userID, data["actor"]?.string ?? ""].filter { !$0.isEmpty }
        return seen.reduce(into: Set(known.map { ByteText.folded($0) })) { $0.formUnion($1) }
    }()

    /// Whether a rule gave it and its events have several actors: such a finding says of one alone whom it is about.
    private lazy var isOfSeveralActors: Bool = {
        guard finding.metadata["level"] != nil else { return false }
        guard let rows else { return true }
        return Set(rows.compactMap { events.actorKey(at: $0) }.map(ByteText.init)).count > 1
    }()

    /// The figure of a finding that does not name all its events. A list that is not at its limit has them all.
    private func listed<Element: Hashable>(_ figure: String, _ read: (JSONValue) -> Element?) -> Set<Element>? {
        // Only with `more_events` the lists were made of all events, and not of those that are named.
        guard finding.metadata["more_events"] != nil, let values = finding.metadata[figure]?.array,
            values.count < EvidenceFigures.listLimit
        else { return nil }
        let known = values.compactMap(read)
        return known.count == values.count ? Set(known) : nil
    }

    /// What the account is called in one event, where it acts or is acted upon.
    private func names(at row: Int) -> Set<ByteText> {
        let event = events[row], account = ByteText(finding.userID)
        var names: [String?] = []
        if let key = events.actorKey(at: row), ByteText(key) == account {
            names += [event.actorID, event[.actorAlternateID], event.actorName]
        }
        if let target = event.targetID, ByteText(target) == account {
            names += [event[.targetAlternateID], event[.targetDisplayName]]
        }
        return Set(names.compactMap { $0 }.filter { $0 != "unknown" }.map { ByteText.folded($0) })
    }

    private static func names(_ target: JSONValue) -> Set<ByteText> {
        Set(["id", "alternateId", "displayName"].compactMap { target[$0]?.string }.map { ByteText.folded($0) })
    }
}

extension FindingOrigin {
    /// Whether all parts of a scope fit; those that need no event are tried first.
    mutating func lies(in scope: SuppressionScope) -> Bool {
        if let rule = scope.rule.map(ByteText.init) {
            let own = [finding.findingType, finding.metadata["rule_id"]?.string].compactMap { $0 }
            guard own.contains(where: { ByteText($0) == rule }) else { return false }
        }
        if let name = scope.actor, !actor.contains(ByteText.folded(name)) { return false }
        if let network = scope.network, !all(addresses, { network.contains($0.text) }) { return false }
        if let asn = scope.asn, !all(networks, { $0 == asn }) { return false }
        if let app = scope.app.map({ ByteText.folded($0) }), !all(applications, { $0.contains(app) }) { return false }
        return true
    }

    /// Whether there are values, all are known, and each passes.
    private func all<Values: Collection>(_ values: Values?, _ passes: (Values.Element) -> Bool) -> Bool {
        values.map { !$0.isEmpty && $0.allSatisfy(passes) } ?? false
    }
}
