import Foundation

/// A chat endpoint.
///
/// Answers each request with the next of its texts, as one streamed chunk; a `nil` text is never answered.
final class ModelServer: Sendable {
    private let server: LocalServer
    var url: String { server.origin + "/v1" }

    /// The bodies of the requests so far.
    var requests: [String] { server.requests.map(\.body) }

    init(answering answer: @escaping @Sendable (String) -> String?) throws {
        server = try LocalServer { request, _ in answer(request.body).map(Self.stream) }
    }

    private static func stream(_ text: String) -> String {
        let quoted = (try? JSONEncoder().encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
        return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
            + "data: {\"model\":\"tiny\",\"choices\":[{\"delta\":{\"content\":\(quoted)},\"finish_reason\":null}]}\n\n"
            + "data: {\"model\":\"tiny\",\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"
    }
}
