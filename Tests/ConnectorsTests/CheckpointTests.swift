import Diagnostics
import Foundation
import Tables
import Testing

@testable import Connectors

@Suite("Checkpoints", .timeLimit(.minutes(10)))
struct CheckpointTests {
    private let first = line(since: "2026-11-14T00:00:00Z")

    @Test("A fetch that follows goes on where the last polling fetch stopped")
    func resume() async throws {
        let log = OktaLogSimulation([event("a", "10:00:00")])
        let folder = try TestFolder(), checkpoints = OktaCheckpoints(folder: folder.path + "/state")
        let bench = try Bench(log, clock: TestClock(patience: 0))
        await bench.fetch(OktaLogQuery(), checkpoints: checkpoints)
        log.store(event("b", "11:00:00"))
        let report = await bench.fetch(OktaLogQuery(), follow: true, checkpoints: checkpoints)
        #expect(bench.server.lines == [first, first + "&after=1", first + "&after=1", first + "&after=2"])
        #expect(bench.heard.events == [event("a", "10:00:00").json, event("b", "11:00:00").json])
        #expect(report.resumed == TestClock.start)
        #expect(report.newest == at("11:00:00"))
        #expect(report.stopped == .interrupted)
    }

    @Test("The file holds the URL, the newest event and the time, for its owner alone, under a hash")
    func file() async throws {
        let folder = try TestFolder(), checkpoints = OktaCheckpoints(folder: folder.path)
        let bench = try Bench(OktaLogSimulation([event("a", "10:00:00")]))
        await bench.fetch(OktaLogQuery(filter: "x pr"), checkpoints: checkpoints)
        let name = try #require(folder.names.first)
        #expect(folder.names.count == 1)
        #expect(name.wholeMatch(of: /okta-[0-9a-f]{32}\.json/) != nil)
        #expect(try folder.mode(name) == 0o600)
        let key = name.dropFirst(5).dropLast(5)
        let text = try folder.text(name).replacing(/"key":"[0-9a-f]{64}"/, with: "KEY")
        #expect(
            text
                == #"{"version":1,KEY,"next":"\#(bench.server.url)/api/v1/logs?since=2026-11-14T00%3A00%3A00Z&"#
                    + #"sortOrder=ASCENDING"#
                + #"&limit=1000&filter=x%20pr&after=1","newest":"2026-11-20T10:00:00Z","#
                + #""written":"2026-11-21T00:00:00Z","spool":null}"#
                + "\n")
        #expect(try folder.text(name).contains(#""key":"\#(key)"#))
    }

    @Test("Each filter has its own checkpoint")
    func filters() async throws {
        let folder = try TestFolder(), checkpoints = OktaCheckpoints(folder: folder.path)
        let bench = try Bench(OktaLogSimulation([event("a", "10:00:00")]), clock: TestClock(patience: 0))
        for filter in ["x pr", nil, "y pr"] {
            await bench.fetch(OktaLogQuery(filter: filter), checkpoints: checkpoints)
        }
        #expect(folder.names.count == 3)
        let report = await bench.fetch(OktaLogQuery(filter: "z pr"), follow: true, checkpoints: checkpoints)
        #expect(report.resumed == nil)
        #expect(bench.server.lines[6] == first + "&filter=z%20pr")
    }

    @Test("A start that was given sets the checkpoint aside, and a fetch that does not follow ignores it")
    func setAside() async throws {
        let folder = try TestFolder(), checkpoints = OktaCheckpoints(folder: folder.path)
        let bench = try Bench(OktaLogSimulation([]), clock: TestClock(patience: 0))
        await bench.fetch(OktaLogQuery(), checkpoints: checkpoints)
        await bench.fetch(OktaLogQuery(), checkpoints: checkpoints)
        let report = await bench.fetch(OktaLogQuery(since: at("09:00:00")), follow: true, checkpoints: checkpoints)
        #expect(bench.server.lines == [first, first, line(since: "2026-11-20T09:00:00Z")])
        #expect(
            report.notices.map(\.rendered) == [
                "error: the checkpoint of 2026-11-21T00:00:00Z is set aside, because a start was given\n"
                    + "  Leave out --since to go on from the checkpoint"
            ])
    }

    @Test(
        "A file that is no checkpoint of this org and filter is reported, ignored and replaced",
        arguments: [
            "", "{", "[]", #"{"version":2}"#, "null", String(repeating: " ", count: 70_000),
            #"{"version":1,"key":"KEY","next":"https://evil.example/api/v1/logs","written":"2026-11-21T00:00:00Z"}"#,
            #"{"version":1,"key":"KEY","next":"URL/api/v1/users","written":"2026-11-21T00:00:00Z"}"#,
            #"{"version":1,"key":"KEY","next":"URL/api/v1/logs","written":"yesterday"}"#,
            #"{"version":1,"key":"00","next":"URL/api/v1/logs","written":"2026-11-21T00:00:00Z"}"#,
        ])
    func broken(text: String) async throws {
        let folder = try TestFolder(), checkpoints = OktaCheckpoints(folder: folder.path)
        let bench = try Bench(OktaLogSimulation([event("a", "10:00:00")]), clock: TestClock(patience: 0))
        await bench.fetch(OktaLogQuery(), checkpoints: checkpoints)
        let name = try #require(folder.names.first), whole = try folder.text(name)
        let key = try #require(whole.firstMatch(of: /"key":"([0-9a-f]{64})"/)?.1)
        let path = try folder.write(
            text.replacing("KEY", with: key).replacing("URL", with: bench.server.url), to: name, mode: 0o644)
        let report = await bench.fetch(OktaLogQuery(), follow: true, checkpoints: checkpoints)
        #expect(report.resumed == nil)
        #expect(report.notices.count == 1)
        #expect(report.notices.first?.problem.hasPrefix("the checkpoint `\(path)` is not used: ") == true)
        #expect(bench.server.lines.suffix(2) == [first, first + "&after=1"])
        #expect(try folder.text(name) == whole)
        #expect(try folder.mode(name) == 0o600)
    }

    @Test("A link in the place of the checkpoint is neither read nor followed when it is replaced")
    func symbolicLink() async throws {
        let folder = try TestFolder(), checkpoints = OktaCheckpoints(folder: folder.path)
        let bench = try Bench(OktaLogSimulation([]), clock: TestClock(patience: 0))
        await bench.fetch(OktaLogQuery(), checkpoints: checkpoints)
        let name = try #require(folder.names.first)
        let other = try folder.write(folder.text(name), to: "other")
        try FileManager.default.removeItem(atPath: folder.path + "/" + name)
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/" + name, withDestinationPath: other)
        let before = try folder.text("other")
        let report = await bench.fetch(OktaLogQuery(), follow: true, checkpoints: checkpoints)
        #expect(report.resumed == nil)
        #expect(report.notices.count == 1)
        #expect(try folder.text("other") == before)
    }
}
