import Diagnostics

/// A way to reach servers.
public protocol HTTPTransport: Sendable {
    /// Sends the request and waits for the head of the answer, whatever its status.
    ///
    /// - Throws: A `Diagnostic` of kind `.unavailable`, or `.interrupted` when the task is cancelled.
    func open(_ request: HTTPRequest) async throws -> HTTPStream
}

extension HTTPTransport {
    /// Sends the request and waits for the whole answer, whatever its status.
    ///
    /// - Throws: As ``open(_:)``.
    public func response(to request: HTTPRequest) async throws -> HTTPResponse {
        try await open(request).collect()
    }
}

/// Refuses every request: what `--offline` puts in the place of the network.
public struct OfflineTransport: HTTPTransport {
    /// A transport that reaches nothing.
    public init() {}

    public func open(_ request: HTTPRequest) async throws -> HTTPStream {
        throw Self.refusal(request, try Endpoint(of: request))
    }

    static func refusal(_ request: HTTPRequest, _ server: Endpoint) -> Diagnostic {
        request.unavailable(
            "this session is offline, so \(server) was not asked", remedy: "Start without `--offline` to allow it")
    }
}

extension String {
    /// This text without the given secrets, for messages that may repeat what a server sent.
    ///
    /// Strike first and cut afterwards: a cut secret is no longer recognised.
    public func striking(_ secrets: [String]) -> String {
        let secrets = secrets.filter { !$0.isEmpty }.sorted { $0.utf8.count > $1.utf8.count }.map { Array($0.utf8) }
        // By bytes: a combining mark behind a secret makes another character of its last letter.
        let bytes = secrets.reduce(Array(utf8)) { $0.replacing($1, with: Array("[secret]".utf8)) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
