import Diagnostics
import JSON
import Testing

@testable import Connectors

@Suite("Advanced hunting through Graph", .timeLimit(.minutes(5)))
struct GraphHuntingTests {
    private static let reply = #"""
        {"@odata.context":"x","schema":[{"name":"Timestamp","type":"DateTime"},{"Name":"Count","Type":"Int64"},
         {"name":"IsAdmin","type":"SByte"},{"name":"Extra","type":"Object"},{"name":"Id","type":"Guid"}],
         "results":[
          {"Timestamp":"2024-03-26T09:39:50.7688641Z","Count@odata.type":"#Int64","Count":"5","IsAdmin":1,
           "Extra":"{\"a\":1}","Id":"g"},
          {"Id":"h","Count":6,"Extra":{"b":2}}]}
        """#

    private static func failure(
        _ bench: AzureBench, over timespan: RemoteTimespan = .last(seconds: 60)
    ) async -> Diagnostic? {
        do {
            _ = try await GraphHunting(service: bench.service).run("T", over: timespan)
            return nil
        } catch { return error as? Diagnostic }
    }

    @Test("A query is posted, and its objects become rows")
    func rows() async throws {
        let bench = try AzureBench([.json(Self.reply)])
        let table = try await GraphHunting(service: bench.service).run("DeviceEvents", over: .last(seconds: 2_592_000))
        let request = try #require(bench.server.requests.first)
        #expect(request.line == "POST /v1.0/security/runHuntingQuery")
        #expect(request.body == #"{"Query":"DeviceEvents","Timespan":"P30D"}"#)
        #expect(request.headers["content-type"] == "application/json; charset=utf-8")
        #expect(table.columns.map(\.name) == ["Timestamp", "Count", "IsAdmin", "Extra", "Id"])
        #expect(table.columns.map(\.type) == [.datetime, .long, .bool, .dynamic, .guid])
        #expect(
            table.rows == [
                ["2024-03-26T09:39:50.7688641Z", 5, true, ["a": 1], "g"], [nil, 6, nil, ["b": 2], "h"],
            ])
        #expect(table.isComplete)
    }

    @Test(
        "The names of its types",
        arguments: [
            ("DateTime", .datetime), ("String", .string), ("Int32", .int), ("Int64", .long), ("Double", .real),
            ("SByte", .bool), ("Boolean", .bool), ("Object", .dynamic), ("Guid", .guid), ("SqlDecimal", .decimal),
            ("TimeSpan", .timespan), ("Vector", .unknown), ("", .unknown),
        ] as [(String, RemoteType)])
    func types(name: String, type: RemoteType) { #expect(RemoteType(named: name) == type) }

    @Test(
        "What it refuses says what to change",
        arguments: [
            (
                400, "BadRequest", "'where' operator: Failed to resolve column 'x'",
                "Microsoft Graph cannot run the query (BadRequest): 'where' operator: Failed to resolve column 'x'",
                "Check the names of tables and columns, and the query there", Diagnostic.Kind.usage, 1
            ),
            (
                401, "InvalidAuthenticationToken", "Lifetime validation failed",
                "SERVER refused the token of the app app-1 in contoso.example with a secret (status 401): "
                    + "Lifetime validation failed",
                "Check AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, and this computer's clock",
                .unavailable, 2
            ),
            (
                403, "Forbidden", "Missing scopes",
                "SERVER does not let the app app-1 in contoso.example with a secret do this (status 403): "
                    + "Missing scopes",
                "Grant the permission ThreatHunting.Read.All with admin consent to the app; tokens of the Azure CLI "
                    + "lack it", .unavailable, 1
            ),
            (
                404, "ResourceNotFound", "gone",
                "Microsoft Graph does not have what was asked for (status 404): gone",
                "Check GRAPH_URL; the tenant may not have Defender XDR", .unavailable, 1
            ),
            (
                504, "Timeout", "slow", "the query took longer than Microsoft Graph allows (status 504): slow",
                "Narrow the time span, or use `summarize`, `project` or `take`", .unavailable, 1
            ),
        ])
    func statuses(
        status: Int, code: String, message: String, problem: String, remedy: String, kind: Diagnostic.Kind,
        requests: Int
    ) async throws {
        let bench = try AzureBench([.azure(status, code, message)])
        let failure = await Self.failure(bench)
        #expect(failure?.problem == problem.replacing("SERVER", with: bench.server.url))
        #expect(failure?.remedy == remedy)
        #expect(failure?.kind == kind)
        #expect(bench.server.requests.count == requests)
    }

    @Test("A used-up quota quotes which one it is")
    func quota() async throws {
        let words = "CPU quota exceeded, try again in 10 minutes"
        let bench = try AzureBench([.azure(429, "TooManyRequests", words, headers: [("Retry-After", "600")])])
        #expect(
            await Self.failure(bench)?.problem
                == "Microsoft Graph asks to wait 600 s before the next request: "
                + "CPU quota exceeded, try again in 10 minutes")
        #expect(bench.clock.waits == [])
    }

    @Test("More than it keeps is not asked for")
    func retention() async throws {
        let bench = try AzureBench([.json(Self.reply)])
        let failure = await Self.failure(bench, over: .last(seconds: 30 * 86_400 + 1))
        #expect(failure?.problem == "Microsoft Graph keeps 30 days, less than the time span P30DT1S")
        #expect(failure?.kind == .usage)
        #expect(bench.server.requests.isEmpty)
    }

    @Test(
        "An answer that is no table says what is wrong with it",
        arguments: [
            ("{}", "it has no `results`"), (#"{"results":[]}"#, "it has no `schema`"),
            (#"{"schema":[{}],"results":[]}"#, "one of its columns has no name"),
            (#"{"schema":[],"results":[1]}"#, "result 1 is a number"),
            (#"{"schema":{},"results":[]}"#, "it has no `schema`"),
        ])
    func malformed(body: String, reason: String) async throws {
        let bench = try AzureBench([.json(body)])
        #expect(
            await Self.failure(bench)?.problem == "\(bench.server.url) sent something that is not a table: \(reason)")
    }

    @Test("As many rows as it sends at most may not be all")
    func limit() async throws {
        let results = Array(repeating: #"{"a":1}"#, count: 4).joined(separator: ",")
        let bench = try AzureBench([.json(#"{"schema":[{"name":"a","type":"Int32"}],"results":[\#(results)]}"#)])
        let table = try await GraphHunting(service: bench.service, limits: RemoteLimits(rows: 4, bytes: 1000))
            .run("T", over: .last(seconds: 60))
        #expect(
            table.incomplete.map(\.problem)
                == ["Microsoft Graph sent 4 rows, as many as it sends at most; there may be more"])
    }

    @Test("An answer that is too large is read up to its last whole row")
    func cut() async throws {
        let results = (0..<50).map { #"{"a":\#($0)}"# }.joined(separator: ",")
        let bench = try AzureBench([.json(#"{"schema":[{"name":"a","type":"Int32"}],"results":[\#(results)]}"#)])
        let table = try await GraphHunting(service: bench.service, limits: RemoteLimits(rows: 100, bytes: 100))
            .run("T", over: .last(seconds: 60))
        #expect(!table.rows.isEmpty && table.rows.count < 50 && !table.isComplete)
        #expect(table.rows == (0..<table.rows.count).map { [.integer(Int64($0))] })
    }
}
