internal import HTTP
public import JSON

/// A request exactly as it will be sent, made so that it can be shown first.
///
/// What is shown is what is sent, byte for byte; only secrets are replaced, each by `[secret]`: a bearer token, the
/// path of a webhook's address, a key inside the body. Nothing in here can print them.
public struct PreparedRequest: Sendable {
    /// Such as `POST`.
    public let method: String
    /// The address as it may be shown; of a webhook only the server.
    public let url: String
    /// Names and values as they may be shown, in the order in which they are sent.
    public let headers: [Header]
    /// The body as it may be shown.
    public let body: String

    /// What libcurl is given in place of `url`; may be a secret.
    let sentURL: String
    /// May hold a secret.
    let sentBody: [UInt8]
    /// What is struck out of everything that the server answers.
    let secrets: [String]
    /// Whether a bearer token is added when it is sent.
    let needsToken: Bool

    /// One header.
    public struct Header: Hashable, Sendable {
        /// As it is sent, such as `Content-Type`.
        public let name: String
        /// As it is sent, or `Bearer [secret]`.
        public let value: String
    }

    /// A request with a JSON body.
    ///
    /// - Parameters:
    ///   - shownURL: In place of a secret `url`.
    ///   - shownBody: In place of a `body` that holds a secret.
    init(
        post url: String, shownURL: String? = nil, body: String, shownBody: String? = nil,
        headers: [(name: String, value: String)] = [], secrets: [String] = [], needsToken: Bool = false
    ) {
        method = "POST"
        sentURL = url
        self.url = shownURL ?? url
        sentBody = Array(body.utf8)
        self.body = shownBody ?? body
        let authorization = needsToken ? [Header(name: "Authorization", value: Self.shownToken)] : []
        self.headers =
            authorization + [Header(name: "Content-Type", value: "application/json")]
            + headers.map { Header(name: $0.name, value: $0.value) }
        self.secrets = secrets
        self.needsToken = needsToken
    }

    private static let shownToken = "Bearer [secret]"

    /// The request as HTTP writes it: method and address, headers, an empty line, the body.
    public var text: String {
        (["\(method) \(url)"] + headers.map { "\($0.name): \($0.value)" } + ["", body]).joined(separator: "\n")
    }

    /// `{"method","url","headers":{…},"body"}` for records, the body as the text that is sent; without secrets.
    public var json: JSONValue {
        let headers = headers.map { JSONValue.Member($0.name, .string($0.value)) }
        return [
            "method": .string(method), "url": .string(url), "headers": .object(headers), "body": .string(body),
        ]
    }

    /// What the transport sends.
    func sent(token: String?, limits: HTTPLimits, remedy: String) -> HTTPRequest {
        let headers = headers.map { header in
            let isToken = needsToken && header.name == "Authorization"
            return (name: header.name, value: isToken ? "Bearer \(token ?? "")" : header.value)
        }
        return HTTPRequest(
            method: method, url: sentURL, headers: headers, body: sentBody, limits: limits,
            secrets: secrets + [token].compactMap { $0 }, remedy: remedy)
    }
}

extension PreparedRequest: CustomStringConvertible, CustomReflectable {
    /// As ``text``.
    public var description: String { text }

    /// Without children, so that `dump` shows no secret either.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
