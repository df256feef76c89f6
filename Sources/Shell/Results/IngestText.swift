import Connectors
import Diagnostics
import Events
import Investigation
import Tables

/// What `ingest` did, for people.
struct IngestText {
    let outcome: IngestOutcome

    init(_ outcome: IngestOutcome) { self.outcome = outcome }

    /// How many problems are shown in full.
    private static let shownProblems = 5
    /// How many fields that the shape cannot supply are named.
    private static let shownFields = 6

    func lines(on screen: Screen) -> [String] {
        let report = outcome.report
        let head = [counted(report.accepted, "event"), counted(report.actors, "actor"), timeSpan(report.first, report.last)]
            .compactMap { $0 }.joined(separator: ", ")
        let account = [
            counted(outcome.files.count, "file"), "\(report.rejected.grouped) rejected",
            counted(report.duplicates, "duplicate"),
            report.window == nil ? nil : "\(report.outsideWindow.grouped) outside the window",
            Duration.seconds(outcome.seconds).brief,
        ].compactMap { $0 }.joined(separator: " · ")
        return (wrap(head, width: screen.width, indent: 2) + wrap(account, width: screen.width, indent: 2).map { screen.paint($0, .dim) })
            + (outcome.fetch.map { wrap(FetchText.account($0), width: screen.width, indent: 2) } ?? [])
            + wrap(clock, width: screen.width, indent: 2)
            + warnings.flatMap { wrap($0, width: screen.width, indent: 2) }.map { screen.paint($0, .warning) }
    }

    private var clock: String { "clock: \(outcome.clock.time.spaced), \(outcome.clock.origin.rawValue)" }

    /// What the shape cannot supply: a few names, and how many.
    private func missing(_ fields: [String]) -> [String] {
        guard !fields.isEmpty else { return [] }
        let rest = fields.count - Self.shownFields
        return ["not in this shape: " + fields.prefix(Self.shownFields).joined(separator: ", ")
            + (rest > 0 ? " and \(rest) more; `--format json` lists them" : "")]
    }

    /// What the user should not miss: the window, problems, and what the shape cannot supply.
    var warnings: [String] {
        var lines = losses + missing(outcome.report.missingFields)
        if outcome.events > 0, !outcome.blind.isEmpty {
            let names = outcome.blind.map(\.detector).joined(separator: ", ")
            lines.append("blind for want of fields: \(names); `doctor` says which")
        }
        return lines
    }

    /// The window, and what could not be read.
    var losses: [String] {
        let report = outcome.report
        var lines: [String] = []
        if let window = report.window {
            // With files alone, and no --now, the window counts back from their newest event, also when it is outside.
            let origin = outcome.clock.origin == .option ? "--now" : "the newest event"
            lines.append("window: \(window.since?.spaced ?? "the beginning") – \(window.until?.spaced ?? "the end")"
                + (outcome.countsBack ? ", counted back from \(origin)" : ""))
            if report.accepted == 0, report.outsideWindow > 0, let available = report.available {
                lines.append("no event lies in the window; the events are from \(available.lowerBound.spaced) to \(available.upperBound.spaced)")
            }
        }
        lines += report.problems.prefix(Self.shownProblems)
            .map { "rejected \($0.file.visible):\($0.line) (byte \($0.byte.grouped)): it \($0.message.visible)" }
        let rest = report.rejected - min(report.rejected, Self.shownProblems)
        if rest > 0 { lines.append("and \(rest.grouped) more; `--format json` lists the first hundred") }
        lines += (outcome.fetch?.problems ?? []).prefix(Self.shownProblems).map { "skipped: \($0.problem)" }
        if report.rejected > 0, report.accepted > 0 { lines.append("the rest is in; nothing else was lost") }
        return lines
    }
}
