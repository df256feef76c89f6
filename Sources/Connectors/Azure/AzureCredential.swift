/// How this program proves to Microsoft Entra who it is.
public enum AzureCredential: Sendable {
    /// Whoever is signed in with the Azure CLI.
    case commandLine(AzureCommandLine)
    /// An app with a secret (OAuth 2.0 client credentials); `tenant` is an id or a domain.
    case clientSecret(tenant: String, clientID: String, secret: String)
    /// A user who types a code into a browser, on this computer or another (OAuth 2.0 device authorization grant).
    ///
    /// `show` is called each time a sign-in begins, for each service once, and must return at once.
    case deviceCode(tenant: String, clientID: String, show: @Sendable (AzureDevicePrompt) -> Void)
}

/// What a user needs to sign in elsewhere.
public struct AzureDevicePrompt: Hashable, Sendable {
    /// What is to be typed, such as `GTHK4RP3N`; safe to show.
    public let userCode: String
    /// Where it is to be typed; an https URL, or one of this computer.
    public let url: String
    /// How long the code is good, in seconds.
    public let lifetime: Int
    /// Which service the sign-in is for, such as `Log Analytics`.
    public let service: String
}

extension AzureCredential: CustomStringConvertible, CustomReflectable {
    /// Which kind it is, never the secret.
    public var description: String {
        switch self {
        case .commandLine: "the Azure CLI"
        case .clientSecret(let tenant, let clientID, _): "the app \(clientID) in \(tenant) with a secret"
        case .deviceCode(let tenant, let clientID, _): "a device code for the app \(clientID) in \(tenant)"
        }
    }

    /// Without children, so that `dump` shows no secret either.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension AzureCredential {
    /// Whether a new token can be had without the user.
    var isSilent: Bool { if case .deviceCode = self { false } else { true } }

    /// What to do when a token is refused.
    var remedy: String {
        switch self {
        case .commandLine: "Run `az login` again, and check this computer's clock"
        case .clientSecret:
            "Check AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, and this computer's clock"
        case .deviceCode: "Run the command again to sign in anew, and check this computer's clock"
        }
    }
}
