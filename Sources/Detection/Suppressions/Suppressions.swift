public import Diagnostics
public import Events
public import JSON
public import Tables

/// The suppressions there are, in the order in which they were made.
public struct Suppressions: Sendable {
    /// The last record of each id; those that were taken back too.
    public private(set) var records: [Suppression] = []
    /// The lines that are no suppression, each with its file and line. They count for nothing.
    public private(set) var problems: [Diagnostic] = []
    private var places: [ByteText: Int] = [:]

    /// None.
    public init() {}

    /// Reads JSON Lines. A line that cannot be read is a problem, and does not stop its neighbours.
    ///
    /// - Parameter file: What to call it in problems.
    public init(jsonLines bytes: some Collection<UInt8>, file: String) {
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() where line.contains(where: { $0 > 0x20 }) {
            do throws(Diagnostic) {
                put(try Suppression(json: JSONValue(parsing: Array(line))))
            } catch {
                problems.append(Diagnostic(
                    "a line is not a suppression: \(error.problem)", remedy: error.remedy,
                    at: Place(file: file, line: index + 1)))
            }
        }
    }

    /// Adds a suppression, in the place of the one with its id where there is one.
    public mutating func put(_ suppression: Suppression) {
        if let place = places[ByteText(suppression.id)] {
            records[place] = suppression
        } else {
            places[ByteText(suppression.id)] = records.count
            records.append(suppression)
        }
    }

    /// Adds what another list has; its records and problems come later.
    public mutating func add(_ others: Suppressions) {
        for record in others.records { put(record) }
        problems += others.problems
    }

    /// Those that were not taken back; some may have run out.
    public var kept: [Suppression] { records.filter { $0.removedAt == nil } }

    /// Those that count when the clock shows `now`.
    public func inForce(at now: Timestamp) -> [Suppression] { kept.filter { !$0.isExpired(at: now) } }

    /// Those that have run out when the clock shows `now`.
    public func expired(at now: Timestamp) -> [Suppression] { kept.filter { $0.isExpired(at: now) } }

    /// The findings, each marked with the first suppression in force that covers it, and with no other mark.
    ///
    /// Cost: the findings times the suppressions, and once the events of those findings that a suppression with an
    /// address, a network or an application asks about.
    public func marked(_ findings: [DetectionFinding], in events: EventTable, at now: Timestamp) -> [DetectionFinding] {
        let inForce = inForce(at: now)
        return findings.map { finding in
            var origin = FindingOrigin(of: finding, in: events)
            var marked = finding
            marked.suppression = inForce.first { origin.lies(in: $0.scope) }?.mark
            return marked
        }
    }
}

extension SuppressionScope {
    /// Whether it covers a finding of these events.
    public func covers(_ finding: DetectionFinding, in events: EventTable) -> Bool {
        var origin = FindingOrigin(of: finding, in: events)
        return origin.lies(in: self)
    }
}

extension DetectionFinding {
    /// Whether somebody has decided not to be told of it. It is kept, and becomes no incident.
    public var isSuppressed: Bool { suppression != nil }

    /// `id`, `owner`, `reason`, `ticket` and `expires` of the suppression that covers it.
    public internal(set) var suppression: JSONValue? {
        get {
            guard let mark = metadata["suppressed"], mark.members != nil else { return nil }
            return mark
        }
        set { metadata = newValue.map { metadata.setting("suppressed", to: $0) } ?? metadata.removing("suppressed") }
    }
}
