import Diagnostics
import JSON
import Testing

@testable import Connectors

@Suite("Limits of remote answers", .timeLimit(.minutes(5)))
struct RemoteLimitTests {
    private static func rows(_ count: Int) -> String {
        let rows = (0..<count).map { #"[\#($0),"a]}\"\\"]"# }.joined(separator: ",")
        return #"{"tables":[{"name":"PrimaryResult","columns":[{"name":"n","type":"long"},"#
            + #"{"name":"s","type":"string"}],"rows":[\#(rows)]}],"statistics":{"a":{"b":{"c":{}}}}}"#
    }

    @Test(
        "Rows are counted against the limit",
        arguments: [
            (2, 2, []), (3, 3, ["Log Analytics sent 3 rows, as many as it sends at most; there may be more"]),
            (5, 3, ["Log Analytics sent 5 rows; the first 3 are kept"]),
        ])
    func rowLimit(sent: Int, kept: Int, reasons: [String]) async throws {
        let bench = try AzureBench([.json(Self.rows(sent))])
        let table = try await bench.query(limits: RemoteLimits(rows: 3, bytes: 10_000))
        #expect(table.rows.count == kept)
        #expect(table.incomplete.map(\.problem) == reasons)
    }

    @Test("An answer that is too large is read up to its last whole row, and says so")
    func byteLimit() async throws {
        let body = Self.rows(100)
        let start = try #require(body.firstRange(of: #"[50,"#)?.lowerBound)
        let bytes = body[..<start].utf8.count + 3
        let table = try await AzureBench([.json(body)]).query(limits: RemoteLimits(rows: 1000, bytes: bytes))
        #expect(table.rows.count == 50)
        #expect(table.rows.last == [49, #"a]}"\"#])
        #expect(
            table.incomplete.map(\.rendered) == [
                "error: the answer is larger than \(bytes) bytes and was cut there; 50 rows are kept\n"
                    + "  Narrow the time span, or use `summarize`, `project` or `take`"
            ])
    }

    @Test("An answer of exactly the limit is whole")
    func exact() async throws {
        let body = Self.rows(5)
        let limits = RemoteLimits(rows: 1000, bytes: body.utf8.count)
        #expect(try await AzureBench([.json(body)]).query(limits: limits).isComplete)
    }

    @Test("Wherever an answer is cut, the rows before it are whole rows")
    func everyCut() throws {
        let body = Array(Self.rows(4).utf8)
        for end in body.indices {
            guard let closed = CutReply.closed(Array(body[..<end]), rowDepth: 4) else { continue }
            let json = try JSONValue(parsing: closed)
            guard case .success(let table) = LogAnalyticsReply.table(json) else { continue }
            #expect(table.rows == (0..<table.rows.count).map { [.integer(Int64($0)), #"a]}"\"#] })
        }
    }

    @Test(
        "What is left of a cut text",
        arguments: [
            ("", nil), ("{", nil), (#"{"results":[{"a":1},{"b"#, #"{"results":[{"a":1}]}"#),
            (#"{"results":[{"a":[1,{"x":"]}"}]},{"#, #"{"results":[{"a":[1,{"x":"]}"}]}]}"#), ("]", nil),
            (#"{"results":["}"#, nil), ("[[[]" + String(repeating: "[", count: 62), "[[[]]]"),
            ("[[[]" + String(repeating: "[", count: 63), nil),
        ] as [(String, String?)])
    func closed(text: String, expected: String?) {
        let closed = CutReply.closed(Array(text.utf8), rowDepth: 2)
        #expect(closed.map { String(decoding: $0, as: UTF8.self) } == expected)
    }

    @Test("A cut before the first row is no table")
    func noRows() async throws {
        let bench = try AzureBench([.json(Self.rows(9))])
        let error = await #expect(throws: Diagnostic.self) {
            try await bench.query(limits: RemoteLimits(rows: 10, bytes: 12))
        }
        #expect(
            error?.problem == "\(bench.server.url) sent something that is not a table: "
                + "the answer is larger than 12 bytes and was cut there; 0 rows are kept")
    }

    @Test("The limits are the services' own")
    func documented() {
        #expect(RemoteLimits.logAnalytics == RemoteLimits(rows: 500_000, bytes: 67_108_864))
        #expect(RemoteLimits.graph.rows == 100_000)
    }

    @Test(
        "Durations",
        arguments: [
            ("PT5M", 300), ("P14D", 1_209_600), ("P2DT1H30M", 178_200), ("PT0S", 0), ("P1D", 86_400), ("PT24H", 86_400),
            ("P1M", nil), ("P1Y", nil), ("PT", nil), ("P", nil), ("", nil), ("1H", nil), ("PT1H1H", nil),
            ("PT1M1H", nil), ("P1DT", nil), ("PT1.5H", nil), ("P1H", nil), ("PT1D", nil), ("PT-5M", nil),
            ("PT99999999999H", nil), ("pt5m", nil), ("PT٥M", nil),
        ] as [(String, Int?)])
    func durations(text: String, seconds: Int?) {
        #expect(ISODuration.seconds(text) == seconds)
    }
}
