import Foundation

/// A chat endpoint.
///
/// Answers each request with the next of its texts, as one streamed chunk; a `nil` text is never answered. Of other
/// pages it has those it is given.
final class ModelServer: Sendable {
    private let server: LocalServer
    var url: String { server.origin + "/v1" }

    /// The bodies of the requests so far that asked the model.
    var requests: [String] { server.requests.filter { $0.head.hasPrefix("POST") }.map(\.body) }

    /// The pages that were asked for.
    var pagesAsked: [String] { server.requests.filter { $0.head.hasPrefix("GET") }.map(\.target) }

    /// - Parameters:
    ///   - usage: The tokens of request and reply that it says it counted.
    ///   - pages: Bodies by path.
    init(
        usage: (Int, Int)? = nil, pages: [String: String] = [:],
        answering answer: @escaping @Sendable (String) -> String?
    ) throws {
        server = try LocalServer { request, _ in
            guard request.head.hasPrefix("POST") else { return Self.page(pages[request.target]) }
            return answer(request.body).map { Self.stream($0, usage) }
        }
    }

    private static func page(_ body: String?) -> String {
        let text = body ?? ""
        return "HTTP/1.1 \(body == nil ? 404 : 200) x\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(text.utf8.count)\r\nConnection: close\r\n\r\n\(text)"
    }

    private static func stream(_ text: String, _ usage: (Int, Int)?) -> String {
        let quoted = (try? JSONEncoder().encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
        let counts = usage.map { input, output in
            #"data: {"choices":[],"usage":{"prompt_tokens":\#(input),"completion_tokens":\#(output)}}"# + "\n\n"
        }
        return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
            + "data: {\"model\":\"tiny\",\"choices\":[{\"delta\":{\"content\":\(quoted)},\"finish_reason\":null}]}\n\n"
            + "data: {\"model\":\"tiny\",\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
            + "\(counts ?? "")data: [DONE]\n\n"
    }
}
