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
        TextTable(
            columns: [
                .init("#", alignment: .right), .init("when (UTC)"), .init("actor", canShrink: true), .init("event", canShrink: true),
                .init("outcome", priority: 2), .init("address", priority: 3), .init("place", priority: 4, canShrink: true),
            ],
            rows: outcome.events.enumerated().map { index, event in
                let place = [event.city, event.country].compactMap { $0 }.joined(separator: ", ")
                return [
                    .init("\(index + 1)", .dim), .init(when(event.published)), .init(event.actorLogin ?? "–", .bold),
                    .init(event.eventType ?? "–"), .init(event.outcome ?? "–", style(of: event.outcome)),
                    .init(event.ipAddress ?? "–"), .init(place),
                ]
            })
    }

    /// `11-12 18:00:00`, with the year where the events are not all of one.
    private func when(_ time: Timestamp?) -> String {
        time.map { String($0.spaced.dropFirst(isOneYear ? 5 : 0).dropLast()) } ?? "–"
    }

    private var isOneYear: Bool { Set(outcome.events.compactMap { $0.published?.date.prefix(4) }).count < 2 }

    private func style(of outcome: String?) -> Style {
        ["FAILURE", "DENY"].contains(outcome) ? .warning : .plain
    }
}
