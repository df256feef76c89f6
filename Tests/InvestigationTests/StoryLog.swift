import Diagnostics
import Foundation
import Investigation
import JSON

/// A log written as lines of `18:00:00 ann 192.0.2.1 user.session.start FAILURE`, all of 2025-11-12; the events have the
/// ids `e1`, `e2`, … A `-` leaves a field out, `ann>bo` makes bo the target, and a line that begins with `{` is an event.
struct StoryLog {
    let lines: [String]

    init(_ text: String) { lines = text.split(separator: "\n").map(String.init) }

    var text: String {
        lines.enumerated().map { index, line in line.hasPrefix("{") ? line : Self.event(line, id: "e\(index + 1)") }
            .joined(separator: "\n")
    }

    private static func event(_ line: String, id: String) -> String {
        let words = line.split(separator: " ").map { $0 == "-" ? nil : String($0) }
        let people = words[1]?.split(separator: ">").map(String.init) ?? []
        let target: JSONValue = people.count < 2 ? .null : [["id": .string("00u" + people[1]), "type": "User",
                                                            "alternateId": .string(people[1] + "@example.com")]]
        let actor: JSONValue = people.isEmpty ? .null : ["id": .string("00u" + people[0]), "type": "User",
                                                         "alternateId": .string(people[0] + "@example.com")]
        let event: JSONValue = [
            "uuid": .string(id), "published": JSONValue(words[0].map { "2025-11-12T\($0)Z" }), "eventType": JSONValue(words[3]),
            "actor": actor, "client": ["ipAddress": JSONValue(words[2])], "outcome": ["result": JSONValue(words[4])],
            "target": target,
        ]
        return event.text
    }

    /// What an operation gives in a session that holds this log, or the demo where there is none.
    static func result(
        of operation: Investigation.Operation, in log: String? = nil, after earlier: [Investigation.Operation] = []
    ) async throws -> OperationResult {
        let folder = try TemporaryFolder(), session = try await session(in: folder)
        let path = try log.map { try folder.write(StoryLog($0).text, to: "log.ndjson") } ?? demo
        for step in [.ingest(.init(paths: [path]))] + earlier { _ = try await session.perform(step, words: [step.name]) }
        return try await session.perform(operation, words: [operation.name])
    }

    /// The error of an operation.
    static func fault(of operation: Investigation.Operation, in log: String? = nil) async -> Diagnostic? {
        do {
            _ = try await result(of: operation, in: log)
            return nil
        } catch {
            return error as? Diagnostic
        }
    }
}
