internal import Detection
internal import Diagnostics
internal import Events
internal import JSON

// Reading inputs into the session, and reading them again for a replay or a resumed session.
extension Session {
    /// Reads what a request names. Interrupted on the way it keeps what was read; the report says up to where.
    func ingest(_ request: Operation.IngestRequest, watch: Watch) async throws -> IngestOutcome {
        let began = ContinuousClock.now
        let inputs = try await inputs(of: request, watch: watch)
        // Where nothing is kept nobody asks for fingerprints.
        let isKept = transcript.path != nil
        let digests = Task.detached { inputs.map { isKept ? $0.source.sha256(unless: { Task.isCancelled }) : nil } }
        let (report, window) = try await read(inputs, request, progress: watch.onIngest)
        if report.stopped != nil { digests.cancel() }
        if isKept { try await keep(inputs, digests: await digests.value, upTo: report.stopped) }
        let elapsed = ContinuousClock.now - began
        return outcome(of: report, files: inputs.map(\.name), window: window, seconds: elapsed / .seconds(1))
    }

    func outcome(
        of report: IngestReport, files: [String], window: TimeWindowRequest?, seconds: Double
    ) -> IngestOutcome {
        IngestOutcome(
            report: report, files: files, events: state.events.count, clock: clock, blind: blind,
            countsBack: window?.isRelative == true, seconds: seconds)
    }

    /// Detectors that see nothing in the events, with the fields that are missing.
    private var blind: [(detector: String, missing: [EventField])] {
        settings.detectors.compactMap { detector in
            let missing = detector.missing(in: state.events)
            return missing.isEmpty ? nil : (detector.id, missing)
        }
    }

    /// Keeps the record of inputs, with the fingerprints that were made while they were read. Of the input in which
    /// reading stopped it is that of the part which was read, and later ones are not mentioned.
    private func keep(_ inputs: [SessionInput], digests: [String?], upTo stop: IngestReport.Stop?) async throws {
        for (input, digest) in zip(inputs, digests) {
            let readTo = stop.flatMap { $0.file == input.name ? $0.byte : nil }
            let sha256 = readTo.map { input.source.sha256(upTo: $0) } ?? digest ?? input.source.sha256
            try await transcript.append(.input, input.record(readTo: readTo, sha256: sha256).members)
            if readTo != nil { return }
        }
    }

    /// Reads inputs into the state, without a trace in the transcript; gives what became of them, and the window asked for.
    @discardableResult
    private func read(
        _ inputs: [SessionInput], _ request: Operation.IngestRequest, progress: @escaping EventReader.Progress = { _ in }
    ) async throws -> (report: IngestReport, window: TimeWindowRequest) {
        let window = try TimeWindowRequest(since: request.since, until: request.until, hours: request.hours)
        let stop = inputs.last.flatMap { input in input.readTo.map { IngestReport.Stop(file: input.name, byte: $0) } }
        let (events, report) = try await EventReader(format: request.format.map { name throws(Diagnostic) in try Formats.named(name) }, progress: progress)
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
        for record in records { inputs.append(try SessionInput.open(record)) }
        let (report, window) = try await read(inputs, request)
        return outcome(of: report, files: inputs.map(\.name), window: window, seconds: 0)
    }

    /// The files that a request names, opened; folders and patterns stand for the files in them.
    private func inputs(of request: Operation.IngestRequest, watch: Watch) async throws -> [SessionInput] {
        guard !request.paths.isEmpty else {
            throw Diagnostic("no file is named", remedy: "Write `ingest FILE`; `-` is standard input", kind: .usage)
        }
        var places: [SessionInput.Place] = []
        for path in request.paths {
            let expanded = try InputFiles.expand(path)
            expanded.notices.forEach(watch.onNotice)
            places += expanded.files.map { SessionInput.Place(path: $0, isNamed: expanded.files == [path]) }
        }
        return try await SessionInput.open(places, progress: watch.onOpen)
    }
}
