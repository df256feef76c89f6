import Diagnostics
import Events
import Investigation
import Tables

/// Events as `show events` lists them.
struct EventListing {
    let outcome: EventsOutcome
    let screen: Screen

    var lines: [String] {
        guard !outcome.events.isEmpty else {
            return wrap(outcome.loaded == 0 ? "no events are loaded" : "none of \(counted(outcome.loaded, "event")) fits",
                        width: screen.width, indent: 2)
        }
        return render(table, on: screen)
            + wrap("\(outcome.events.count.grouped) of \(counted(outcome.matching, "event")), by time\(more)", width: screen.width, indent: 2)
    }

    private var more: String { outcome.matching > outcome.events.count ? "; `--limit` shows more" : "" }

    private var table: TextTable {
        let times = ListedTimes(outcome.events.compactMap(\.published))
        return TextTable(
            columns: [
                .init("#", alignment: .right), .init("when (UTC)"), .init("actor", canShrink: true), .init("event", canShrink: true),
                .init("outcome", priority: 2), .init("address", priority: 3), .init("place", priority: 4, canShrink: true),
            ],
            rows: outcome.events.enumerated().map { index, event in
                let place = [event.city, event.country].compactMap { $0 }.joined(separator: ", ")
                return [
                    .init("\(index + 1)", .dim), .init(times.text(event.published)), .init(event.actorLogin ?? "–", .bold),
                    .init(event.eventType ?? "–"), .init(event.outcome ?? "–", .outcome(event.outcome)),
                    .init(event.ipAddress ?? "–"), .init(place),
                ]
            })
    }
}

extension Style {
    /// What an event's outcome means.
    static func outcome(_ outcome: String?) -> Style { ["FAILURE", "DENY"].contains(outcome) ? .warning : .plain }
}
