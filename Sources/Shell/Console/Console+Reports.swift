import Detection
import Diagnostics
import Events
import Foundation
import Investigation
import JSON
import Tables

// Commands about the program itself and about saved sessions.
extension Console {
    func printer(_ options: GlobalOptions) -> RecordPrinter {
        RecordPrinter(format: format(of: options) ?? .jsonl, screen: launch.screen())
    }

    func listSessions(options: GlobalOptions) {
        let entries = SessionFolder(path: launch.locations.sessions).entries()
        let table = TextTable(
            columns: [
                .init("#", alignment: .right), .init("session"), .init("began (UTC)", priority: 2),
                .init("commands", alignment: .right), .init("records", alignment: .right, priority: 3),
                .init("chain", canShrink: true),
            ],
            rows: entries.enumerated().map { index, entry in
                [
                    .init("\(index + 1)", .dim), .init(entry.name), .init(entry.began ?? "–"), .init("\(entry.commands)"),
                    .init("\(entry.records)"), .init(entry.chain, entry.chain == "whole" ? .good : .error),
                ]
            })
        StandardStreams.result(printer(options).rows(entries.map(\.json), table: table))
        if entries.isEmpty { notice("no saved sessions in \(launch.locations.sessions)", options: options) }
        list(entries.map(\.name))
    }

    func replay(_ path: String, verify: Bool, options: GlobalOptions) async throws {
        let name = try resolved([path])[0]
        let saved = try SavedSession(path: SessionFolder(path: launch.locations.sessions).file(of: name))
        for problem in saved.problems { notice(problem.problem, options: options) }
        guard verify else { return show(saved, options: options) }
        let launch = launch
        let report = try await Replay(saved).verify { launch.analyst($0) }
        StandardStreams.result(printer(options).value(report.json, lines: Self.lines(of: report, on: launch.screen())))
    }

    private static func lines(of report: Replay.Report, on screen: Screen) -> [String] {
        var lines = [
            "  " + screen.paint("verified", .good) + ": \(counted(report.compared, "command")) done again, every result the same",
            "  chain head \(report.head)",
        ]
        lines += report.skipped.map { "  not compared: \($0.visible)" }
        if !report.isComplete { lines.append("  the session was not closed: hold the chain head against the one in the ticket") }
        return lines
    }

    private func show(_ saved: SavedSession, options: GlobalOptions) {
        let format = format(of: options) ?? .jsonl
        guard format == .table else {
            return StandardStreams.result(RecordPrinter(format: format, screen: launch.screen())
                .rows(saved.records, table: TextTable(columns: [])))
        }
        if let fault = saved.chainFault { notice(fault, options: options) }
        let screen = launch.screen()
        for record in saved.records {
            for line in TranscriptText(record: record, screen: screen).lines { StandardStreams.result(line + "\n") }
        }
    }

    func listSettings(options: GlobalOptions) {
        let settings = launch.configuration.all.map { ($0.name, $0.setting?.shown, $0.setting?.origin) } + modelSettings
        let records = settings.map { name, value, origin -> JSONValue in
            ["name": .string(name), "value": JSONValue(value), "origin": JSONValue(origin)]
        }
        let table = TextTable(
            columns: [.init("setting"), .init("value", canShrink: true), .init("from", priority: 2, canShrink: true)],
            rows: settings.map { name, value, origin in
                [.init(name), value.map { .init($0) } ?? .init("not set", .dim), .init(origin ?? "–", .dim)]
            })
        StandardStreams.result(printer(options).rows(records, table: table))
        for problem in launch.configuration.problems { StandardStreams.notice(problem.rendered + "\n") }
    }

    func printHistory(_ text: String?, options: GlobalOptions) {
        let entries = launch.history.search(text ?? "")
        let table = TextTable(
            columns: [.init("when (UTC)"), .init("line", canShrink: true)],
            rows: entries.map { [.init($0.at?.spaced ?? "–", .dim), .init($0.line)] })
        let records = entries.map { entry -> JSONValue in
            ["ts": JSONValue(entry.at?.description), "line": .string(entry.line)]
        }
        StandardStreams.result(printer(options).rows(records, table: table))
    }
}

// MARK: Doctor

extension Console {
    /// Checks what the program stands on. Opens no socket.
    func examine(options: GlobalOptions) async throws {
        var checks = [
            folder("data folder", launch.locations.data), folder("session folder", launch.locations.sessions),
            folder("configuration", launch.configuration.folder), try modelCheck, terminalCheck,
        ]
        checks += serviceChecks
        checks += launch.configuration.problems.map { ("configuration", false, $0.problem + ". " + $0.remedy) }
        let (events, report) = try await events(of: options)
        if let report {
            let rejected = report.rejected > 0 ? ", \(report.rejected.grouped) rejected" : ""
            let shapes = report.formats.isEmpty ? "" : "; shapes: \(report.formats.joined(separator: ", "))"
            checks.append(("input", report.rejected == 0, "\(counted(events.count, "event"))\(rejected)\(shapes)"))
        }
        for detector in Detectors.all {
            let missing = detector.missing(in: events).map(\.rawValue)
            let text = events.isEmpty
                ? "no events yet" : missing.isEmpty ? "can see" : "blind: no event has \(missing.joined(separator: ", "))"
            checks.append(("detector \(detector.id)", missing.isEmpty || events.isEmpty, text))
        }
        let table = TextTable(
            columns: [.init("what"), .init("", priority: 2), .init("found", canShrink: true)],
            rows: checks.map { [.init($0.0), $0.1 ? .init("ok", .good) : .init("look", .warning), .init($0.2)] })
        let records = checks.map { check -> JSONValue in
            ["check": .string(check.0), "ok": .bool(check.1), "found": .string(check.2)]
        }
        StandardStreams.result(printer(options).rows(records, table: table))
    }

    /// The session's events, or those of `--input`, which are looked at and not kept.
    private func events(of options: GlobalOptions) async throws -> (EventTable, IngestReport?) {
        guard !options.input.isEmpty else { return (await state.events, nil) }
        var sources: [RawBytes] = []
        for path in options.input {
            if path == "-" {
                sources.append(RawBytes(name: path, bytes: StandardStreams.input()))
            } else {
                for file in try InputFiles.expand(path).files { sources.append(try RawBytes.open(path: file)) }
            }
        }
        return try await EventReader().read(sources, into: EventTable(), window: TimeWindowRequest(), now: nil)
    }

    private func folder(_ name: String, _ path: String) -> (String, Bool, String) {
        let files = FileManager.default
        guard files.fileExists(atPath: path) else { return (name, true, "\(path) (made when it is needed)") }
        let isWritable = files.isWritableFile(atPath: path)
        return (name, isWritable, path + (isWritable ? "" : " cannot be written"))
    }

    private var modelCheck: (String, Bool, String) {
        get throws {
            guard try launch.model() != nil else { return ("analyst", true, "built-in; LLM_BASE_URL is not set or --offline") }
            return ("analyst", true, "\(launch.configuration["LLM_MODEL"] ?? "") at \(launch.configuration["LLM_BASE_URL"] ?? "")")
        }
    }

    private var terminalCheck: (String, Bool, String) {
        let terminal = launch.terminal
        return (
            "terminal", true,
            "\(terminal.width) columns, colour \(terminal.usesColor(on: .output) ? "on" : "off"), TERM \(launch.environment["TERM"] ?? "not set")"
        )
    }
}
