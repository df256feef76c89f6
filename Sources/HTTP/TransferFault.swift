import CCurl
import Diagnostics

/// Why a server could not be reached at all; worth another attempt.
enum ConnectFault: CaseIterable {
    case refused, unknownName, tooSlow, dropped

    func diagnostic(_ request: HTTPRequest, _ server: Endpoint) -> Diagnostic {
        let problem =
            switch self {
            case .refused: "\(server) refused the connection"
            case .unknownName: "\(server) has a name that cannot be looked up"
            case .tooSlow: "\(server) did not accept the connection within \(request.limits.connect.words)"
            case .dropped: "\(server) closed the connection before it answered"
            }
        return request.unavailable(problem)
    }

    /// Whether this failure of this request is one of these.
    static func explains(_ diagnostic: Diagnostic, of request: HTTPRequest) -> Bool {
        guard let server = try? Endpoint(of: request) else { return false }
        return allCases.contains { $0.diagnostic(request, server) == diagnostic }
    }
}

/// Which limit a transfer passed.
enum PassedLimit {
    case firstByte, idle, total, size, head

    func diagnostic(_ request: HTTPRequest, _ server: Endpoint) -> Diagnostic {
        let limits = request.limits
        return switch self {
        case .firstByte: request.unavailable("\(server) sent nothing within \(limits.firstByte.words)")
        case .idle: request.unavailable("\(server) stopped sending for \(limits.idle.words)")
        case .total: request.unavailable("\(server) did not finish within \(limits.total.words)")
        case .size: request.unavailable("\(server) sent more than \(limits.maxBody) bytes")
        case .head: request.unavailable("\(server) sent headers without end")
        }
    }
}

extension HTTPRequest {
    /// A failure of this request, without its secrets.
    func unavailable(_ problem: String, remedy: String? = nil) -> Diagnostic {
        Diagnostic(
            problem.striking(secrets), remedy: (remedy ?? self.remedy).striking(secrets), kind: .unavailable)
    }

    /// Whether a failure came before the first byte of the request left: no connection, no TLS, or a refusal here.
    func isUnreceived(_ failure: Diagnostic) -> Bool {
        guard let server = try? Endpoint(of: self) else { return true }
        let connecting = [ConnectFault.refused, .unknownName, .tooSlow].map { $0.diagnostic(self, server) }
        let handshake = Self.handshakeFaults.map { diagnostic($0, server, answered: false) }
        return (connecting + handshake + [OfflineTransport.refusal(self, server)]).contains(failure)
    }

    private static let handshakeFaults = [
        CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
        CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR,
    ]

    /// What libcurl's result code means, in plain words.
    ///
    /// - Parameter answered: Whether the head of the answer had arrived.
    func diagnostic(_ code: CURLcode, _ server: Endpoint, answered: Bool) -> Diagnostic {
        switch code {
        case CURLE_COULDNT_CONNECT: ConnectFault.refused.diagnostic(self, server)
        case CURLE_COULDNT_RESOLVE_HOST: ConnectFault.unknownName.diagnostic(self, server)
        case CURLE_OPERATION_TIMEDOUT: ConnectFault.tooSlow.diagnostic(self, server)
        case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR:
            answered
                ? unavailable("\(server) cut its answer short") : ConnectFault.dropped.diagnostic(self, server)
        case CURLE_PARTIAL_FILE, CURLE_HTTP2_STREAM: unavailable("\(server) cut its answer short")
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR:
            unavailable(
                "the TLS connection to \(server) failed: \(String(cString: curl_easy_strerror(code)))",
                remedy: "Check the server's certificate and this computer's clock")
        case CURLE_COULDNT_RESOLVE_PROXY:
            unavailable("the proxy for \(server) cannot be looked up", remedy: "Check the variable https_proxy")
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_HTTP2, CURLE_BAD_CONTENT_ENCODING:
            unavailable("\(server) answered with something that is not HTTP")
        default: unavailable("the exchange with \(server) failed: \(String(cString: curl_easy_strerror(code)))")
        }
    }
}

extension Duration {
    /// Whole seconds from 10 s on and wherever they are whole, else milliseconds: `10 s`, `250 ms`.
    var words: String {
        let milliseconds = components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
        if milliseconds >= 10_000 || milliseconds % 1000 == 0 { return "\((milliseconds + 500) / 1000) s" }
        return "\(milliseconds) ms"
    }
}
