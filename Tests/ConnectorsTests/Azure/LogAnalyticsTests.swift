import Diagnostics
import JSON
import Tables
import Testing

@testable import Connectors

@Suite("Log Analytics queries", .timeLimit(.minutes(5)))
struct LogAnalyticsTests {
    @Test("A query is posted with its time span, and asks for time and statistics")
    func request() async throws {
        let bench = try AzureBench([.json(oneRow)])
        _ = try await bench.analytics().run("T | where a == \"é\"", over: .last(seconds: 43_200))
        let request = try #require(bench.server.requests.first)
        #expect(request.line == "POST /v1/workspaces/ws-1/query")
        #expect(request.body == #"{"query":"T | where a == \"é\"","timespan":"PT12H"}"#)
        #expect(request.headers["content-type"] == "application/json; charset=utf-8")
        #expect(request.headers["prefer"] == "wait=300,include-statistics=true")
        #expect(request.headers["authorization"] == "Bearer token-1")
    }

    @Test(
        "The service is asked for at least one and at most 600 seconds",
        arguments: [(0, "wait=1,"), (1, "wait=1,"), (600, "wait=600,"), (9999, "wait=600,")])
    func waits(wait: Int, prefix: String) async throws {
        let bench = try AzureBench([.json(oneRow)])
        let analytics = try LogAnalytics(workspace: "ws-1", service: bench.service, wait: wait)
        _ = try await analytics.run("T", over: .last(seconds: 60))
        #expect(bench.server.requests[0].headers["prefer"]?.hasPrefix(prefix) == true)
    }

    @Test(
        "A time span is a duration, or two times",
        arguments: [
            (.last(seconds: 43_200), "PT12H"), (.last(seconds: 86_400), "P1D"), (.last(seconds: 90_061), "P1DT1H1M1S"),
            (.last(seconds: 59), "PT59S"), (.last(seconds: 1_209_600), "P14D"),
            (
                .between(at("10:00:00"), at("11:30:00").advanced(bySeconds: 0.25)),
                "2026-11-20T10:00:00Z/2026-11-20T11:30:00.250Z"
            ),
        ] as [(RemoteTimespan, String)])
    func timespans(timespan: RemoteTimespan, text: String) async throws {
        #expect(timespan.text == text)
        let bench = try AzureBench([.json(oneRow)])
        _ = try await bench.analytics().run("T", over: timespan)
        #expect(bench.server.requests[0].body == #"{"query":"T","timespan":"\#(text)"}"#)
    }

    @Test("Columns have Kusto's types, and cells their shapes")
    func cells() async throws {
        let columns = [
            "string", "int", "long", "real", "decimal", "bool", "datetime", "timespan", "guid", "dynamic", "new",
        ]
        let head = columns.map { #"{"name":"\#($0)_","type":"\#($0)"}"# }.joined(separator: ",")
        let rows = [
            #"["5",5,9007199254740993,0.5,"1.10",true,"2026-11-20T10:00:00Z","01:00:00","a-b","{\"a\":[1,null]}",[1]]"#,
            #"["","5","-9223372036854775808","NaN",1.5,1,null,null,null,"plain","x"]"#,
            #"[null,5.0,null,"-Infinity",null,"False",null,null,null,"[1",null]"#,
            #"["x",null,"many",3,null,0,null,null,null,{"b":2},7]"#,
        ]
        let all = rows.joined(separator: ",")
        let body = #"{"tables":[{"name":"PrimaryResult","columns":[\#(head)],"rows":[\#(all)]}]}"#
        let table = try await AzureBench([.json(body)]).query()
        #expect(
            table.columns.map(\.type) == [
                .string, .int, .long, .real, .decimal, .bool, .datetime, .timespan, .guid, .dynamic, .unknown,
            ])
        #expect(table.columns.map(\.name) == columns.map { $0 + "_" })
        #expect(
            table.rows == [
                [
                    "5", 5, 9_007_199_254_740_993, 0.5, "1.10", true, "2026-11-20T10:00:00Z", "01:00:00", "a-b",
                    ["a": [1, nil]], [1],
                ],
                ["", 5, .integer(.min), "NaN", 1.5, true, nil, nil, nil, "plain", "x"],
                [nil, 5, nil, "-Infinity", nil, false, nil, nil, nil, "[1", nil],
                ["x", nil, "many", 3, nil, false, nil, nil, nil, ["b": 2], 7],
            ])
        #expect(table.isComplete && table.notices == [])
    }

    @Test("Statistics come along; results beside the primary one are named")
    func extras() async throws {
        let body = #"""
            {"tables":[{"name":"Other","columns":[],"rows":[]},
             {"name":"PrimaryResult","columns":[{"name":"n","type":"long"}],"rows":[[1],[2]]}],
             "statistics":{"query":{"executionTime":0.5}}}
            """#
        let table = try await AzureBench([.json(body)]).query()
        #expect(table.rows == [[1], [2]])
        #expect(table.statistics == ["query": ["executionTime": 0.5]])
        #expect(
            table.notices.map(\.rendered)
                == ["error: the query has 1 more result, not shown\n  Ask for one result at a time"])
        #expect(table.isComplete)
    }

    @Test("An answer with an error beside its table is incomplete, and says why")
    func partial() async throws {
        let error = #"""
            {"code":"PartialError","message":"There were some errors when processing your query.","details":[
             {"code":"EngineError","message":"Something went wrong processing your query on the server.","innererror":
              {"code":"-2133196797","message":"The results of this query exceed the set limit of 64000000 bytes."}}]}
            """#
        let table = try await AzureBench([.json(oneRow.dropLast() + #","error":\#(error)}"#)]).query()
        #expect(table.rows == [[1]])
        #expect(!table.isComplete)
        #expect(
            table.incomplete.map(\.rendered) == [
                "error: Log Analytics could not finish the query, so rows are missing (PartialError): "
                    + "The results of this query exceed the set limit of 64000000 bytes.\n"
                    + "  Narrow the time span, or use `summarize`, `project` or `take`"
            ])
    }

    @Test("An `error` that is null is none")
    func nullError() async throws {
        #expect(try await AzureBench([.json(oneRow.dropLast() + #","error":null}"#)]).query().isComplete)
    }

    @Test("A workspace without any data answers 204, and the table is empty")
    func noData() async throws {
        let table = try await AzureBench([OktaServer.Reply(status: 204)]).query()
        #expect(table.rows.isEmpty && table.columns.isEmpty && table.isComplete)
        #expect(table.notices.map(\.problem) == ["Log Analytics has no data there (status 204)"])
    }

    @Test("An empty answer is no answer", arguments: ["", " \n"])
    func empty(body: String) async throws {
        #expect(
            await (try AzureBench([.json(body)])).failure()?.problem
                == "Log Analytics answered with an empty body (status 200), as it does for a request it cannot read")
    }

    @Test(
        "An answer that is no table says what is wrong with it",
        arguments: [
            ("[]", "it has no `tables`"), ("{}", "it has no `tables`"), (#"{"tables":[]}"#, "its `tables` are empty"),
            (#"{"tables":[{"name":"PrimaryResult"}]}"#, "its table has no `columns` and `rows`"),
            (#"{"tables":[{"columns":[{}],"rows":[]}]}"#, "one of its columns has no name"),
            (
                #"{"tables":[{"columns":[{"name":"a","type":"int"}],"rows":[[1],[1,2]]}]}"#,
                "row 2 does not have 1 cells"
            ),
            (#"{"tables":[{"columns":[],"rows":[{}]}]}"#, "row 1 does not have 0 cells"),
        ])
    func malformed(body: String, reason: String) async throws {
        let bench = try AzureBench([.json(body)])
        #expect(
            await bench.failure()
                == Diagnostic(
                    "\(bench.server.url) sent something that is not a table: \(reason)",
                    remedy: "Check LOG_ANALYTICS_URL, and try again", kind: .unavailable))
    }

    @Test("An answer that is no JSON names the byte", arguments: ["{", "<html>", oneRow + "x", "\u{FEFF}"])
    func notJSON(body: String) async throws {
        let bench = try AzureBench([.json(body)])
        let reason = #expect(throws: Diagnostic.self) { try JSONValue(parsing: body) }
        #expect(
            await bench.failure()?.problem
                == "\(bench.server.url) sent something that is not a table: \(reason?.problem ?? "")")
    }

    @Test(
        "What cannot be asked is not sent",
        arguments: [
            ("", .last(seconds: 60), "the query is empty"), (" \n", .last(seconds: 60), "the query is empty"),
            ("T", .last(seconds: 0), "the time span PT0S is empty"),
            ("T", .last(seconds: -5), "the time span PT0S is empty"),
            (
                "T", .between(at("11:00:00"), at("10:00:00")),
                "the time span 2026-11-20T11:00:00Z/2026-11-20T10:00:00Z is empty"
            ),
            (
                String(repeating: "x", count: 1_048_577), .last(seconds: 60),
                "the query has 1048577 bytes, more than 1048576"
            ),
        ] as [(String, RemoteTimespan, String)])
    func unsent(query: String, timespan: RemoteTimespan, problem: String) async throws {
        let bench = try AzureBench([.json(oneRow)])
        let error = await #expect(throws: Diagnostic.self) { try await bench.analytics().run(query, over: timespan) }
        #expect(error?.problem == problem)
        #expect(error?.kind == .usage)
        #expect(bench.server.requests.isEmpty && bench.login.requests.isEmpty)
    }

    @Test(
        "A workspace's id becomes part of a path",
        arguments: [("a/../b", false), ("..", false), ("a?b", false), ("", false), (" DEMO_WORKSPACE\n", true)])
    func workspaces(id: String, isValid: Bool) throws {
        let service = try AzureBench([]).service
        if isValid {
            #expect(try LogAnalytics(workspace: id, service: service).workspace == "DEMO_WORKSPACE")
        } else {
            #expect(throws: Diagnostic.self) { try LogAnalytics(workspace: id, service: service) }
        }
    }

    @Test("Cancelling breaks the transfer off")
    func cancel() async throws {
        let (asked, arrived) = AsyncStream<Void>.makeStream()
        let bench = try AzureBench { _, _ in
            arrived.yield()
            return OktaServer.Reply(body: oneRow, ending: .held)
        }
        let task = Task { try await bench.query() }
        for await _ in asked { break }
        task.cancel()
        let error = await #expect(throws: Diagnostic.self) { try await task.value }
        #expect(error == .interrupted)
    }
}
