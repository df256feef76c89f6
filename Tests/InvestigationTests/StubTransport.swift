import Connectors
import Diagnostics
import HTTP
import Investigation
import JSON
import Synchronization

/// Answers requests with what a function says, and keeps what it was asked.
final class StubTransport: HTTPTransport {
    private let asked = Mutex<[HTTPRequest]>([])
    private let answer: @Sendable (HTTPRequest) throws -> (Int, String)

    init(_ answer: @escaping @Sendable (HTTPRequest) throws -> (Int, String)) { self.answer = answer }

    /// Method and address of each request so far.
    var lines: [String] { asked.withLock { $0.map { "\($0.method) \($0.url)" } } }
    /// The bodies of what was posted.
    var bodies: [String] { asked.withLock { $0.filter { $0.method == "POST" }.map { String(decoding: $0.body, as: UTF8.self) } } }

    func open(_ request: HTTPRequest) async throws -> HTTPStream {
        asked.withLock { $0.append(request) }
        let (status, body) = try answer(request)
        let head = HTTPResponseHead(status: status, headers: [("Content-Type", "application/json")])
        return HTTPStream(HTTPResponse(head: head, body: Array(body.utf8)))
    }
}

/// A tenant with one machine, `WS1.example.com`, whose actions end at the third look.
struct DefenderStub: Sendable {
    static let id = "0000000000000000000000000000000000000001"
    static let origin = "https://defender.example"

    let transport: StubTransport
    private static let states = ["Pending", "InProgress", "Succeeded"]

    /// - Parameters:
    ///   - posted: What the API answers to a request for an action; `nil` takes it.
    ///   - ending: The status of the action at its end.
    ///   - onPost: Called when a request for an action has arrived.
    init(
        posted: (Int, String)? = nil, running: String = "", ending: String = "Succeeded",
        onPost: @escaping @Sendable () -> Void = {}
    ) {
        let looks = Mutex(0)
        transport = StubTransport { request in
            if request.method == "POST" {
                onPost()
                return posted ?? (201, Self.action("Pending", type: request.url))
            }
            guard request.url.contains("/machineactions") else { return (200, #"{"value":[\#(Self.machine)]}"#) }
            guard request.url.hasSuffix("/a-1") else { return (200, #"{"value":[\#(running)]}"#) }
            let look = looks.withLock { looks in
                looks += 1
                return looks
            }
            return (200, Self.action(look < 3 ? Self.states[look - 1] : ending))
        }
    }

    static let machine = #"{"id":"\#(id)","computerDnsName":"WS1.example.com","osPlatform":"Windows11"}"#

    static func action(_ status: String, type: String = "isolate", requestor: String = "ann@example.com") -> String {
        let type = type.hasSuffix("unisolate") ? "Unisolate" : type.hasSuffix("isolate") ? "Isolate" : "RunAntiVirusScan"
        return """
            {"id":"a-1","type":"\(type)","scope":"Full","status":"\(status)","machineId":"\(id)","requestor":"\(requestor)",\
            "creationDateTimeUtc":"2026-11-21T00:00:00Z"}
            """
    }

    /// The services of a session; waiting takes no time.
    var services: SessionServices {
        let clock = RetryClock(sleep: { _ in try Task.checkCancellation() }, now: { 1_795_219_200 })
        let manner = DefenderManner(retries: RetryPolicy(jitter: { 1 }, clock: clock))
        return SessionServices(defender: { [transport] () throws(Diagnostic) in
            DefenderService(at: try DefenderAddress(url: Self.origin), transport: transport, manner: manner) { "CANARY" }
        })
    }
}
