import Diagnostics

/// What is asked of a server, and how long the answer may take.
///
/// ```swift
/// let request = HTTPRequest(
///     method: "POST", url: "http://localhost:1234/v1/chat/completions",
///     headers: [("Content-Type", "application/json"), ("Authorization", "Bearer \(key)")],
///     body: Array(json.utf8), secrets: [key])
/// ```
public struct HTTPRequest: Sendable {
    /// The method in capitals, such as `GET`.
    public var method: String
    /// An https URL, or an http URL to this computer, without user name and password.
    public var url: String
    /// Names and values as they are sent; no `Content-Type` is added.
    public var headers: [(name: String, value: String)]
    /// Sent as it is; may be empty.
    public var body: [UInt8]
    /// How long and how large the answer may be.
    public var limits: HTTPLimits
    /// Texts that are struck out of every `Diagnostic` made from this request, even when the server sends them back.
    public var secrets: [String]
    /// What the user can do when the server cannot be reached.
    public var remedy: String

    /// A request; nothing is checked before it is opened.
    public init(
        method: String = "GET", url: String, headers: [(name: String, value: String)] = [], body: [UInt8] = [],
        limits: HTTPLimits = HTTPLimits(), secrets: [String] = [],
        remedy: String = "Is the server running? `config` shows the addresses in use"
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.limits = limits
        self.secrets = secrets
        self.remedy = remedy
    }
}

/// How long a transfer may take and how much it may bring.
public struct HTTPLimits: Hashable, Sendable {
    /// Until the connection stands, TLS included.
    public var connect: Duration
    /// From the start until the first byte of the body, for a server may send its head before it thinks.
    public var firstByte: Duration
    /// Between two pieces of the body.
    public var idle: Duration
    /// From the start to the last byte.
    public var total: Duration
    /// In bytes.
    public var maxBody: Int

    /// Limits for one transfer.
    public init(
        connect: Duration = .seconds(10), firstByte: Duration = .seconds(60), idle: Duration = .seconds(30),
        total: Duration = .seconds(120), maxBody: Int = 64 << 20
    ) {
        self.connect = connect
        self.firstByte = firstByte
        self.idle = idle
        self.total = total
        self.maxBody = maxBody
    }
}

/// The status and the headers of an answer.
public struct HTTPResponseHead: Sendable {
    /// The status code, such as 200; never a redirect.
    public let status: Int
    /// In the order they came; a name may come more than once.
    public let headers: [(name: String, value: String)]

    /// A head, for transports and tests.
    public init(status: Int, headers: [(name: String, value: String)] = []) {
        self.status = status
        self.headers = headers
    }

    /// The value of the first header with this name, in capitals or not.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The media type of the body in small letters, without its parameters; empty when the server names none.
    public var mediaType: String {
        let value = header("Content-Type") ?? ""
        return String(value.prefix { $0 != ";" }.filter { $0 != " " }).lowercased()
    }
}

/// An answer whose body arrives piece by piece.
public struct HTTPStream: Sendable {
    /// The status and the headers, already complete.
    public let head: HTTPResponseHead
    /// Pieces as they arrive; throws a `Diagnostic`. To let go of it is to end the transfer.
    public let body: AsyncThrowingStream<[UInt8], any Error>
    private let end: @Sendable (Duration) -> Void

    /// A stream, for transports and tests; `endBody` is called by ``endBody(within:)``.
    public init(
        head: HTTPResponseHead, body: AsyncThrowingStream<[UInt8], any Error>,
        endBody: @escaping @Sendable (Duration) -> Void = { _ in }
    ) {
        self.head = head
        self.body = body
        self.end = endBody
    }

    /// Lets the body end without an error after this time, even if the server keeps the connection open.
    public func endBody(within grace: Duration) { end(grace) }
}

/// An answer with all of its body.
public struct HTTPResponse: Sendable {
    /// The status and the headers.
    public let head: HTTPResponseHead
    /// All bytes of the body.
    public let body: [UInt8]

    /// An answer, for transports and tests.
    public init(head: HTTPResponseHead, body: [UInt8]) {
        self.head = head
        self.body = body
    }
}

extension HTTPStream {
    /// An answer that is already complete, as a stream of one piece.
    public init(_ response: HTTPResponse) {
        let body = AsyncThrowingStream<[UInt8], any Error> { continuation in
            if !response.body.isEmpty { continuation.yield(response.body) }
            continuation.finish()
        }
        self.init(head: response.head, body: body)
    }

    /// Waits for all of the body.
    ///
    /// - Throws: A `Diagnostic`; ``Diagnostics/Diagnostic/interrupted`` when the task is cancelled.
    public func collect() async throws -> HTTPResponse {
        var bytes: [UInt8] = []
        for try await piece in body { bytes += piece }
        if Task.isCancelled { throw Diagnostic.interrupted }
        return HTTPResponse(head: head, body: bytes)
    }
}
