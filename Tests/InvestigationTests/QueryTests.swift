import Diagnostics
import Events
import Foundation
import Investigation
import JSON
import KQL
import Models
import Pipeline
import Testing

/// A session that writes nothing.
private func traceless(_ settings: SessionSettings = SessionSettings()) -> Session {
    Session(
        name: "test", settings: settings, transcript: Transcript(nil), store: nil, model: nil,
        analyst: { ModelAnalyst(model: $0) })
}

/// KQL in a session: what it sees, what is recorded, and what comes back.
struct QueryTests {
    /// A query that runs for minutes.
    private let endless = "range x from 1 to 400000000 step 1 | where tostring(x) matches regex '(9+8+7)*a' | count"

    private func ask(_ text: String, in session: Session) async throws -> JSONValue {
        let result = try await session.perform(.query(QueryRequest(text)), words: ["kql", text])
        return result.json["rows"] ?? .null
    }

    /// The session's own tables, over the demo's events and after the whole pipeline.
    @Test(arguments: [
        ("OktaSystemLog | count", [[9]]),
        ("OktaSystemLog | where outcome_result == 'FAILURE' | summarize n = count() by actor_id", [["alice", 5]]),
        ("OktaV2_CL | count", [[9]]), ("Okta_CL | count", [[9]]),
        (
            "Findings | project finding_type | order by finding_type asc",
            [["failed_login_burst"], ["impossible_travel"]]
        ),
        ("Incidents | project severity", [["high"]]), ("Plans | count", [[1]]), ("Commands | count", [[4]]),
        // Relative times count from the session's clock, the newest event.
        ("print now()", [["2025-11-12T20:05:00.0000000Z"]]),
        (
            "OktaSystemLog | where TimeGenerated > ago(70m) | distinct actor_id | order by actor_id asc",
            [["bob"], ["charlie"]]
        ),
    ] as [(String, JSONValue)])
    func tables(_ query: String, _ rows: JSONValue) async throws {
        let session = try await session(in: try TemporaryFolder())
        for step in steps { _ = try await session.perform(step, words: [step.name]) }
        #expect(try await ask(query, in: session) == rows)
    }

    @Test func aFileBecomesATable() async throws {
        let folder = try TemporaryFolder(), session = try await session(in: folder)
        let rows = "{\"user\":\"bob\",\"risk\":3}\nnonsense\n{\"user\":\"ann\",\"risk\":9}\n"
        let path = try folder.write(rows, to: "risks.ndjson")
        let result = try await session.perform(.ingestTable(TableRequest(name: "Risks", path: path)), words: ["ingest"])
        #expect(result.json["read"] == 3 && result.json["accepted"] == 2 && result.json["rejected"] == 1)
        #expect(result.json[path: "problems.0.line"] == 2)
        #expect(try await ask("Risks | where risk > 5 | project user", in: session) == [["ann"]])
        let tables = try await session.perform(.show("tables"), words: ["show", "tables"]).json.array ?? []
        #expect(tables.last == ["table": "Risks", "rows": 2, "columns": 2, "file": .string(path)])
    }

    @Test func aFileHidesATableOfTheSession() async throws {
        let folder = try TemporaryFolder(), session = try await session(in: folder)
        let path = try folder.write("{\"x\":1}\n", to: "log.ndjson")
        let request = TableRequest(name: "OktaSystemLog", path: path)
        let result = try await session.perform(.ingestTable(request), words: ["ingest"])
        guard case .table(let outcome) = result else { Issue.record("another result"); return }
        #expect(outcome.hidesBuiltIn && !outcome.replaces)
        #expect(try await ask("OktaSystemLog | project x", in: session) == [[1]])
    }

    @Test(arguments: ["a b", "", "1st", "x|y", "naïve", String(repeating: "a", count: 101)])
    func whatNoQueryCouldWriteIsNoName(_ name: String) async throws {
        let session = try await session(in: try TemporaryFolder())
        let fault = await #expect(throws: Diagnostic.self) {
            try await session.perform(.ingestTable(TableRequest(name: name, path: demo)), words: ["ingest"])
        }
        #expect(fault?.kind == .usage)
    }

    @Test func aRefusalKeepsItsPlace() async throws {
        let session = try await session(in: try TemporaryFolder())
        let fault = await #expect(throws: QueryFault.self) { try await ask("OktaSystemLog\n| wher x", in: session) }
        #expect(fault?.fault.code == "SYN0002" && fault?.fault.span.start == 16)
        #expect(fault?.diagnostic.problem == "unknown operator `wher` (SYN0002, line 2, column 3)")
    }

    @Test func eventsWhereAPredicateIsTrue() async throws {
        let session = try await session(in: try TemporaryFolder())
        _ = try await session.perform(steps[0], words: ["ingest"])
        let filter = EventFilter(actor: "alice", predicate: "outcome_result == 'FAILURE' // and no more", limit: 2)
        let result = try await session.perform(.showEvents(filter), words: ["show"])
        guard case .events(let outcome) = result else { Issue.record("another result"); return }
        #expect(outcome.events.map(\.id) == ["evt-1001", "evt-1002"] && outcome.matching == 5)
        let fault = await #expect(throws: QueryFault.self) {
            try await session.perform(.showEvents(EventFilter(predicate: "true) | count //")), words: ["show"])
        }
        #expect(fault?.isPredicate == true)
    }

    @Test func aCancelledQueryIsAnInterruption() async throws {
        let folder = try TemporaryFolder(), session = try await session(in: folder)
        let work = Task {
            try await ask(endless, in: session)
        }
        work.cancel()
        let fault = await #expect(throws: Diagnostic.self) { try await work.value }
        #expect(fault?.kind == .interrupted)
        #expect(try folder.lines("sessions/test.jsonl").last?.contains(#""type":"interrupt""#) == true)
    }

    @Test func aQueryHasItsTime() async throws {
        var settings = SessionSettings()
        settings.queryTime = 0.05
        let session = traceless(settings)
        let fault = await #expect(throws: QueryFault.self) {
            try await ask(endless, in: session)
        }
        #expect(fault?.fault.code == "RUN0001")
    }

    @Test func rowsBeyondTheLimitAreCounted() async throws {
        var settings = SessionSettings()
        settings.queryRows = 10
        let session = traceless(settings)
        let result = try await session.perform(.query(QueryRequest("range x from 1 to 25 step 1")), words: [])
        guard case .query(let outcome) = result else { Issue.record("another result"); return }
        #expect(outcome.result.count == 10 && outcome.cuts == ["the limit of rows (KQL_MAX_ROWS) left out 15 of 25"])
    }
}

/// What a transcript keeps of queries and tables.
struct QueryReplayTests {
    private let queries = [
        "OktaSystemLog | summarize count(), make_set(client_ipAddress) by actor_id",
        "Risks | join kind=inner (OktaSystemLog | distinct user = actor_id) on user | project user, risk",
        "range x from 1 to 5 step 1 | extend r = rand(), g = new_guid()", "range x from 1 to 500 step 1 | sample 3",
        "range x from 1 to 5000 step 1", "print now(), ago(1d)",
    ]

    /// A session with a table and queries, one of them refused; the path of its transcript.
    private func recorded(in folder: TemporaryFolder) async throws -> String {
        let session = try await session(in: folder)
        let path = try folder.write("{\"user\":\"bob\",\"risk\":3}\nnonsense\n", to: "risks.ndjson")
        _ = try await session.perform(steps[0], words: ["ingest"])
        _ = try await session.perform(.ingestTable(TableRequest(name: "Risks", path: path)), words: ["ingest"])
        for query in queries { _ = try await session.perform(.query(QueryRequest(query)), words: ["kql", query]) }
        _ = try? await session.perform(.query(QueryRequest("Nope | count")), words: ["kql"])
        _ = try await session.perform(.showEvents(EventFilter(predicate: "actor_id == 'bob'")), words: ["show"])
        try await session.end()
        return folder.path + "/sessions/test.jsonl"
    }

    private func verify(_ path: String) async throws -> Replay.Report {
        try await Replay(SavedSession(path: path)).verify { ModelAnalyst(model: $0) }
    }

    @Test func queriesGiveTheSameAgain() async throws {
        let report = try await verify(try await recorded(in: try TemporaryFolder()))
        #expect(report.compared == queries.count + 4 && report.skipped.isEmpty)
    }

    @Test func aTranscriptKeepsTheFirstRowsAndTheirNumber() async throws {
        let records = try SavedSession(path: try await recorded(in: try TemporaryFolder())).records
        let results = records.filter { $0["command"]?.string == "kql" }.compactMap { $0["result"] }
        let long = try #require(results.first { $0["total"] == 5000 })
        #expect(long["rows"]?.array?.count == 1000)
        #expect(results.allSatisfy { $0["rows"]?.array?.count ?? 0 <= 1000 })
    }

    @Test func aChangedTableIsADifference() async throws {
        let folder = try TemporaryFolder(), path = try await recorded(in: folder)
        _ = try folder.write("{\"user\":\"bob\",\"risk\":4}\n", to: "risks.ndjson")
        let fault = await #expect(throws: Diagnostic.self) { try await verify(path) }
        #expect(fault?.kind == .difference && fault?.problem.contains("risks.ndjson has changed since") == true)
    }

    @Test func aResumedSessionHasItsTablesAndItsLastQuery() async throws {
        let folder = try TemporaryFolder(), path = try await recorded(in: folder)
        let again = try await session(in: try TemporaryFolder())
        #expect(try await again.restore(from: SavedSession(path: path)).isEmpty)
        let state = await again.state
        #expect(state.tables.map(\.name) == ["Risks"] && state.lastQuery == "Nope | count")
        let rows = try await again.perform(.query(QueryRequest("Risks | project risk")), words: []).json["rows"]
        #expect(rows == [[3]])
    }

    @Test(arguments: [
        Investigation.Operation.query(QueryRequest("T | take 1; // é", seed: .max)),
        .ingestTable(TableRequest(name: "T", path: "a b.csv")), .showEvents(EventFilter(predicate: "x == 1")),
    ])
    func operationsAreReadAsTheyWereWritten(_ operation: Investigation.Operation) throws {
        #expect(try Operation(json: JSONValue(parsing: operation.json.text)) == operation)
    }
}

/// `kql --batch`, line by line.
struct QueryBatchTests {
    @Test(arguments: [
        (#"{"id":1,"query":"print x = 1"}"#, #"{"id":1,"columns":[{"name":"x","type":"long"}],"rows":[[1]]}"#),
        (#"{"query":"print x = 'a'"}"#, #"{"id":null,"columns":[{"name":"x","type":"string"}],"rows":[["a"]]}"#),
        (
            #"{"id":"b","query":"print 1\n| wher x"}"#,
            #"{"id":"b","error":{"code":"SYN0002","message":"unknown operator `wher`","line":2,"column":3}}"#
        ),
        (
            #"{"id":[2]}"#,
            #"{"id":[2],"error":{"code":"SYN0001","message":"line 7 has no `query`","line":null,"column":null}}"#
        ),
        (
            "nonsense",
            #"{"id":null,"error":{"code":"SYN0001","message":"line 7 is not a JSON object","line":null,"column":null}}"#
        ),
        (
            "[1]",
            #"{"id":null,"error":{"code":"SYN0001","message":"line 7 is not a JSON object","line":null,"column":null}}"#
        ),
    ])
    func replies(_ line: String, _ reply: String) async throws {
        let session = traceless()
        #expect(await session.queryBatch.reply(to: line, number: 7)?.text == reply)
    }
}

/// Queries that the analyst keeps.
struct SavedQueriesTests {
    @Test func aQueryIsKeptUnderItsName() throws {
        let queries = SavedQueries(configuration: try TemporaryFolder().path)
        #expect(queries.names.isEmpty)
        #expect(try queries.save("T | count", as: "daily count").replaced == false)
        #expect(try queries.save("T | take 1", as: "daily count").replaced)
        #expect(try queries.text(of: "daily count") == "T | take 1" && queries.names == ["daily count"])
        let fault = #expect(throws: Diagnostic.self) { try queries.text(of: "daily cuont") }
        #expect(fault?.remedy == "Did you mean `daily count`?")
    }

    @Test(arguments: ["", "..", ".hidden", "a/b", "../x", "-x", "a\u{1B}b", "a\nb", String(repeating: "x", count: 101)])
    func whatIsNoName(_ name: String) throws {
        let queries = SavedQueries(configuration: try TemporaryFolder().path)
        let fault = #expect(throws: Diagnostic.self) { try queries.save("T", as: name) }
        #expect(fault?.kind == .usage && queries.names.isEmpty)
    }
}
