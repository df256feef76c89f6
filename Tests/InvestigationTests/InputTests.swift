import Diagnostics
import Events
import Foundation
import Investigation
import JSON
import Pipeline
import Synchronization
import Testing

@Suite("Inputs of a session: many files, interruptions, and reading them again")
struct InputTests {
    private static func line(_ number: Int, padding: Int = 0) -> String {
        #"{"uuid":"e\#(number)","published":"2025-11-12T18:00:00Z","eventType":"t","actor":{"id":"u"},"x":""#
            + String(repeating: "x", count: padding) + "\"}\n"
    }

    private func verify(_ folder: TemporaryFolder) async throws -> Replay.Report {
        try await Replay(SavedSession(path: folder.path + "/sessions/test.jsonl")).verify { ModelAnalyst(model: $0) }
    }

    private func inputs(_ folder: TemporaryFolder) throws -> [JSONValue] {
        try folder.lines("sessions/test.jsonl").map { try JSONValue(parsing: $0) }.filter { $0["type"]?.string == "input" }
    }

    @Test("A folder and a pattern stand for their files, which the transcript names; later files do not change a replay")
    func folder() async throws {
        let folder = try TemporaryFolder(), session = try await session(in: folder)
        try FileManager.default.createDirectory(atPath: folder.path + "/in", withIntermediateDirectories: true)
        for number in [2, 1] { _ = try folder.write(Self.line(number), to: "in/\(number).json") }
        let result = try await session.perform(.ingest(.init(paths: [folder.path + "/in", folder.path + "/in/1*"])), words: ["ingest"])
        #expect(result.json["accepted"] == 2 && result.json["duplicates"] == 1)
        try await session.end()
        #expect(try inputs(folder).map { $0["name"]?.string?.suffix(9) } == ["in/1.json", "in/2.json", "in/1.json"])
        _ = try folder.write(Self.line(3), to: "in/11.json")
        #expect(try await verify(folder).compared == 1)
    }

    @Test("A file of a folder that cannot be read is one loss; one that is named is an error")
    func unreadable() async throws {
        let folder = try TemporaryFolder(), session = try await session(in: folder)
        try FileManager.default.createDirectory(atPath: folder.path + "/in", withIntermediateDirectories: true)
        _ = try folder.write(Self.line(1), to: "in/a.json")
        let archive = try folder.write("PK\u{3}\u{4}", to: "in/b.zip")
        let result = try await session.perform(.ingest(.init(paths: [folder.path + "/in"])), words: ["ingest"])
        #expect(result.json["accepted"] == 1 && result.json["rejected"] == 1)
        #expect(result.json["problems"]?.array?.first?["message"]?.string?.contains("is a zip archive") == true)
        let fault = await #expect(throws: Diagnostic.self) {
            _ = try await session.perform(.ingest(.init(paths: [archive])), words: ["ingest"])
        }
        #expect(fault?.problem.contains("zip archive") == true)
        try await session.end()
        #expect(try await verify(folder).compared == 2)
    }

    @Test("Interrupted on the way, what was read is kept, recorded, verified, and there again when the session is resumed")
    func interrupted() async throws {
        let folder = try TemporaryFolder(), session = try await session(in: folder)
        let text = (0..<8000).map { Self.line($0, padding: 2400) }.joined()
        let path = try folder.write(text, to: "big.ndjson")
        let task = Task {
            var watch = Session.Watch()
            watch.onIngest = { progress in if progress.bytes > 0 { withUnsafeCurrentTask { $0?.cancel() } } }
            return try await session.perform(.ingest(.init(paths: [path])), words: ["ingest"], watch: watch)
        }
        let result = try await task.value
        let accepted = try #require(result.json["accepted"]?.integer)
        let stop = try #require(result.json["stopped"]?["byte"]?.integer)
        #expect(accepted > 0 && accepted < 8000 && stop < text.utf8.count)
        #expect(try inputs(folder).first?["read_to"]?.integer == stop)
        try await session.end()
        #expect(try await verify(folder).compared == 1)
        let handle = try FileHandle(forUpdating: URL(filePath: path))
        try handle.seek(toOffset: UInt64(text.utf8.count - 10))
        try handle.write(contentsOf: Data("y".utf8))
        #expect(try await verify(folder).compared == 1)
        try handle.seek(toOffset: 100)
        try handle.write(contentsOf: Data("y".utf8))
        let fault = await #expect(throws: Diagnostic.self) { _ = try await verify(folder) }
        #expect(fault?.problem.contains("has changed since") == true)
    }

    @Test("While a compressed input is inflated, it is told how much of all inputs is done")
    func opening() async throws {
        let folder = try TemporaryFolder(), session = try await session(in: folder)
        let plain = try folder.write(Self.line(0), to: "a.ndjson")
        let packed = gzip((1...1000).map { Self.line($0, padding: 900) }.joined())
        let path = try folder.write(packed, to: "b.gz"), total = packed.count + Self.line(0).utf8.count
        let told = Mutex<[[Int]]>([])
        var watch = Session.Watch()
        watch.onOpen = { done, total in told.withLock { $0.append([done, total]) } }
        let request = Operation.IngestRequest(paths: [plain, path])
        let result = try await session.perform(.ingest(request), words: ["ingest"], watch: watch)
        #expect(result.json["accepted"] == 1001)
        let steps = told.withLock { $0 }
        #expect(steps.count > 3 && steps.allSatisfy { $0[1] == total })
        #expect(steps.map { $0[0] } == steps.map { $0[0] }.sorted() && (steps.last?[0] ?? 0) >= packed.count)
    }

    @Test("A compressed input is told by its bytes on disk, whatever has become of them", arguments: [
        (gzip(line(1)), nil), (gzip(line(1), modified: 9), "has changed since"), (gzip(line(2)), "has changed since"),
        (Array("PK\u{3}\u{4}".utf8), "has changed since"), (nil, "is gone"),
    ] as [([UInt8]?, String?)])
    func compressed(bytes: [UInt8]?, expected: String?) async throws {
        let folder = try TemporaryFolder(), session = try await session(in: folder)
        let path = try folder.write(gzip(Self.line(1)), to: "a.gz")
        _ = try await session.perform(.ingest(.init(paths: [path])), words: ["ingest"])
        try await session.end()
        try FileManager.default.removeItem(atPath: path)
        if let bytes { _ = try folder.write(bytes, to: "a.gz") }
        let fault: Diagnostic?
        do {
            _ = try await verify(folder)
            fault = nil
        } catch let error as Diagnostic {
            fault = error
        }
        #expect(fault?.problem == expected.map { "the input \(path) \($0)" })
    }

    @Test("The shape may be named; a name that is none is refused")
    func format() async throws {
        let folder = try TemporaryFolder(), session = try await session(in: folder)
        let path = try folder.write(#"{"timestamp":"2025-11-12T18:00:00Z","product":"other","id":"1"}"#, to: "a.json")
        let told = try await session.perform(.ingest(.init(paths: [path])), words: ["ingest"])
        #expect(told.json["rejected"] == 1)
        let named = try await session.perform(.ingest(.init(paths: [path], format: "flat")), words: ["ingest"])
        #expect(named.json["accepted"] == 1)
        let fault = await #expect(throws: Diagnostic.self) {
            _ = try await session.perform(.ingest(.init(paths: [path], format: "xml")), words: ["ingest"])
        }
        #expect(fault?.kind == .usage && fault?.remedy.contains("okta_cl") == true)
    }
}
