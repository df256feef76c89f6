@testable import Events
import JSON
import Tables
import Testing

@Suite("Events that come again, and the order of events")
struct DuplicateTests {
    private func event(_ id: String, _ minute: Int) -> String {
        #"{"uuid":"\#(id)","published":"2025-11-12T18:\#(minute < 10 ? "0" : "")\#(minute):00Z","actor":{"id":"ann"}}"# + "\n"
    }

    @Test("The first of a uuid is kept: in a file, over files, over reads")
    func duplicates() async throws {
        let first = try await read(event("x", 1) + event("y", 2) + event("x", 3), event("y", 9) + event("z", 4))
        #expect(first.table.ids == ["x", "y", "z"])
        #expect(first.report.read == 5 && first.report.accepted == 3 && first.report.duplicates == 2)
        #expect(first.table.last?.description == "2025-11-12T18:04:00Z")
        let second = try await read(event("z", 8) + event("w", 5), into: first.table)
        #expect(second.table.ids == ["x", "y", "z", "w"])
        #expect(second.report.accepted == 1 && second.report.duplicates == 1 && second.report.isBalanced)
        #expect(second.report.first == second.report.last)
        let third = try await read(event("w", 5), into: second.table)
        #expect(third.report.accepted == 0 && third.report.first == nil && third.table.ids == second.table.ids)
        #expect(first.table.ids == ["x", "y", "z"])
    }

    @Test("The rows of a second read have their own columns and bytes")
    func columns() async throws {
        let first = try await read(event("x", 1)).table
        let table = try await read(#"{"id":"f","actor_id":"bob","country":"FR"}"#, into: first).table
        #expect(table.column(.country)[0] == nil && table.column(.country)[1] == "FR")
        #expect(table[1].origin == (file: "a", byte: 0))
        #expect(table[1].value(at: "actor.id") == "bob")
        #expect(table.actors == ["ann", "bob"])
        #expect(Array(table.rowsOfActor("bob")) == [1])
    }

    @Test("However the lines are shuffled, the order of time is the same; ties go by id, no time comes last")
    func order() async throws {
        let lines = (0..<40).map { event("e\($0)", $0 / 4) } + ["{\"uuid\":\"u2\"}\n", "{\"uuid\":\"u1\"}\n"]
        let expected = (0..<10).flatMap { minute in (0..<4).map { "e\(minute * 4 + $0)" }.sorted() } + ["u1", "u2"]
        for turn in 0..<20 {
            let shuffled = lines.indices.map { lines[($0 * 11 + turn) % lines.count] }
            let table = try await read(shuffled.joined()).table
            #expect(table.timeOrder.map { table.ids[$0] } == expected)
            #expect(table.rowsOfActor("ann").map { table.ids[$0] } == expected.dropLast(2))
            #expect(table.first?.description == "2025-11-12T18:00:00Z" && table.last?.description == "2025-11-12T18:09:00Z")
        }
    }

    @Test("Blocks that are parsed side by side keep the order of the input")
    func blocks() async throws {
        let count = 5_000
        let text = (0..<count).map { $0 % 1000 == 999 ? "bad\n" : "{\"uuid\":\"\($0)\"}\n" }.joined()
        let (table, report) = try await read(text)
        #expect(table.ids == (0..<count).filter { $0 % 1000 != 999 }.map(String.init))
        #expect(report.problems.map(\.line) == [1000, 2000, 3000, 4000, 5000])
    }

    @Test("The report as `ingest` prints it")
    func report() async throws {
        let (_, report) = try await read(event("x", 1) + "bad\n" + event("x", 1) + event("y", 30) + event("z", 59),
            window: TimeWindowRequest(until: "2025-11-12T18:30Z"))
        #expect(report.json == [
            "read": 5, "accepted": 2, "duplicates": 1, "rejected": 1, "outside_window": 1,
            "problems": [["file": "a", "line": 2, "byte": 69, "message": "has a character that begins no value"]],
            "first": "2025-11-12T18:01:00Z", "last": "2025-11-12T18:30:00Z", "actors": 1, "missing_fields": [],
            "window": ["since": nil, "until": "2025-11-12T18:30:00Z"],
        ])
    }

    @Test("A read that is cancelled at once keeps nothing, and says where it stopped")
    func cancelled() async throws {
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await read("{\"uuid\":\"a\"}").report
        }
        let report = try await task.value
        #expect(report.stopped == IngestReport.Stop(file: "a", byte: 0))
        #expect(report.read == 0 && report.isBalanced)
    }

    @Test("A read that is cancelled on the way keeps whole lines from the beginning; reading up to there gives the same")
    func cancelledOnTheWay() async throws {
        let text = (0..<60).map { event("e\($0)", $0) }.joined()
        let source = RawBytes(name: "a", bytes: Array(text.utf8))
        let task = Task {
            try await EventReader(width: 1, chunkSize: 500) { progress in
                if progress.bytes > 1500 { withUnsafeCurrentTask { $0?.cancel() } }
            }.read([source], into: EventTable(), window: TimeWindowRequest(), now: nil)
        }
        let (table, report) = try await task.value
        let stop = try #require(report.stopped)
        #expect(report.accepted > 10 && report.accepted < 60 && report.isBalanced)
        #expect(table.ids == (0..<report.accepted).map { "e\($0)" })
        #expect(Array(text.utf8)[stop.byte - 1] == UInt8(ascii: "\n"))
        let again = try await EventReader().read([source], into: EventTable(), window: TimeWindowRequest(), now: nil, upTo: stop)
        #expect(again.report == report)
        #expect(again.table.ids == table.ids)
    }

    @Test("Once it is cancelled, an array is not cut to its end to find out that something is left", arguments: [
        ("[{}]", 1), ("", 0),
    ])
    func cancelledInAnArray(second: String, left: Int) async throws {
        let array = Array(("[" + (0..<20_000).map { "{\"uuid\":\"e\($0)\"}" }.joined(separator: ",\n") + "]").utf8)
        let sources = [RawBytes(name: "a", bytes: array), RawBytes(name: "b", bytes: Array(second.utf8))]
        let task = Task {
            let queue = EventChunkQueue(sources, chunkSize: array.count)
            let first = queue.next()
            withUnsafeCurrentTask { $0?.cancel() }
            let cut = array.withUnsafeBytes { EventSplitter(values: $0, from: 0) }
            return (first?.end, queue.next() == nil, queue.hasMore(), cut.isGivenUp, cut.pieces.count)
        }
        let (end, isOver, hasMore, isGivenUp, pieces) = await task.value
        #expect(end == array.count - 1 && isOver && hasMore == (left > 0))
        #expect(isGivenUp && pieces == 0)
    }

    @Test("An array whose cutting was given up is still to be read", arguments: [1, 2])
    func cancelledBeforeAnArray(width: Int) async throws {
        let source = RawBytes(name: "a", bytes: Array("[\n{\"uuid\":\"a\"}\n]".utf8))
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await EventReader(width: width).read(source).report
        }
        let report = try await task.value
        #expect(report.stopped == IngestReport.Stop(file: "a", byte: 0) && report.read == 0)
    }
}
