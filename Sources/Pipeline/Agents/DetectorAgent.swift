internal import Detection
internal import Events

/// Looks through the events with every detector.
struct DetectorAgent: Sendable {
    static let profile = AgentProfile(
        name: "detector_agent",
        description: "Runs every detector over the loaded events and returns findings with the events that prove them.",
        consumes: ["events"], produces: ["findings"], phase: .ingest, criticality: .required)

    let detectors: [any Detector]

    init(detectors: [any Detector] = Detectors.all) { self.detectors = detectors }

    /// One sweep. Throws `CancellationError` when the task is cancelled.
    func run(_ events: EventTable) async throws -> Sweep { try await Sweep(events, with: detectors) }
}
