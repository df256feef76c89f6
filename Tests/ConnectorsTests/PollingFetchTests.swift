import Diagnostics
import Foundation
import Synchronization
import Tables
import Testing

@testable import Connectors

@Suite("Polling fetches", .timeLimit(.minutes(1)))
struct PollingFetchTests {
    private let first = line(since: "2026-11-20T10:00:00Z")
    private let query = OktaLogQuery(since: at("10:00:00"))

    @Test("Without an end it reads in the order of storing, and stops on the empty page")
    func untilEmpty() async throws {
        let events = [event("a", "10:00:05"), event("late", "10:00:01"), event("b", "10:00:09")]
        let bench = try Bench(OktaLogSimulation(events))
        let report = await bench.fetch(query)
        #expect(bench.server.lines == [first, first + "&after=3"])
        #expect(bench.heard.events == events.map(\.json))
        #expect(report.stopped == nil)
        #expect(report.counts(\.pages, \.events) == [2, 3])
        #expect(report.newest == at("10:00:09"))
    }

    @Test("No start is seven days before now")
    func defaultStart() async throws {
        let bench = try Bench(OktaLogSimulation([]))
        await bench.fetch(OktaLogQuery())
        #expect(bench.server.lines == [line(since: "2026-11-14T00:00:00Z")])
    }

    @Test("Following waits on an empty page, asks the same URL again, and ends when it is cancelled")
    func follow() async throws {
        let log = OktaLogSimulation(
            [event("a", "10:00:05")], late: [(after: 3, event: event("late", "10:00:01"))])
        let bench = try Bench(log, clock: TestClock(patience: 3))
        let report = await bench.fetch(query, follow: true)
        #expect(
            bench.server.lines == [
                first, first + "&after=1", first + "&after=1", first + "&after=1", first + "&after=2", first + "&after=2",
            ])
        #expect(bench.heard.events == [event("a", "10:00:05").json, event("late", "10:00:01").json])
        #expect(bench.clock.waits == [30, 30, 30])
        #expect(report.stopped == .interrupted)
        #expect(report.counts(\.events, \.waits) == [2, 0])
    }

    @Test("A query with an end cannot be followed")
    func endless() async throws {
        let bench = try Bench(OktaLogSimulation([]))
        let report = await bench.fetch(hour, follow: true)
        #expect(report.stopped?.rendered == "error: a fetch with an end cannot be followed\n  Leave out --until, or --follow")
        #expect(bench.server.lines == [])
    }

    @Test("When Okta needs too long, pages are halved; `next` is otherwise as it was sent")
    func smallerPages() async throws {
        let log = OktaLogSimulation((0..<300).map { event("u\($0)", "10:00:\(10 + $0 / 10)") }, page: 250)
        let bench = try Bench(log)
        let report = await bench.fetch(query)
        let smaller = first.replacing("limit=1000", with: "limit=250")
        #expect(
            bench.server.lines == [
                first, first.replacing("limit=1000", with: "limit=500"), smaller, smaller + "&after=250", smaller + "&after=300",
            ])
        #expect(report.counts(\.events, \.duplicates) == [300, 0])
    }

    @Test("Pages are not halved below ten")
    func smallestPage() async throws {
        let bench = try Bench(OktaLogSimulation([], page: 9))
        let report = await bench.fetch(query)
        #expect(bench.server.requests.map { $0.query["limit"] } == ["1000", "500", "250", "125", "62", "31", "15"])
        #expect(
            report.stopped?.problem
                == "Okta took too long even for the smallest page (E0000009): The query took too long; simplify it")
    }

    @Test("A page without `next` ends the fetch and says so")
    func noNext() async throws {
        let bench = try Bench(OktaServer([.page([#"{"uuid":"a"}"#])]))
        let report = await bench.fetch(query)
        #expect(
            report.stopped?.rendered
                == "error: Okta sent no `next` link to go on from\n  What was read is kept; run the command again to go on")
        #expect(report.events == 1)
    }
}

@Suite("Checkpoints", .timeLimit(.minutes(1)))
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
            text == #"{"version":1,KEY,"next":"\#(bench.server.url)/api/v1/logs?since=2026-11-14T00%3A00%3A00Z&sortOrder=ASCENDING"#
                + #"&limit=1000&filter=x%20pr&after=1","newest":"2026-11-20T10:00:00Z","written":"2026-11-21T00:00:00Z","spool":null}"# + "\n")
        #expect(try folder.text(name).contains(#""key":"\#(key)"#))
    }

    @Test("Each filter has its own checkpoint")
    func filters() async throws {
        let folder = try TestFolder(), checkpoints = OktaCheckpoints(folder: folder.path)
        let bench = try Bench(OktaLogSimulation([event("a", "10:00:00")]), clock: TestClock(patience: 0))
        for filter in ["x pr", nil, "y pr"] { await bench.fetch(OktaLogQuery(filter: filter), checkpoints: checkpoints) }
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

    @Test("A file that is no checkpoint of this org and filter is reported, ignored and replaced", arguments: [
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

@Suite("Crashes between the spool and the checkpoint", .timeLimit(.minutes(1)))
struct CrashTests {
    private struct Crash: Error {}

    /// Fetches, and dies after a page was written and before its checkpoint was, as a killed process would.
    private func crash(_ bench: Bench, page: Int, _ checkpoints: OktaCheckpoints, _ spool: OktaSpool) async -> OktaFetchReport {
        await bench.log.fetch(OktaLogQuery(), follow: true, checkpoints: checkpoints, spool: spool) { _ in
        } onPage: {
            if $0.number == page { throw Crash() }
        }
    }

    @Test("The page is read again and its events are dropped, wherever the crash was", arguments: [1, 2, 3])
    func resume(page: Int) async throws {
        let events = (0..<2500).map { event("u\($0)", "10:00:\(10 + $0 / 50)") }
        let folder = try TestFolder(), checkpoints = OktaCheckpoints(folder: folder.path + "/state")
        let bench = try Bench(OktaLogSimulation(events), clock: TestClock(patience: 0))
        let spool = { (suffix: String) in
            OktaSpool(folder: folder.path + "/events", clock: bench.clock.retryClock, suffix: { suffix })
        }
        let first = await crash(bench, page: page, checkpoints, spool("00000001"))
        #expect(first.stopped?.problem == "a page could not be taken: Crash()")
        let second = await bench.fetch(OktaLogQuery(), follow: true, checkpoints: checkpoints, spool: spool("00000002"))
        // Without any checkpoint there is nothing to go on from: the first page comes twice.
        let again = page == 1 ? 1000 : 0
        #expect(second.events == 2500 - min(page * 1000, 2500) + again)
        let lines = try ["1", "2"].flatMap { name -> [Substring] in
            let file = "events/okta-20261121T000000Z-0000000\(name).ndjson"
            return FileManager.default.fileExists(atPath: folder.path + "/" + file) ? try folder.text(file).split(separator: "\n") : []
        }
        #expect(lines.count == 2500 + again)
        #expect(Set(lines) == Set(events.map { Substring($0.json) }))
    }

    @Test("A second crash on the way is no worse")
    func twice() async throws {
        let events = (0..<3500).map { event("u\($0)", "10:00:\(10 + $0 / 70)") }
        let folder = try TestFolder(), checkpoints = OktaCheckpoints(folder: folder.path + "/state")
        let bench = try Bench(OktaLogSimulation(events), clock: TestClock(patience: 0))
        let spool = { (suffix: String) in
            OktaSpool(folder: folder.path + "/events", clock: bench.clock.retryClock, suffix: { suffix })
        }
        _ = await crash(bench, page: 2, checkpoints, spool("00000001"))
        _ = await crash(bench, page: 2, checkpoints, spool("00000002"))
        let last = await bench.fetch(OktaLogQuery(), follow: true, checkpoints: checkpoints, spool: spool("00000003"))
        #expect(last.stopped == .interrupted)
        let lines = try ["1", "2", "3"].flatMap { try folder.text("events/okta-20261121T000000Z-0000000\($0).ndjson").split(separator: "\n") }
        #expect(lines.count == 3500)
        #expect(Set(lines) == Set(events.map { Substring($0.json) }))
    }
}

@Suite("The spool")
struct SpoolTests {
    private let clock = TestClock()

    @Test("One event a line, byte for byte, for the owner alone")
    func file() throws {
        let folder = try TestFolder()
        let spool = OktaSpool(folder: folder.path + "/events", clock: clock.retryClock, suffix: { "89abcdef" })
        #expect(spool.path == nil && folder.names == [])
        try spool.append([])
        #expect(spool.path == nil)
        try spool.append([Array(#"{"uuid": "ä\u0001",  "n":1.0e0}"#.utf8), Array("{\n\t\"a\":\r\n[1,\n2]}".utf8)])
        try spool.append([Array("{}".utf8)])
        #expect(try folder.mode("events") == 0o700)
        #expect(try folder.mode("events/okta-20261121T000000Z-89abcdef.ndjson") == 0o600)
        #expect(
            try folder.text("events/okta-20261121T000000Z-89abcdef.ndjson")
                == "{\"uuid\": \"ä\\u0001\",  \"n\":1.0e0}\n{ \t\"a\":  [1, 2]}\n{}\n")
    }

    @Test("A file that is there already is not touched")
    func exists() throws {
        let folder = try TestFolder()
        let path = try folder.write("old", to: "okta-20261121T000000Z-89abcdef.ndjson")
        let spool = OktaSpool(folder: folder.path, clock: clock.retryClock, suffix: { "89abcdef" })
        let error = #expect(throws: Diagnostic.self) { try spool.append([Array("{}".utf8)]) }
        #expect(
            error?.rendered
                == "error: \(path): `\(path)` cannot be written: File exists\n  Check the folder's permissions and free space")
        #expect(try folder.text("okta-20261121T000000Z-89abcdef.ndjson") == "old")
    }

    @Test("What cannot be written stops the fetch before the checkpoint")
    func unwritable() async throws {
        let folder = try TestFolder(), checkpoints = OktaCheckpoints(folder: folder.path + "/state")
        let file = try folder.write("", to: "events")
        let bench = try Bench(OktaLogSimulation([event("a", "10:00:00")]))
        let report = await bench.fetch(OktaLogQuery(), checkpoints: checkpoints, spool: OktaSpool(folder: file))
        #expect(report.stopped?.problem.contains("cannot be written: Not a directory") == true)
        #expect(report.events == 0)
        #expect(folder.names == ["events"])
        #expect(bench.heard.events == [])
    }

    @Test("The end of a name is eight hexadecimal digits")
    func suffix() {
        for _ in 0..<100 { #expect(OktaSpool.randomSuffix().wholeMatch(of: /[0-9a-f]{8}/) != nil) }
    }
}
