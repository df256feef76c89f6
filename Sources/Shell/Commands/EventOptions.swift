import ArgumentParser
import Diagnostics
import Events
import Investigation

/// Which stretch of the events a command prints, and how much of it.
struct StretchOptions: ParsableArguments, Sendable {
    @Option(help: ArgumentHelp("Events from this time on.", valueName: "t")) var since: String?
    @Option(help: ArgumentHelp("Events up to this time.", valueName: "t")) var until: String?
    @Option(help: ArgumentHelp("At most so many events, lines or bars.", valueName: "n")) var limit: Int?

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit needs a number of 1 or more.") }
        try checked { () throws(Diagnostic) in _ = try TimeWindowRequest(since: since, until: until) }
    }
}

/// Which events a command is about.
struct EventOptions: ParsableArguments, Sendable {
    @Option(help: ArgumentHelp("Events of this actor: id, login or display name.", valueName: "name")) var actor:
        String?
    @Option(help: ArgumentHelp("Events from this address.", valueName: "address")) var ip: String?
    @Option(help: ArgumentHelp("Events of this type; `*` stands for any text.", valueName: "event type")) var type:
        String?

    /// The filter of these options; without `--limit` one of `limit`.
    func filter(_ stretch: StretchOptions, limit: Int = EventFilter.defaultLimit) -> EventFilter {
        EventFilter(
            actor: actor, ipAddress: ip, eventType: type, since: stretch.since, until: stretch.until,
            limit: stretch.limit ?? limit)
    }
}
