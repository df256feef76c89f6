import Foundation
import JSON
import Synchronization

@testable import Connectors
@testable import Digests

/// A signed statement taken apart, as a server does it.
struct SignedStatement {
    let header: JSONValue
    let claims: JSONValue
    private let signature: [UInt8], input: [UInt8]

    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let header = [UInt8](base64URL: parts[0]), let claims = [UInt8](base64URL: parts[1]),
            let signature = [UInt8](base64URL: parts[2]), let headerJSON = try? JSONValue(parsing: header),
            let claimsJSON = try? JSONValue(parsing: claims)
        else { return nil }
        (self.header, self.claims, self.signature) = (headerJSON, claimsJSON, signature)
        input = Array("\(parts[0]).\(parts[1])".utf8)
    }

    func isSigned(by key: PublicKey) -> Bool { key.verifies(signature, of: input) }

    /// The P-256 key that a proof shows, when it shows no more than that.
    var shownKey: PublicKey? {
        guard let jwk = header["jwk"], jwk["kty"] == "EC", jwk["crv"] == "P-256", jwk.members?.count == 4,
            let x = jwk["x"]?.string.flatMap({ [UInt8](base64URL: $0) }),
            let y = jwk["y"]?.string.flatMap({ [UInt8](base64URL: $0) })
        else { return nil }
        return .p256(x: x, y: y)
    }
}

/// Okta's org authorization server and its System Log behind it: believes only what it can verify, and names the
/// first thing that it does not.
final class OktaIssuer: Sendable {
    let clientID = "0oaclient", keyID = "kid-1"
    private let key: PublicKey
    private let demandsProof: Bool, lifetime: Int
    private let clock: TestClock
    private let state = Mutex(State())

    private struct State {
        var issued = 0
        var identifiers: Set<String> = []
        /// The key that the last token is bound to.
        var bound: PublicKey?
        var expires = 0
        /// Tokens up to this number are refused, as revoked ones are.
        var revoked = 0
    }

    static let nonce = "nonce \"1\""

    init(_ key: PublicKey, clock: TestClock, demandsProof: Bool = false, lifetime: Int = 3600) {
        (self.key, self.clock, self.demandsProof, self.lifetime) = (key, clock, demandsProof, lifetime)
    }

    /// Refuses all tokens issued so far.
    func revoke() { state.withLock { $0.revoked = $0.issued } }

    func answer(_ request: OktaServer.Request) -> OktaServer.Reply {
        request.path == "/oauth2/v1/token" ? token(request) : logs(request)
    }

    private func oauth(_ status: Int, _ error: String, _ description: String, nonce: String? = nil) -> OktaServer.Reply
    {
        let json: JSONValue = ["error": .string(error), "error_description": .string(description)]
        return OktaServer.Reply(status: status, headers: nonce.map { [("dpop-nonce", $0)] } ?? [], body: json.text)
    }

    private func origin(_ request: OktaServer.Request) -> String { "http://\(request.headers["host"] ?? "")" }

    // MARK: Tokens

    private func token(_ request: OktaServer.Request) -> OktaServer.Reply {
        let url = origin(request) + request.target
        if let fault = fault(in: request, url) { return oauth(401, "invalid_client", fault) }
        guard demandsProof else { return issue(bound: nil) }
        guard let text = request.headers["dpop"] else {
            return oauth(400, "invalid_dpop_proof", "The DPoP proof JWT header is missing.")
        }
        guard let proof = SignedStatement(text), let shown = proof.shownKey, proof.isSigned(by: shown) else {
            return oauth(400, "invalid_dpop_proof", "unsigned")
        }
        guard proof.claims["nonce"]?.string == Self.nonce else {
            return oauth(400, "use_dpop_nonce", "Authorization server requires nonce in DPoP proof.", nonce: Self.nonce)
        }
        if let fault = fault(in: proof, "POST", url, token: nil) { return oauth(400, "invalid_dpop_proof", fault) }
        return issue(bound: shown)
    }

    private func issue(bound: PublicKey?) -> OktaServer.Reply {
        let number = state.withLock { state in
            state.issued += 1
            (state.bound, state.expires) = (bound, clock.now + lifetime)
            return state.issued
        }
        let json: JSONValue = [
            "token_type": bound == nil ? "Bearer" : "DPoP", "expires_in": .integer(Int64(lifetime)),
            "access_token": .string("access-\(number)"), "scope": "okta.logs.read",
        ]
        return OktaServer.Reply(body: json.text)
    }

    /// What is wrong with a client's assertion (RFC 7523, section 3).
    private func fault(in request: OktaServer.Request, _ url: String) -> String? {
        let form = request.form
        guard request.method == "POST", request.headers["content-type"] == "application/x-www-form-urlencoded" else {
            return "form"
        }
        guard form["grant_type"] == "client_credentials", form["scope"] == "okta.logs.read", form.count == 4,
            form["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
        else { return "fields" }
        guard let statement = SignedStatement(form["client_assertion"] ?? ""), statement.isSigned(by: key) else {
            return "signature"
        }
        let algorithm = if case .rsa = key { "RS256" } else { "ES256" }
        guard statement.header == ["alg": .string(algorithm), "kid": .string(keyID), "typ": "JWT"] else {
            return "header"
        }
        let claims = statement.claims, now = Int64(clock.now)
        guard claims["iss"]?.string == clientID, claims["sub"]?.string == clientID, claims["aud"]?.string == url else {
            return "claims"
        }
        guard let issued = claims["iat"]?.integer, let end = claims["exp"]?.integer, issued <= now, now < end,
            end - issued <= 300
        else { return "times" }
        return isFresh(claims["jti"]?.string) ? nil : "replayed"
    }

    /// What is wrong with a proof (RFC 9449, section 4.3).
    private func fault(in proof: SignedStatement, _ method: String, _ url: String, token: String?) -> String? {
        guard proof.header["typ"] == "dpop+jwt", proof.header["alg"] == "ES256" else { return "proof header" }
        let claims = proof.claims
        guard claims["htm"]?.string == method, claims["htu"]?.string == url else { return "proof target" }
        guard claims["iat"]?.integer == Int64(clock.now) else { return "proof time" }
        guard claims["ath"]?.string == token.map({ SHA256($0).bytes.base64URL }) else { return "proof hash" }
        return isFresh(claims["jti"]?.string) ? nil : "proof replayed"
    }

    private func isFresh(_ identifier: String?) -> Bool {
        identifier.map { identifier in state.withLock { $0.identifiers.insert(identifier).inserted } } ?? false
    }

    // MARK: The log

    private func logs(_ request: OktaServer.Request) -> OktaServer.Reply {
        let (number, bound, expires, revoked) = state.withLock { ($0.issued, $0.bound, $0.expires, $0.revoked) }
        let kind = bound == nil ? "Bearer" : "DPoP", token = "access-\(number)"
        guard request.headers["authorization"] == "\(kind) \(token)", clock.now < expires, number > revoked else {
            return .error(401, "E0000011", "Invalid token provided")
        }
        if let bound {
            let proof = request.headers["dpop"].flatMap { SignedStatement($0) }
            guard let proof, proof.shownKey == bound, proof.isSigned(by: bound) else {
                return .error(400, "E0000099", "no proof")
            }
            if let fault = fault(in: proof, "GET", origin(request) + request.path, token: token) {
                return .error(400, "E0000099", fault)
            }
        } else if request.headers["dpop"] != nil {
            return .error(400, "E0000099", "a proof without need")
        }
        return .page([#"{"uuid":"\#(token)"}"#])
    }
}
