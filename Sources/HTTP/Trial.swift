import Diagnostics

/// One attempt at a request, and what it says about another one.
struct Trial {
    let result: Result<HTTPStream, Diagnostic>
    let isWorthRepeating: Bool
    private let head: HTTPResponseHead?

    private static let temporary: Set<Int> = [429, 502, 503, 504]

    /// - Throws: What another attempt would not mend.
    init(_ request: HTTPRequest, _ transport: any HTTPTransport) async throws {
        do {
            let stream = try await transport.open(request)
            guard Self.temporary.contains(stream.head.status) else {
                (result, isWorthRepeating, head) = (.success(stream), false, stream.head)
                return
            }
            let response = try await stream.collect()
            let text = String(decoding: response.body, as: UTF8.self)
            (result, head) = (.success(HTTPStream(response)), response.head)
            isWorthRepeating = !text.contains("insufficient_quota")
        } catch let diagnostic as Diagnostic where ConnectFault.explains(diagnostic, of: request) {
            (result, isWorthRepeating, head) = (.failure(diagnostic), true, nil)
        }
    }

    /// As ``HTTPResponseHead/askedWait(now:)``; `nil` also where there was no answer.
    func askedWait(now: Int) -> Duration? { head?.askedWait(now: now) }

    func tooLong(_ wait: Duration, for request: HTTPRequest) -> Diagnostic {
        let server = (try? Endpoint(of: request))?.description ?? "the server"
        let status = head.map { " (status \($0.status))" } ?? ""
        return request.unavailable(
            "\(server) asks to wait \(wait.words) before the next request\(status)",
            remedy: "Run the command again in \(wait.words)")
    }
}
