import Diagnostics
import Synchronization
import Testing

@testable import HTTP

@Suite struct RetryPolicyTests {
    static let url = "http://127.0.0.1:1"
    static let refused = Diagnostic(
        "\(url) refused the connection", remedy: "Is the server running? `config` shows the addresses in use",
        kind: .unavailable)
    static let cut = Diagnostic("\(url) cut its answer short", remedy: "r", kind: .unavailable)

    @Test(arguments: [
        // What the server does; what the caller gets; how long was waited, in milliseconds.
        ([Turn.status(200)], "200", [Int]()),
        ([.status(500)], "500", []),
        ([.status(400)], "400", []),
        ([.status(429), .status(200)], "200", [500]),
        ([.status(502), .status(503), .status(200)], "200", [500, 1000]),
        ([.status(504), .status(504), .status(504)], "504", [500, 1000]),
        ([.status(429, after: "3"), .status(200)], "200", [3000]),
        ([.status(429, after: "0"), .status(200)], "200", [500]),
        ([.status(429, after: "Sun, 06 Nov 1994 08:49:37 GMT"), .status(200)], "200", [7000]),
        ([.status(503, after: "Sun, 06 Nov 1994 08:00:00 GMT"), .status(200)], "200", [500]),
        ([.status(429, after: "soon"), .status(200)], "200", [500]),
        ([.status(429, after: "-5"), .status(200)], "200", [500]),
        ([.status(429, body: #"{"error":{"code":"insufficient_quota"}}"#)], "429", []),
        ([.status(429, after: "300")], "\(url) asks to wait 300 s before the next request (status 429)", []),
        ([.status(429, after: "1e300")], "\(url) asks to wait 1000000000 s before the next request (status 429)", []),
        ([.failure(refused), .status(200)], "200", [500]),
        ([.failure(refused), .failure(refused), .failure(refused)], refused.problem, [500, 1000]),
        ([.failure(cut)], cut.problem, []),
        ([.failure(.interrupted)], "interrupted", []),
    ])
    func policy(turns: [Turn], outcome: String, waits: [Int]) async throws {
        let transport = TurnTransport(turns)
        let waited = Mutex<[Int]>([])
        let policy = RetryPolicy(
            jitter: { 1 },
            clock: RetryClock(
                sleep: { wait in waited.withLock { $0.append(Int(wait / .milliseconds(1))) } }, now: { 784_111_770 }))
        let result: String
        do {
            result = "\(try await policy.open(HTTPRequest(url: Self.url), over: transport).head.status)"
        } catch let diagnostic as Diagnostic {
            result = diagnostic.problem
        }
        #expect(result == outcome)
        #expect(waited.withLock { $0 } == waits)
        #expect(transport.requests.count == turns.count)
    }

    @Test func aLongWaitNamesTheWayOn() async {
        let error = await #expect(throws: Diagnostic.self) {
            try await RetryPolicy().open(
                HTTPRequest(url: Self.url), over: TurnTransport([.status(503, after: "3600")]))
        }
        #expect(error?.remedy == "Run the command again in 3600 s")
    }

    @Test func theWaitMustFitTheTotalLimit() async {
        let request = HTTPRequest(url: Self.url, limits: HTTPLimits(total: .seconds(5)))
        let error = await #expect(throws: Diagnostic.self) {
            try await RetryPolicy().open(request, over: TurnTransport([.status(503, after: "6")]))
        }
        #expect(error?.problem == "\(Self.url) asks to wait 6 s before the next request (status 503)")
    }

    @Test func theLastAnswerKeepsItsBody() async throws {
        let stream = try await RetryPolicy(attempts: 1).open(
            HTTPRequest(url: Self.url), over: TurnTransport([.status(429, body: "why")]))
        #expect(try await stream.collect().body == Array("why".utf8))
    }

    @Test func laterAttemptsHaveLessTime() async throws {
        let transport = TurnTransport([.status(503), .status(200)])
        let policy = RetryPolicy(clock: RetryClock(sleep: { _ in }, now: { 0 }))
        _ = try await policy.open(HTTPRequest(url: Self.url), over: transport)
        let totals = transport.requests.map(\.limits.total)
        #expect(totals[0] == .seconds(120))
        #expect(totals[1] < .seconds(120))
    }

    @Test func cancelBreaksTheWait() async {
        let policy = RetryPolicy(clock: RetryClock(sleep: { _ in throw CancellationError() }, now: { 0 }))
        let error = await #expect(throws: Diagnostic.self) {
            try await policy.open(HTTPRequest(url: Self.url), over: TurnTransport([.status(503)]))
        }
        #expect(error == .interrupted)
    }

    @Test(arguments: [(0.0, 250), (0.5, 375), (1.0, 500)])
    func jitterSpreadsTheWait(jitter: Double, wait: Int) async throws {
        let waited = Mutex<[Int]>([])
        let clock = RetryClock(
            sleep: { wait in waited.withLock { $0.append(Int(wait / .milliseconds(1))) } }, now: { 0 })
        let policy = RetryPolicy(jitter: { jitter }, clock: clock)
        _ = try await policy.open(HTTPRequest(url: Self.url), over: TurnTransport([.status(503), .status(200)]))
        #expect(waited.withLock { $0 } == [wait])
    }
}

/// What a prepared transport does with one request.
enum Turn: Sendable {
    case answer(HTTPResponse)
    case failure(Diagnostic)

    static func status(_ status: Int, after: String? = nil, body: String = "") -> Turn {
        let headers = after.map { [(name: "Retry-After", value: $0)] } ?? []
        return .answer(HTTPResponse(head: HTTPResponseHead(status: status, headers: headers), body: Array(body.utf8)))
    }
}

/// Plays turns and keeps the requests.
final class TurnTransport: HTTPTransport {
    private let state: Mutex<(turns: ArraySlice<Turn>, requests: [HTTPRequest])>

    init(_ turns: [Turn]) { state = Mutex((turns[...], [])) }

    var requests: [HTTPRequest] { state.withLock { $0.requests } }

    func open(_ request: HTTPRequest) async throws -> HTTPStream {
        let turn = state.withLock { state in
            state.requests.append(request)
            return state.turns.popFirst()
        }
        switch turn {
        case .answer(let response): return HTTPStream(response)
        case .failure(let diagnostic): throw diagnostic
        case nil: throw Diagnostic("no turn left", remedy: "Add one")
        }
    }
}
