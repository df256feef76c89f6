import Diagnostics
public import HTTP
import JSON
import Synchronization

/// A server that speaks the OpenAI chat API: LM Studio, Ollama, vLLM, llama.cpp, OpenAI, Azure and others.
///
/// Replies are always streamed. Structured output climbs down from `json_schema` to `json_object` to plain text
/// as the server refuses, and what it refused is remembered for as long as this object lives.
///
/// ```swift
/// let model = ChatEndpoint(
///     ChatEndpointConfiguration(baseURL: "http://localhost:1234/v1", model: "gpt-oss-20b"),
///     transport: CurlTransport())
/// let reply = try await model.reply(to: request) { print($0, terminator: "") }
/// ```
public final class ChatEndpoint: LanguageModel {
    /// The configured name of the model.
    public var name: String { configuration.model }
    /// Where the model is served and how it is asked.
    public let configuration: ChatEndpointConfiguration
    private let transport: any HTTPTransport
    private let retries: RetryPolicy
    private let grace: Duration
    private let manner: Mutex<RequestManner>
    private let messages: EndpointMessages

    /// Bytes of text and reasoning of one reply.
    static let replyLimit = 4 << 20

    /// An endpoint; nothing is sent before the first request.
    public convenience init(
        _ configuration: ChatEndpointConfiguration, transport: any HTTPTransport, retries: RetryPolicy = RetryPolicy()
    ) {
        self.init(configuration, transport: transport, retries: retries, grace: .seconds(2))
    }

    /// - Parameter grace: How long the rest is awaited once the server has said that the reply is over.
    init(
        _ configuration: ChatEndpointConfiguration, transport: any HTTPTransport, retries: RetryPolicy, grace: Duration
    ) {
        self.configuration = configuration
        self.transport = transport
        self.retries = retries
        self.grace = grace
        manner = Mutex(RequestManner(baseURL: configuration.baseURL))
        messages = EndpointMessages(configuration: configuration)
    }

    public func reply(
        to request: ModelRequest, onText: @escaping @Sendable (String) -> Void
    ) async throws -> ModelReply {
        let deadline = ContinuousClock.now + .seconds(min(max(configuration.timeout, 0.001), 1e6))
        do {
            let (stream, mode) = try await open(request, until: deadline)
            return try await read(stream, mode: mode, until: deadline, onText)
        } catch {
            if Task.isCancelled { throw Diagnostic.interrupted }
            throw ContinuousClock.now >= deadline ? messages.late : error
        }
    }

    // MARK: Asking

    /// Sends the request in the manner known so far, and learns from refusals.
    private func open(
        _ request: ModelRequest, until deadline: ContinuousClock.Instant
    ) async throws -> (HTTPStream, mode: String) {
        var manner = manner.withLock { $0 }
        while true {
            let stream = try await retries.open(http(request, manner, until: deadline), over: transport)
            if stream.head.status == 200 { return (stream, manner.output(for: request).rawValue) }
            let fault = ServerFault(body: try await stream.collect().body)
            guard let adapted = manner.adapted(to: fault, status: stream.head.status, request) else {
                throw messages.status(stream.head.status, fault)
            }
            manner = adapted
            self.manner.withLock { $0 = adapted }
        }
    }

    private func http(
        _ request: ModelRequest, _ manner: RequestManner, until deadline: ContinuousClock.Instant
    ) -> HTTPRequest {
        let total = max(deadline - .now, .milliseconds(1))
        return HTTPRequest(
            method: "POST", url: configuration.completionsURL,
            headers: [("Content-Type", "application/json"), ("Accept", "text/event-stream, application/json")]
                + configuration.keyHeaders,
            body: Array(manner.body(request, configuration).text.utf8),
            // A server may load the model first, so only the total bounds the first byte.
            limits: HTTPLimits(firstByte: total, idle: .seconds(60), total: total),
            secrets: [configuration.apiKey].compactMap { $0 }, remedy: EndpointMessages.unreachable)
    }

    // MARK: Reading

    private func read(
        _ stream: HTTPStream, mode: String, until deadline: ContinuousClock.Instant,
        _ onText: @escaping @Sendable (String) -> Void
    ) async throws -> ModelReply {
        var reader = ReplyReader(messages, limit: Self.replyLimit)
        if stream.head.mediaType.hasSuffix("json") {
            try take(whole: try await stream.collect().body, &reader, onText)
        } else {
            try await take(stream, &reader, until: deadline, onText)
        }
        return redacted(try reader.reply(mode: mode, asked: configuration.model, onText: onText))
    }

    /// The reply without the key, should the server repeat it; short keys are placeholders such as `lm-studio`.
    private func redacted(_ reply: ModelReply) -> ModelReply {
        guard let key = configuration.apiKey, key.utf8.count > 12 else { return reply }
        var reply = reply
        reply.text = reply.text.striking([key])
        reply.reasoning = reply.reasoning.striking([key])
        reply.model = reply.model.striking([key])
        return reply
    }

    /// Reads a body that is one completion, whatever its media type.
    private func take(whole body: [UInt8], _ reader: inout ReplyReader, _ onText: (String) -> Void) throws(Diagnostic) {
        if body.allSatisfy({ $0 <= 0x20 }) { throw messages.nothing }
        if ServerFault.isWebPage(body) { throw messages.webPage }
        guard let json = try? JSONValue(parsing: body) else {
            throw messages.malformed("a reply that is not JSON", String(decoding: body.prefix(64 << 10), as: UTF8.self))
        }
        let text = try reader.take(json)
        if !text.isEmpty { onText(text) }
    }

    private func take(
        _ stream: HTTPStream, _ reader: inout ReplyReader, until deadline: ContinuousClock.Instant,
        _ onText: (String) -> Void
    ) async throws {
        var parser = EventStreamParser(), isEmpty = true, isEnding = false
        do {
            for try await piece in stream.body {
                isEmpty = false
                try take(parser.consume(piece), &reader, onText)
                if parser.isOverlong { throw ReadingFault(messages.overlong(Self.replyLimit)) }
                if reader.isDone { break }
                if reader.isFinished, !isEnding { stream.endBody(within: grace) }
                isEnding = reader.isFinished
            }
        } catch let fault as ReadingFault {
            throw fault.diagnostic
        } catch {
            // A cut stream keeps what it brought; a late one does not.
            guard reader.hasContent, ContinuousClock.now < deadline else { throw error }
        }
        if Task.isCancelled { throw Diagnostic.interrupted }
        if isEmpty { throw messages.nothing }
        try takeEnd(&parser, &reader, onText)
    }

    private func take(
        _ events: [StreamEvent], _ reader: inout ReplyReader, _ onText: (String) -> Void
    ) throws(ReadingFault) {
        for event in events {
            do {
                let text = try reader.take(event)
                if !text.isEmpty { onText(text) }
            } catch {
                throw ReadingFault(error)
            }
        }
    }

    /// Takes what stood after the last blank line, and bodies that were no stream at all.
    private func takeEnd(
        _ parser: inout EventStreamParser, _ reader: inout ReplyReader, _ onText: (String) -> Void
    ) throws {
        for event in parser.finish() where !reader.isFinished {
            // Half an event is what a cut leaves; it is no fault of the server's JSON.
            if reader.hasContent, (try? JSONValue(parsing: event.data)) == nil, event.data != "[DONE]" { continue }
            do { try take([event], &reader, onText) } catch { throw error.diagnostic }
        }
        if !reader.hasContent, !reader.isFinished, !parser.stray.isEmpty {
            try take(whole: parser.stray, &reader, onText)
        }
    }
}

/// A fault in what the server said, as against one of the connection.
private struct ReadingFault: Error {
    let diagnostic: Diagnostic

    init(_ diagnostic: Diagnostic) { self.diagnostic = diagnostic }
}
