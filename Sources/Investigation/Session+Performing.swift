internal import Diagnostics
internal import Digests
internal import Foundation
internal import JSON
internal import Pipeline
internal import Tables

// What a session does, and the record of it.
extension Session {
    /// Does one thing and keeps the record of it: the command, what it read, what it asked, what it gave.
    ///
    /// - Parameter words: The command as it was typed, for the record.
    /// - Throws: ``QueryFault`` for a query; else `Diagnostic`, of kind `interrupted` when the task was cancelled, and
    ///   the session is then intact.
    public func perform(_ operation: Operation, words: [String], watch: Watch = Watch()) async throws -> OperationResult {
        let operation = try keepStandardInput(of: operation)
        defer { if store == nil { Self.forgetStandardInput(of: operation) } }
        commandTime = wallTime
        defer { commandTime = nil }
        budgeted?.begin(watch)
        try await transcript.append(.command, [
            JSONValue.Member("words", JSONValue(words)), JSONValue.Member("operation", operation.json),
            JSONValue.Member("clock", .string(clock.time.description)),
        ])
        do {
            let result = try await execute(operation, watch: watch)
            try await transcript.append(.output, [
                JSONValue.Member("command", .string(operation.name)), JSONValue.Member("result", result.recorded),
            ])
            return result
        } catch is CancellationError {
            try await transcript.append(.interrupt, [JSONValue.Member("command", .string(operation.name))])
            throw Diagnostic.interrupted
        } catch let fault as Diagnostic where fault.kind == .interrupted {
            try await transcript.append(.interrupt, [JSONValue.Member("command", .string(operation.name))])
            throw fault
        } catch let fault as QueryFault {
            try await transcript.append(.error, [
                JSONValue.Member("command", .string(operation.name)), JSONValue.Member("error", fault.record),
            ])
            throw fault
        } catch let fault as Diagnostic {
            try await transcript.append(.error, [
                JSONValue.Member("command", .string(operation.name)), JSONValue.Member("error", fault.record),
            ])
            throw fault
        }
    }

    func execute(_ operation: Operation, watch: Watch) async throws -> OperationResult {
        switch operation {
        case .ingest(let request): .ingest(try await ingest(request, watch: watch))
        case .ingestTable(let request): .table(try await ingestTable(request))
        case .ingestOkta(let request): .ingest(try await ingestOkta(request, watch: watch))
        case .detect(let request): .findings(try await detect(request, watch: watch))
        case .route(let incident): .routes(try await route(incident: incident))
        case .score(let ids, let calls): .scores(try await score(ids, maxModelCalls: calls, watch: watch))
        case .plan(let ids): .plans(try await plan(ids, watch: watch))
        case .commands(let ids): .commands(try await commands(ids, watch: watch))
        case .escalate(let ids): .escalations(try await escalate(ids, watch: watch))
        case .sendEscalations(let ids, let again):
            .escalations(try await sendEscalations(ids, again: again, watch: watch))
        case .act(let request): .action(try await act(request, watch: watch))
        case .run(let calls): .run(try await run(maxModelCalls: calls, watch: watch))
        case .ask(let question): .answer(try await analyst.answer(question, in: caseFile, onText: watch.onText))
        case .query(let request): .query(try await query(request))
        case .hunt(let request): .hunt(try await hunt(request, watch: watch))
        case .show("rules"): .rules(try await ruleEntries(watch: watch))
        case .show(let what): try await show(what)
        case .showEvents(let filter): .events(try await events(filter))
        case .showAll: .records(try storedRecords(watch: watch))
        case .why(let id): .why(try why(id))
        case .timeline(let name, let filter): .timeline(try state.timeline(of: name, filter, now: clock.time))
        case .entity(let name): .entity(try state.entityStory(of: name))
        case .plot(let request): .plot(try state.plot(request, now: clock.time))
        case .note(let text): .record(try await note(text))
        case .status(let id, let status): .record(try await setStatus(of: id, to: status))
        case .suppress(let request): .suppressions(try await suppress(request, watch: watch))
        case .rule(let request): .rule(try await writeRule(request, watch: watch))
        case .verdict(let id, let verdict, let reason): .record(try await judge(id, as: verdict, reason: reason))
        }
    }

    /// Keeps standard input under the data folder, so that the session can be rebuilt from its record; for a session
    /// that leaves no trace, in a temporary file.
    private func keepStandardInput(of operation: Operation) throws -> Operation {
        guard let bytes = operation.standardInput else { return operation }
        let folder = store.map { $0.folder + "/events" } ?? Self.temporaryFolder
        try Locations.make(folder)
        let path = folder + "/" + SHA256(bytes).hex + ".ndjson"
        if !FileManager.default.fileExists(atPath: path),
            !FileManager.default.createFile(
                atPath: path, contents: Data(bytes), attributes: [.posixPermissions: 0o600])
        {
            throw Diagnostic("standard input cannot be kept at `\(path)`", remedy: "Check free space, or name another --data")
        }
        return operation.reading(path)
    }

    private static let temporaryFolder = NSTemporaryDirectory() + "/watchfloor-\(getpid())"

    /// Removes the temporary file; what was mapped of it stays.
    private static func forgetStandardInput(of operation: Operation) {
        guard operation.inputPaths.contains(where: { $0.hasPrefix(temporaryFolder) }) else { return }
        try? FileManager.default.removeItem(atPath: temporaryFolder)
    }

    /// Writes records to the data folder and to the transcript.
    func keep(_ records: [JSONValue], as artifact: Artifact) async throws {
        let appended = try store?.append(records, to: artifact) ?? []
        try await note(records, of: artifact) { appended.indices.contains($0) && appended[$0] }
    }

    /// Notes records of the data folder that a command goes by, so that a replay goes by the same.
    func keepUsed(_ records: [JSONValue], of artifact: Artifact) async throws {
        try await note(records, of: artifact) { _ in false }
    }

    private func note(_ records: [JSONValue], of artifact: Artifact, isNew: (Int) -> Bool) async throws {
        let members = records.enumerated().map { index, record in
            [
                JSONValue.Member("file", .string(artifact.file)), JSONValue.Member("record", record),
                JSONValue.Member("appended", .bool(isNew(index))),
            ]
        }
        try await transcript.append(all: members, as: .artifact)
    }
}
