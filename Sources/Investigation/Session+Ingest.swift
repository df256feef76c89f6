internal import Detection
internal import Diagnostics
internal import Digests
internal import Events
internal import Foundation
internal import JSON

// Reading inputs into the session, and reading them again for a replay or a resumed session.
extension Session {
    /// Reads what a request names. Interrupted on the way it keeps what was read; the report says up to where.
    func ingest(_ request: Operation.IngestRequest, watch: Watch) async throws -> IngestOutcome {
        let began = ContinuousClock.now
        let inputs = try inputs(of: request)
        async let digests = Self.digests(of: inputs.map(\.source))
        let (report, window) = try await read(inputs, request, progress: watch.onIngest)
        for (input, digest) in zip(inputs, await digests) {
            let readTo = report.stopped.flatMap { $0.file == input.name ? $0.byte : nil }
            try await transcript.append(.input, input.record(sha256: digest, readTo: readTo).members)
            if readTo != nil { break }
        }
        let elapsed = ContinuousClock.now - began
        return IngestOutcome(
            report: report, files: inputs.map(\.name), events: state.events.count, clock: clock, blind: blind,
            countsBack: window.isRelative, seconds: elapsed / .seconds(1))
    }

    /// Detectors that see nothing in the events, with the fields that are missing.
    private var blind: [(detector: String, missing: [EventField])] {
        settings.detectors.compactMap { detector in
            let missing = detector.missing(in: state.events)
            return missing.isEmpty ? nil : (detector.id, missing)
        }
    }

    /// Fingerprints of inputs, made while they are read.
    private static func digests(of sources: [RawBytes]) async -> [String] { sources.map(\.sha256) }

    /// Reads inputs into the state, without a trace in the transcript; gives what became of them, and the window asked for.
    @discardableResult
    private func read(
        _ inputs: [SessionInput], _ request: Operation.IngestRequest, progress: @escaping EventReader.Progress = { _ in }
    ) async throws -> (report: IngestReport, window: TimeWindowRequest) {
        let window = try TimeWindowRequest(since: request.since, until: request.until, hours: request.hours)
        let stop = inputs.last.flatMap { input in input.readTo.map { IngestReport.Stop(file: input.name, byte: $0) } }
        let (events, report) = try await EventReader(progress: progress)
            .read(inputs.map(\.source), into: state.events, window: window, now: settings.now, upTo: stop)
        if report.accepted > 0 { state.isDetected = false }
        state.events = events
        state.ingest = report
        names.take(from: events)
        return (report, window)
    }

    /// Reads the inputs of a record again, as far as they were read then.
    func readAgain(_ records: [InputRecord], _ request: Operation.IngestRequest) async throws -> IngestOutcome {
        var inputs: [SessionInput] = []
        for record in records { inputs.append(try SessionInput(record)) }
        let (report, window) = try await read(inputs, request)
        return IngestOutcome(
            report: report, files: inputs.map(\.name), events: state.events.count, clock: clock, blind: blind,
            countsBack: window.isRelative, seconds: 0)
    }

    /// The files that a request names, opened.
    private func inputs(of request: Operation.IngestRequest) throws(Diagnostic) -> [SessionInput] {
        guard !request.paths.isEmpty else {
            throw Diagnostic("no file is named", remedy: "Write `ingest FILE`; `-` is standard input", kind: .usage)
        }
        var inputs: [SessionInput] = []
        for path in request.paths {
            inputs.append(SessionInput(name: path, path: path, source: try RawBytes(path: path), readTo: nil))
        }
        return inputs
    }
}

/// An input that is open for reading.
struct SessionInput {
    /// As the user named it.
    let name: String
    let path: String
    let source: RawBytes
    /// The byte before which an earlier reading stopped; `nil` when it reached the end.
    let readTo: Int?
}

extension SessionInput {
    /// The input of a record, by its path or, where that is gone, by its name.
    init(_ record: InputRecord) throws(Diagnostic) {
        let path = FileManager.default.fileExists(atPath: record.path) ? record.path : record.name
        self.init(name: record.name, path: path, source: try RawBytes(path: path, name: record.name), readTo: record.readTo)
    }

    func record(sha256: String, readTo: Int?) -> InputRecord {
        InputRecord(
            name: name, path: URL(filePath: path).standardizedFileURL.path, size: source.count, sha256: sha256,
            readTo: readTo)
    }
}

/// What the transcript keeps of an input.
struct InputRecord {
    let name: String
    /// Absolute.
    let path: String
    let size: Int
    let sha256: String
    /// The byte, in the decompressed input, before which reading was interrupted.
    let readTo: Int?

    init(name: String, path: String, size: Int, sha256: String, readTo: Int?) {
        self.name = name
        self.path = path
        self.size = size
        self.sha256 = sha256
        self.readTo = readTo
    }

    /// Reads an `input` record; `nil` when it is of another type or lacks what it needs.
    init?(_ record: JSONValue) {
        guard record["type"]?.string == "input", let name = record["name"]?.string, let path = record["path"]?.string,
            let sha256 = record["sha256"]?.string
        else { return nil }
        self.init(
            name: name, path: path, size: Int(record["size"]?.integer ?? 0), sha256: sha256,
            readTo: record["read_to"]?.integer.map(Int.init))
    }

    var members: [JSONValue.Member] {
        let size = JSONValue.integer(Int64(size)), stop = readTo.map { JSONValue.Member("read_to", .integer(Int64($0))) }
        return [
            JSONValue.Member("name", .string(name)), JSONValue.Member("path", .string(path)), JSONValue.Member("size", size),
            JSONValue.Member("sha256", .string(sha256)),
        ] + [stop].compactMap { $0 }
    }

    /// What has become of the input since; `nil` when it is as it was.
    var change: String? {
        guard let input = try? SessionInput(self) else { return "the input \(name) is gone" }
        return input.source.sha256 == sha256 ? nil : "the input \(name) has changed since"
    }
}
