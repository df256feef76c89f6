internal import Diagnostics
internal import Events
internal import Foundation
internal import JSON
internal import Tables

extension Session {
    /// Rebuilds the state that a recorded session ended with, from its records and the files it names.
    ///
    /// - Returns: What could not be restored, or has changed since: one sentence each.
    public func restore(from saved: SavedSession) async throws -> [String] {
        var warnings = saved.problems.map(\.rendered)
        warnings += [saved.chainFault].compactMap { $0 }
        warnings += saved.records.compactMap { InputRecord($0)?.change }
        for record in saved.records where record["type"]?.string == "model_call" { ledger.take(record) }
        for exchange in Exchange.all(in: saved.records) {
            do {
                try await restore(exchange)
            } catch let fault as Diagnostic where fault.kind != .interrupted {
                warnings.append(fault.problem)
            }
        }
        // What was suppressed on the way may have dissolved incidents, and no record says that one is gone.
        if saved.records.contains(where: { $0["file"]?.string == Artifact.suppressions.file }), !state.scores.isEmpty {
            rebuildIncidents()
        }
        return warnings
    }

    /// Reads the inputs of a recorded command again; `nil` when it read none, or is of another kind.
    func readAgain(_ exchange: Exchange, _ operation: Operation) async throws -> OperationResult? {
        switch operation {
        case .ingest(let request) where !exchange.inputs.isEmpty:
            return .ingest(try await readAgain(exchange.inputs, request))
        case .ingestTable(let request) where !exchange.inputs.isEmpty:
            return .table(try await readTableAgain(exchange.inputs[0], as: request.name))
        case .ingestOkta where exchange.outcome?["error"] == nil:
            state.isLive = true
            guard !exchange.inputs.isEmpty else {
                return .ingest(outcome(of: IngestReport(), files: [], window: nil, seconds: 0))
            }
            return .ingest(try await readAgain(exchange.inputs, Operation.IngestRequest(paths: [])))
        default: return nil
        }
    }

    /// Sets the clock to what it was when a recorded command began.
    func setClock(_ time: Timestamp?) { commandTime = time }

    /// Gives a command that is done again what it went by.
    func setRecorded(_ exchange: Exchange) { recorded = exchange }

    private func restore(_ exchange: Exchange) async throws {
        if let operation = try? Operation(json: exchange.command["operation"] ?? .null) {
            _ = try await readAgain(exchange, operation)
            if case .query(let request) = operation { state.lastQuery = request.text }
            if case .detect(let request) = operation, request.only.isEmpty { state.detection = request }
        }
        for artifact in exchange.artifacts { try restoreArtifact(artifact) }
        state.notes += exchange.notes
    }

    /// Takes a recorded artifact into the state.
    func restoreArtifact(_ record: JSONValue) throws(Diagnostic) {
        guard let file = record["file"]?.string, let artifact = Artifact.allCases.first(where: { $0.file == file }),
            let value = record["record"]
        else { return }
        try state.restore(artifact, value)
    }
}

extension Exchange {
    /// The records of other sessions that the command went by, in their order.
    func used(of artifact: Artifact) -> [JSONValue] {
        artifacts.filter { $0["file"]?.string == artifact.file && $0["appended"]?.bool == false }
            .compactMap { $0["record"] }
    }

    /// Why the command failed; `nil` when it did not.
    var fault: Diagnostic? { outcome?["error"].map(Diagnostic.init(record:)) }
}
