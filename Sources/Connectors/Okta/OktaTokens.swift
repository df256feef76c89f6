internal import Digests
internal import JSON

/// The signed statements that a service app makes of itself.
enum OktaAssertion {
    /// How long a client assertion is good, in seconds; Okta allows an hour.
    static let lifetime = 300

    /// `private_key_jwt` (RFC 7523, section 2.2): the only way in which Okta lets an app ask for its API's scopes.
    static func client(
        _ clientID: String, _ keyID: String, _ key: SigningKey, tokenURL: String, now: Int, id: String
    ) throws(KeyFault) -> String {
        let header: JSONValue = ["alg": .string(key.algorithm.rawValue), "kid": .string(keyID), "typ": "JWT"]
        let claims: JSONValue = [
            "iss": .string(clientID), "sub": .string(clientID), "aud": .string(tokenURL), "iat": .integer(Int64(now)),
            "exp": .integer(Int64(now + lifetime)), "jti": .string(id),
        ]
        return try key.signedToken(header: header.text, payload: claims.text)
    }

    /// A proof of possession for one request (RFC 9449, section 4.2).
    ///
    /// - Parameters:
    ///   - url: The request's URL; its query is left out, as `htu` has none.
    ///   - nonce: What the server asked for, for a token.
    ///   - token: The access token that the request carries; its hash becomes `ath`.
    static func possession(
        _ key: SigningKey, method: String, url: String, now: Int, id: String, nonce: String? = nil, token: String? = nil
    ) throws(KeyFault) -> String {
        let header: JSONValue = [
            "typ": "dpop+jwt", "alg": .string(key.algorithm.rawValue), "jwk": JSONWebKey.publicKey(key.publicKey),
        ]
        let target = String(url.prefix { $0 != "?" && $0 != "#" })
        var claims: JSONValue = [
            "htm": .string(method), "htu": .string(target), "iat": .integer(Int64(now)), "jti": .string(id),
        ]
        if let nonce { claims = claims.setting("nonce", to: .string(nonce)) }
        if let token { claims = claims.setting("ath", to: .string(SHA256(token).bytes.base64URL)) }
        return try key.signedToken(header: header.text, payload: claims.text)
    }
}

/// An access token as Okta issued it.
struct OktaAccessToken {
    enum Kind: String {
        case bearer = "Bearer"
        case dpop = "DPoP"
    }

    let text: String
    let kind: Kind
    /// From when a new one is asked for, in seconds since 1970.
    let renewal: Int

    /// Okta's own lifetime, for an answer that names none.
    private static let lifetime = 3600
    /// How long before its end a token is renewed, in seconds.
    private static let margin = 60

    /// `nil` when the answer holds no token that a header can carry, or one of another kind.
    init?(_ body: [UInt8], now: Int) {
        guard let json = try? JSONValue(parsing: body), let text = json["access_token"]?.string, !text.isEmpty,
            text.utf8.count <= 16 << 10, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return nil }
        switch json["token_type"]?.string?.lowercased() {
        case "bearer": kind = .bearer
        case "dpop": kind = .dpop
        default: return nil
        }
        self.text = text
        let lifetime = json["expires_in"]?.integer.map { Int(min(max($0, 0), 86_400)) } ?? Self.lifetime
        renewal = now + max(lifetime - Self.margin, lifetime / 2)
    }
}
