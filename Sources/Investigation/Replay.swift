internal import Diagnostics
internal import Foundation
public import JSON
internal import Journal
internal import Tables
public import Models
public import Pipeline

/// A recorded session, performed again and compared with its record. Writes nothing.
public struct Replay: Sendable {
    public let saved: SavedSession

    /// What a verification found.
    public struct Report: Sendable {
        /// Commands whose result was compared.
        public let compared: Int
        /// Commands that were passed over, with the reason.
        public let skipped: [String]
        /// Whether the session was closed by its `end` record: without one the tail may have been cut off.
        public let isComplete: Bool
        /// The chain's head, to hold against the one in the ticket.
        public let head: String

        public var json: JSONValue {
            [
                "verified": true, "compared": .integer(Int64(compared)), "skipped": JSONValue(skipped),
                "complete": .bool(isComplete), "chain_head": .string(head),
            ]
        }
    }

    public init(_ saved: SavedSession) { self.saved = saved }

    /// Checks the chain, performs every recorded command with recorded model replies, and compares results as JSON.
    ///
    /// - Throws: `Diagnostic` of kind `difference` that names the first record that does not agree.
    public func verify(analyst: @escaping @Sendable (any LanguageModel) -> any Analyst) async throws -> Report {
        let chain: HashChain
        switch saved.chain {
        case .success(let whole): chain = whole
        case .failure(let error): throw Self.broken(error.place)
        }
        let (session, model) = Self.session(for: saved, analyst: analyst)
        if let changed = saved.records.lazy.compactMap({ InputRecord($0)?.change }).first {
            throw Self.difference(changed, record: nil)
        }
        var compared = 0, skipped: [String] = []
        for exchange in Exchange.all(in: saved.records) {
            guard !Task.isCancelled else { throw Diagnostic.interrupted }
            model?.serve(exchange.modelCalls)
            switch try await perform(exchange, in: session) {
            case .same: compared += 1
            case .skipped(let why): skipped.append(why)
            }
        }
        let ended = saved.records.last?["type"]?.string == "end"
        return Report(compared: compared, skipped: skipped, isComplete: ended, head: chain.head)
    }

    private enum Comparison { case same, skipped(String) }

    private func perform(_ exchange: Exchange, in session: Session) async throws -> Comparison {
        let operation = try Operation(json: exchange.command["operation"] ?? .null)
        guard operation.isReplayable else { return .skipped("\(operation.name) reads files that other sessions write") }
        guard let recorded = exchange.outcome else {
            // Interrupted, or cut off: what it had kept counts, and nothing is compared.
            for artifact in exchange.artifacts { try await session.restoreArtifact(artifact) }
            return .skipped("\(operation.name) was interrupted")
        }
        if case .ingestOkta = operation, recorded["result"] == nil {
            return .skipped("\(operation.name) failed, and Okta is not asked again")
        }
        if QueryFault.isOfTime(recorded["error"]) { return .skipped("\(operation.name) ran out of time") }
        let again: JSONValue
        do {
            again = ["result": try await result(of: operation, exchange, in: session).recorded]
        } catch let fault as QueryFault {
            again = ["error": fault.record]
        } catch let fault as Diagnostic where fault.kind != .interrupted {
            again = ["error": fault.record]
        }
        let before: JSONValue = recorded["result"].map { ["result": $0] } ?? ["error": recorded["error"] ?? .null]
        if let difference = JSONDifference.first(before, again) {
            throw Self.difference("`\(operation.name)` gives another result: \(difference)", record: exchange.command)
        }
        return .same
    }

    private func result(of operation: Operation, _ exchange: Exchange, in session: Session) async throws -> OperationResult {
        await session.setClock(exchange.command["clock"]?.string.flatMap { Timestamp($0) })
        await session.setRecorded(exchange)
        if let again = try await session.readAgain(exchange, operation) { return again }
        return try await session.execute(operation, watch: Session.Watch())
    }

    private static func session(
        for saved: SavedSession, analyst: @escaping @Sendable (any LanguageModel) -> any Analyst
    ) -> (Session, RecordedModel?) {
        let head = saved.first(.session)
        let usesModel = head?["asks_model"]?.bool == true
        let model = usesModel ? RecordedModel(name: head?["analyst"]?.string ?? "model") : nil
        let session = Session(
            name: head?["name"]?.string ?? "replay", settings: SessionSettings(json: head?["settings"] ?? .null),
            transcript: Transcript(nil), store: nil, model: model, analyst: analyst,
            recordedStatuses: statuses(in: saved.records))
        return (session, model)
    }

    /// The status that each incident had when the session first met it.
    private static func statuses(in records: [JSONValue]) -> [String: SecurityIncident.Status] {
        var statuses: [String: SecurityIncident.Status] = [:]
        for record in records where record["file"]?.string == Artifact.incidents.file {
            guard let id = record[path: "record.id"]?.string, statuses[id] == nil else { continue }
            statuses[id] = record[path: "record.status"]?.string.flatMap(SecurityIncident.Status.init)
        }
        return statuses
    }

    private static func broken(_ place: HashChain.Break) -> Diagnostic {
        let record = place.seq.map { "record \($0)" } ?? "a record"
        return Diagnostic(
            "the chain is broken at \(record), line \(place.line): \(place.reason)",
            remedy: "The file was changed after it was written; use an untouched copy", kind: .difference)
    }

    private static func difference(_ what: String, record: JSONValue?) -> Diagnostic {
        let place = record?["seq"]?.integer.map { "record \($0): " } ?? ""
        return Diagnostic(
            place + what, remedy: "The record, an input, or the program is not the one that the session was made with",
            kind: .difference)
    }
}

/// A recorded command with what followed it.
struct Exchange {
    let command: JSONValue
    /// The `output` or `error` record; `nil` when the command was interrupted or cut off.
    var outcome: JSONValue?
    var artifacts: [JSONValue] = []
    var inputs: [InputRecord] = []
    var notes: [String] = []
    /// What services were asked, and what they answered.
    var serviceCalls: [JSONValue] = []
    /// What models were asked, or were to be asked, and what they answered.
    var modelCalls: [JSONValue] = []

    static func all(in records: [JSONValue]) -> [Exchange] {
        var exchanges: [Exchange] = []
        for record in records {
            if record["type"]?.string == "command" {
                exchanges.append(Exchange(command: record))
            } else if !exchanges.isEmpty {
                exchanges[exchanges.count - 1].take(record)
            }
        }
        return exchanges
    }

    private mutating func take(_ record: JSONValue) {
        switch record["type"]?.string {
        case "output", "error": outcome = record
        case "service_call": serviceCalls.append(record)
        case "model_call": modelCalls.append(record)
        case "artifact": artifacts.append(record)
        case "input": inputs += [InputRecord(record)].compactMap { $0 }
        case "note": notes += [record["text"]?.string].compactMap { $0 }
        default: break
        }
    }
}

/// The first place where two values differ.
enum JSONDifference {
    /// A sentence that names the path and both values; `nil` when they are the same.
    static func first(_ before: JSONValue, _ after: JSONValue, at path: String = "") -> String? {
        if before == after { return nil }
        switch (before, after) {
        case (.object(let old), .object(let new)) where old.map(\.key) == new.map(\.key):
            for (left, right) in zip(old, new) {
                if let difference = first(left.value, right.value, at: path + "." + left.key) { return difference }
            }
            return nil
        case (.array(let old), .array(let new)) where old.count == new.count:
            for (index, (left, right)) in zip(old, new).enumerated() {
                if let difference = first(left, right, at: path + ".\(index)") { return difference }
            }
            return nil
        default:
            return "at \(path.drop { $0 == "." }), recorded \(brief(before)), now \(brief(after))"
        }
    }

    private static func brief(_ value: JSONValue) -> String { value.text.visible(limit: 120) }
}
