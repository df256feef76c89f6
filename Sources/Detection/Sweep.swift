public import Events
internal import Tables

/// One run of detectors over events.
public struct Sweep: Sendable {
    /// In order of time, then id: the same for the same events in any order.
    public let findings: [DetectionFinding]
    /// Detectors that had the fields they need.
    public let sighted: [String]
    /// Detectors that had nothing to look at, with the fields that no event has.
    public let blind: [(detector: String, missing: [EventField])]

    /// Runs the detectors. Linear in the events for each.
    ///
    /// - Throws: `CancellationError` between detectors when the task is cancelled.
    public init(_ events: EventTable, with detectors: [any Detector] = Detectors.all) throws {
        var findings: [DetectionFinding] = [], sighted: [String] = [], blind: [(String, [EventField])] = []
        for detector in detectors {
            try Task.checkCancellation()
            let missing = detector.missing(in: events)
            guard missing.isEmpty else {
                blind.append((detector.id, missing))
                continue
            }
            sighted.append(detector.id)
            findings += detector.findings(in: events)
        }
        self.findings = findings.sorted { left, right in
            (left.createdAt?.ticks ?? .max, left.id) < (right.createdAt?.ticks ?? .max, right.id)
        }
        self.sighted = sighted
        self.blind = blind
    }
}
