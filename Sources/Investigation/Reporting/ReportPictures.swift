internal import Diagnostics
internal import Events
internal import JSON
internal import Tables

/// The numbers of a report's pictures.
public struct ReportPictures: Sendable {
    /// Events over time; `nil` where none has a time.
    public let events: TimeSeries?
    /// Of the same stretches, the events that belong to findings.
    public let found: TimeSeries?
    /// Failed events by actor; the most first.
    public let failures: PlotOutcome?
    /// Events by country; the most first.
    public let countries: PlotOutcome?

    /// Bars of a picture.
    private static let barLimit = 10
    /// In hours; beyond it stretches are as long as the time asks for.
    private static let hourLimit = 14.0 * 24

    /// Counts what the pictures show. Linear in the events.
    init(_ state: SessionState) throws(Diagnostic) {
        let rows = Array(state.events.timeOrder)
        let hours = state.events.last.flatMap { last in state.events.first.map { last.seconds(since: $0) / 3600 } }
        let unit: TimeUnit? = (hours ?? 0) <= Self.hourLimit ? .hour : nil
        events = try TimeSeries(rows, in: state.events, by: unit)
        let marked = state.findingMarks().keys.sorted { state.events.isOrdered($0, before: $1) }
        let period = state.events.first.flatMap { first in state.events.last.map { (first: first, last: $0) } }
        found = try TimeSeries(marked, in: state.events, by: unit, over: period)
        failures = try Self.bars("failures", state)
        countries = try Self.bars("countries", state)
    }

    /// `nil` where there is nothing to draw.
    private static func bars(_ what: String, _ state: SessionState) throws(Diagnostic) -> PlotOutcome? {
        guard let now = state.events.last ?? state.events.first else { return nil }
        let request = try PlotRequest(what: what, filter: EventFilter(limit: barLimit))
        let outcome = try state.plot(request, now: now)
        guard case .bars(let bars, _) = outcome.figures, !bars.isEmpty else { return nil }
        return outcome
    }
}

extension ReportPictures {
    var json: JSONValue {
        [
            "events": events?.json ?? .null, "events_in_findings": found?.json ?? .null,
            "failures": failures?.json ?? .null, "countries": countries?.json ?? .null,
        ]
    }
}
