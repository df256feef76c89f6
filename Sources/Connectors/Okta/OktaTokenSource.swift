internal import Digests
internal import HTTP

/// What a request needs to be let in, and what must not be shown of it.
struct OktaAuthorization: Sendable {
    let headers: [(name: String, value: String)]
    let secrets: [String]
}

/// Gives each request its authorization: an API token as it is, or an access token that is asked for, kept,
/// renewed, and proven to be this program's own where the org demands it.
actor OktaTokenSource {
    private let organization: OktaOrganization
    private let credentials: OktaCredentials
    private let identifier: @Sendable () -> String
    private var token: OktaAccessToken?
    /// The key of the proofs of possession; made when the org first demands one, and never stored.
    private var proofKey: SigningKey?
    /// What Okta wants to see in the proofs of token requests; renewed about once a day.
    private var nonce: String?

    /// Requests until a token is there: plain, with a proof, with its nonce, with a newer nonce.
    private static let steps = 4
    private static let scope = "okta.logs.read"
    private static let longestNonce = 1000

    init(_ organization: OktaOrganization, _ credentials: OktaCredentials, identifier: @escaping @Sendable () -> String)
    {
        self.organization = organization
        self.credentials = credentials
        self.identifier = identifier
    }

    /// What a GET of a URL needs.
    func authorization(for url: String, over exchange: OktaExchange) async throws -> OktaAuthorization {
        if case .apiToken(let token) = credentials {
            return OktaAuthorization(headers: [("Authorization", "SSWS \(token)")], secrets: [token])
        }
        let token = try await currentToken(over: exchange)
        var headers = [(name: "Authorization", value: "\(token.kind.rawValue) \(token.text)")]
        if token.kind == .dpop {
            headers.append(("DPoP", try proof("GET", url, exchange, token: token.text)))
        }
        return OktaAuthorization(headers: headers, secrets: [token.text])
    }

    /// Forgets the access token that was refused; false when there is none to renew.
    func discard() -> Bool {
        defer { token = nil }
        return token != nil
    }

    // MARK: Asking

    private func currentToken(over exchange: OktaExchange) async throws -> OktaAccessToken {
        if let token, exchange.retries.clock.now() < token.renewal { return token }
        for _ in 1..<Self.steps {
            if let token = try await ask(exchange, isLast: false) { return token }
        }
        guard let token = try await ask(exchange, isLast: true) else { throw exchange.messages.noToken }
        return token
    }

    /// Asks once; `nil` when the answer says how to ask better.
    private func ask(_ exchange: OktaExchange, isLast: Bool) async throws -> OktaAccessToken? {
        let (response, secrets) = try await exchange.answer(.token) { try await self.tokenRequest(exchange) }
        if response.head.status == 200 {
            guard let fresh = OktaAccessToken(response.body, now: exchange.retries.clock.now()),
                fresh.kind == .bearer || proofKey != nil
            else { throw exchange.messages.noToken }
            token = fresh
            return fresh
        }
        let fault = OktaFault(response.body, secrets: secrets)
        guard !isLast, try adapt(to: fault, response.head, exchange) else {
            throw exchange.messages.token(response.head.status, fault)
        }
        return nil
    }

    /// Does what the refusal asks for; false when it asks for nothing new.
    private func adapt(to fault: OktaFault, _ head: HTTPResponseHead, _ exchange: OktaExchange) throws -> Bool {
        let isDemand = fault.code == "invalid_dpop_proof" && proofKey == nil
        guard isDemand || fault.code == "use_dpop_nonce" else { return false }
        if let fresh = head.header("DPoP-Nonce"), fresh.utf8.count <= Self.longestNonce { nonce = fresh }
        if proofKey == nil {
            do { proofKey = try SigningKey.ephemeral() } catch { throw exchange.messages.noSignature }
        }
        return isDemand || nonce != nil
    }

    private func tokenRequest(_ exchange: OktaExchange) throws -> HTTPRequest {
        guard case .serviceApp(let clientID, let keyID, let key) = credentials else { throw exchange.messages.noToken }
        let url = organization.tokenURL, now = exchange.retries.clock.now()
        guard let assertion = try? OktaAssertion.client(clientID, keyID, key, tokenURL: url, now: now, id: identifier())
        else { throw exchange.messages.noSignature }
        let fields = [
            ("grant_type", "client_credentials"), ("scope", Self.scope),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", assertion),
        ]
        var headers = [
            (name: "Content-Type", value: "application/x-www-form-urlencoded"), ("Accept", "application/json"),
        ]
        if proofKey != nil { headers.append(("DPoP", try proof("POST", url, exchange, nonce: nonce))) }
        return HTTPRequest(
            method: "POST", url: url, headers: headers,
            body: Array(fields.map { "\($0)=\($1.percentEncoded)" }.joined(separator: "&").utf8),
            limits: HTTPLimits(total: .seconds(60), maxBody: 1 << 20), secrets: [assertion],
            remedy: OktaMessages.unreachable)
    }

    private func proof(
        _ method: String, _ url: String, _ exchange: OktaExchange, nonce: String? = nil, token: String? = nil
    ) throws -> String {
        guard let proofKey,
            let proof = try? OktaAssertion.possession(
                proofKey, method: method, url: url, now: exchange.retries.clock.now(), id: identifier(), nonce: nonce,
                token: token)
        else { throw exchange.messages.noSignature }
        return proof
    }
}
