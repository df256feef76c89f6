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

    /// The time that `Retry-After` names, in seconds or as a date; `nil` when there is none that can be read.
    func askedWait(now: Int) -> Duration? {
        guard let text = head?.header("Retry-After") else { return nil }
        if let seconds = Double(text) {
            return seconds.isFinite && seconds >= 0 ? .seconds(min(seconds, 1e9)) : nil
        }
        return WallTime.seconds(ofDate: text).map { .seconds(max(0, $0 - now)) }
    }

    func tooLong(_ wait: Duration, for request: HTTPRequest) -> Diagnostic {
        let server = (try? Endpoint(of: request))?.description ?? "the server"
        let status = head.map { " (status \($0.status))" } ?? ""
        return request.unavailable(
            "\(server) asks to wait \(wait.words) before the next request\(status)",
            remedy: "Run the command again in \(wait.words)")
    }
}
