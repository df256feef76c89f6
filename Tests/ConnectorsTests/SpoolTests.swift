import Diagnostics
import Foundation
import Testing

@testable import Connectors

@Suite("Crashes between the spool and the checkpoint", .timeLimit(.minutes(10)))
struct CrashTests {
    private struct Crash: Error {}

    /// Fetches, and dies after a page was written and before its checkpoint was, as a killed process would.
    private func crash(_ bench: Bench, page: Int, _ checkpoints: OktaCheckpoints, _ spool: OktaSpool) async
        -> OktaFetchReport
    {
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
            return FileManager.default.fileExists(atPath: folder.path + "/" + file)
                ? try folder.text(file).split(separator: "\n") : []
        }
        #expect(lines.count == 2500 + again)
        #expect(Set(lines) == Set(events.map { Substring($0.json) }))
    }

    @Test("An event whose line the crash tore is written again, whole")
    func tornLine() async throws {
        let events = [event("a", "10:00:00"), event("b", "10:00:01")]
        let folder = try TestFolder(), checkpoints = OktaCheckpoints(folder: folder.path + "/state")
        let log = OktaLogSimulation([]), bench = try Bench(log, clock: TestClock(patience: 0))
        let spool = { (suffix: String) in
            OktaSpool(folder: folder.path, clock: bench.clock.retryClock, suffix: { suffix })
        }
        await bench.fetch(OktaLogQuery(), checkpoints: checkpoints)
        events.forEach { log.store($0) }
        _ = await crash(bench, page: 1, checkpoints, spool("00000001"))
        let first = "okta-20261121T000000Z-00000001.ndjson"
        _ = try folder.write(String(folder.text(first).dropLast(9)), to: first)
        let report = await bench.fetch(OktaLogQuery(), follow: true, checkpoints: checkpoints, spool: spool("00000002"))
        #expect(report.counts(\.events, \.duplicates) == [1, 1])
        #expect(try folder.text("okta-20261121T000000Z-00000002.ndjson") == events[1].json + "\n")
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
        let lines = try ["1", "2", "3"].flatMap {
            try folder.text("events/okta-20261121T000000Z-0000000\($0).ndjson").split(separator: "\n")
        }
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
                == "error: \(path): `\(path)` cannot be written: File exists\n"
                    + "  Check the folder's permissions and free space"
        )
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
