import Diagnostics
import HTTP
import JSON
import Synchronization

/// What a prepared transport does with one request.
enum Turn: Sendable {
    case answer(status: Int, type: String, pieces: [String], failure: Diagnostic?)
    case failure(Diagnostic)

    /// An event stream in these pieces, cut by `failure` if there is one.
    static func stream(_ pieces: String..., cut failure: Diagnostic? = nil) -> Turn {
        .answer(status: 200, type: "text/event-stream; charset=utf-8", pieces: pieces, failure: failure)
    }

    /// A whole body.
    static func body(_ body: String, status: Int = 200, type: String = "application/json") -> Turn {
        .answer(status: status, type: type, pieces: [body], failure: nil)
    }
}

/// Plays turns and keeps the requests.
final class TurnTransport: HTTPTransport {
    private let state: Mutex<(turns: ArraySlice<Turn>, requests: [HTTPRequest])>

    init(_ turns: [Turn]) { state = Mutex((turns[...], [])) }

    var requests: [HTTPRequest] { state.withLock { $0.requests } }

    /// The bodies of the requests as JSON, one member of each.
    func sent(_ path: String) -> [String] {
        requests.map { request in
            guard let json = try? JSONValue(parsing: request.body) else { return "not JSON" }
            return json[path: path].map { $0.string ?? $0.text } ?? "-"
        }
    }

    func open(_ request: HTTPRequest) async throws -> HTTPStream {
        let turn = state.withLock { state in
            state.requests.append(request)
            return state.turns.popFirst()
        }
        switch turn {
        case .answer(let status, let type, let pieces, let failure):
            let head = HTTPResponseHead(status: status, headers: [("content-type", type)])
            let body = AsyncThrowingStream<[UInt8], any Error> { continuation in
                for piece in pieces where !piece.isEmpty { continuation.yield(Array(piece.utf8)) }
                continuation.finish(throwing: failure)
            }
            return HTTPStream(head: head, body: body)
        case .failure(let diagnostic): throw diagnostic
        case nil: throw Diagnostic("no turn left", remedy: "Add one")
        }
    }
}
