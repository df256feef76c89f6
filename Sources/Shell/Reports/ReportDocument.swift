import Diagnostics
import Foundation
import Investigation
import JSON
import Tables

/// What a report says, in order: the same for every format that people read.
struct ReportDocument {
    let report: SessionReport

    /// Files that are listed.
    private static let inputLimit = 12

    var title: ReportText { ReportText(.plain("Watchfloor report: session "), .plain(report.head.session)) }

    var blocks: [ReportBlock] {
        head + summary + ReportIncidents(report: report).overview + pictures + ReportIncidents(report: report).details
            + ReportRecords(report: report).blocks + foot
    }

    // MARK: Head

    private var head: [ReportBlock] {
        [.facts(about + events + transcript)] + (report.reading.inputs.isEmpty ? [] : [.table(inputs)])
    }

    private var about: [(name: String, value: ReportText)] {
        let head = report.head
        let clock = head.clock.origin == .option ? "set by --now" : "by \(head.clock.origin.rawValue)"
        let analyst = head.asksModel ? "model \(head.analyst); code has the last word" : head.analyst
        return [
            ("Made", ReportText("\(head.madeAt.spaced) (UTC), by watchfloor \(head.version)")),
            ("Analyst", ReportText(analyst)),
            ("Clock", ReportText("\(head.clock.time.spaced), \(clock)")),
        ]
    }

    private var events: [(name: String, value: ReportText)] {
        let reading = report.reading, counts = reading.counts
        let span = timeSpan(reading.first, reading.last).map { ", \($0)" } ?? ""
        let loaded = "\(counted(reading.events, "event")) of \(counted(reading.actors, "actor"))\(span)"
        let read = "\(counts.read.grouped) read: \(counts.accepted.grouped) taken, "
            + "\(counts.duplicates.grouped) seen before, \(counts.rejected.grouped) rejected, "
            + "\(counts.outsideWindow.grouped) outside the window"
        let tables = reading.tables.isEmpty ? [] : [("Tables", ReportText.ids(reading.tables, limit: 20))]
        return [("Events", ReportText(loaded)), ("Input", ReportText(read))] + tables
    }

    private var transcript: [(name: String, value: ReportText)] {
        guard let transcript = report.head.transcript else {
            return [("Transcript", "none: this session leaves no trace")]
        }
        let state = transcript.fault.map { "not whole: \($0)" } ?? "whole"
        let began = transcript.began.map { ", begun \($0.spaced)" } ?? ""
        return [
            ("Transcript", ReportText("\(counted(transcript.records, "record"))\(began); the chain is \(state)")),
            ("Chain head", ReportText(.code(transcript.chainHead))),
            (
                "To verify",
                ReportText(
                    .code("watchfloor replay \(Self.quoted(transcript.path)) --verify"),
                    .quiet(" does every command again and compares; line \(transcript.records.grouped) of the file "
                        + "ends with the chain head, whatever was written after it"))
            ),
        ]
    }

    /// A path as one word of a shell line.
    private static func quoted(_ path: String) -> String {
        let isPlain = path.utf8.allSatisfy { byte in
            byte < 0x80 && (Character(Unicode.Scalar(byte)).isLetter || Character(Unicode.Scalar(byte)).isNumber)
                || "/._-".utf8.contains(byte)
        }
        return isPlain ? path : "'" + path.replacing("'", with: #"'\''"#) + "'"
    }

    private var inputs: ReportTable {
        let shown = report.reading.inputs.prefix(Self.inputLimit)
        let rows = shown.map { input -> [ReportText] in
            [
                ReportText(.code(input.name)), ReportText(input.use.rawValue), ReportText(scaled(input.size, "B")),
                input.sha256.map { ReportText(.code($0)) } ?? "could not be read",
                ReportText(input.change == nil ? "as it was" : "changed or gone"),
            ]
        }
        return ReportTable(
            "Files that were read",
            [.init(name: "File"), .init(name: "As"), .init(name: "Size", isNumber: true), .init(name: "SHA-256"),
             .init(name: "Now")],
            rows, more: report.reading.inputs.count - shown.count)
    }

    // MARK: Summary and pictures

    private var summary: [ReportBlock] {
        [.heading(2, "Summary"), .paragraph(ReportText(report.summary.joined(separator: " ")))]
            + (report.gaps.isEmpty ? [] : [.caution("Not done, and not seen", report.gaps.map { ReportText($0) })])
    }

    private var pictures: [ReportBlock] {
        let pictures = report.pictures
        var blocks: [ReportBlock] = []
        if let events = pictures.events, let found = pictures.found {
            blocks.append(.columns(ReportColumns(events: events, found: found)))
        }
        let bars = [
            pictures.failures.flatMap { Self.bars($0, "Failed events by actor", "actor") },
            pictures.countries.flatMap { Self.bars($0, "Events by country", "country") },
        ]
        blocks += bars.compactMap { $0.map { ReportBlock.bars($0) } }
        return blocks.isEmpty ? [] : [.heading(2, "The log")] + blocks
    }

    private static func bars(_ outcome: PlotOutcome, _ title: String, _ value: String) -> ReportBars? {
        guard case .bars(let bars, let distinct) = outcome.figures else { return nil }
        return ReportBars(
            title: title, valueName: value, bars: bars.map { ($0.value, $0.count) }, more: distinct - bars.count)
    }

    // MARK: Foot

    private var foot: [ReportBlock] {
        [
            .paragraph(
                ReportText(
                    .quiet("All times are UTC. Code makes severities, scores and incidents; a model can raise them and "
                        + "never lower them. ATT&CK ids are those of MITRE ATT&CK v18.1.")))
        ]
    }
}
