public import Digests

/// How this program proves to an org who it is.
public enum OktaCredentials: Sendable {
    /// An API token (`Authorization: SSWS …`): it has the rights of the admin who made it.
    case apiToken(String)
    /// A service app that signs its requests for access tokens (OAuth 2.0 client credentials with `private_key_jwt`).
    case serviceApp(clientID: String, keyID: String, key: SigningKey)
}

extension OktaCredentials: CustomStringConvertible, CustomReflectable {
    /// Which kind it is, never the secret.
    public var description: String {
        switch self {
        case .apiToken: "an API token"
        case .serviceApp(let clientID, _, let key): "the service app \(clientID) with \(key)"
        }
    }

    /// Without children, so that `dump` shows no secret either.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
