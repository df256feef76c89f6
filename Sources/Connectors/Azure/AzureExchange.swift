internal import Diagnostics
internal import HTTP

/// Sends requests to one server: again after refusals that pass, within bounds.
struct AzureExchange: Sendable {
    let transport: any HTTPTransport
    let manner: AzureManner
    /// What messages call the server.
    let name: String

    /// How often a server may refuse one request because of its limits.
    private static let patience = 4
    /// The first wait after a refusal that names none, in seconds; doubled each time. Log Analytics counts queries
    /// over 30 seconds, Graph over a minute (their documentation).
    private static let usualWait = 10
    /// A refusal is short.
    private static let refusalLimit = 1 << 20

    /// Sends a request until an answer is worth reading, and returns it whatever its status.
    ///
    /// A refusal because of limits (429) was not acted on, so it is always sent again.
    ///
    /// - Parameter isRepeatable: Whether it may also be sent again when it is not known if it was acted on.
    func open(_ request: HTTPRequest, isRepeatable: Bool) async throws -> HTTPStream {
        var failures = 0, refusals = 0
        while true {
            if Task.isCancelled { throw Diagnostic.interrupted }
            let stream: HTTPStream
            do {
                stream = try await transport.open(request)
            } catch let failure as Diagnostic where isRepeatable && RetryPolicy.isPassing(failure, of: request) {
                failures += 1
                guard failures < manner.retries.attempts else { throw failure }
                try await pause(manner.retries.wait(after: failures), failure.problem)
                continue
            }
            switch stream.head.status {
            case 429:
                refusals += 1
                guard refusals < Self.patience else { return stream }
                try await waitOut(stream, request, refusals)
            case 502, 503:
                failures += 1
                guard isRepeatable, failures < manner.retries.attempts else { return stream }
                try await waitAgain(stream.head, failures)
            default: return stream
            }
        }
    }

    /// Sends a request whose whole answer is small.
    func response(to request: HTTPRequest, isRepeatable: Bool) async throws -> HTTPResponse {
        try await open(request, isRepeatable: isRepeatable).collect()
    }

    // MARK: Waiting

    private func waitOut(_ stream: HTTPStream, _ request: HTTPRequest, _ refusals: Int) async throws {
        let asked = stream.head.askedWait(now: manner.retries.clock.now())
        let wait = asked ?? .seconds(Self.usualWait << (refusals - 1))
        if wait > manner.retries.longestWait {
            let body = try await BoundedBody(stream, limit: Self.refusalLimit)
            let words = AzureFault(body.bytes, secrets: request.secrets).words
            throw tooLong(wait, words)
        }
        try await pause(max(wait, manner.retries.wait(after: 1)), "\(name) refuses more requests for now (status 429)")
    }

    private func waitAgain(_ head: HTTPResponseHead, _ failures: Int) async throws {
        let asked = head.askedWait(now: manner.retries.clock.now()) ?? .zero
        let wait = max(asked, manner.retries.wait(after: failures))
        if wait > manner.retries.longestWait { throw tooLong(wait, "") }
        try await pause(wait, "\(name) failed (status \(head.status))")
    }

    private func tooLong(_ wait: Duration, _ words: String) -> Diagnostic {
        let seconds = wait.components.seconds
        return Diagnostic(
            "\(name) asks to wait \(seconds) s before the next request" + (words.isEmpty ? "" : ": \(words)"),
            remedy: "Run the command again in \(seconds) s", kind: .unavailable)
    }

    /// Waits, and says so.
    func pause(_ wait: Duration, _ reason: String) async throws {
        manner.watch(wait / .seconds(1), reason)
        do { try await manner.retries.clock.sleep(wait) } catch { throw Diagnostic.interrupted }
        if Task.isCancelled { throw Diagnostic.interrupted }
    }
}

/// The bytes of an answer, up to a limit.
struct BoundedBody {
    private(set) var bytes: [UInt8] = []
    /// Whether there was more; the transfer was ended then.
    private(set) var isCut = false

    init(_ stream: HTTPStream, limit: Int) async throws {
        for try await piece in stream.body {
            bytes += piece
            if bytes.count > limit {
                bytes.removeLast(bytes.count - limit)
                isCut = true
                break
            }
        }
        if Task.isCancelled { throw Diagnostic.interrupted }
    }
}
