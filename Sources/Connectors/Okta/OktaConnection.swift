public import Diagnostics

/// An org and how to be let in, read from the settings.
///
/// ```swift
/// let connection = try OktaConnection { configuration[$0] }
/// ```
public struct OktaConnection: Sendable {
    /// `OKTA_ORG_URL`.
    public let organization: OktaOrganization
    /// `OKTA_API_TOKEN`, or the service app of the other settings.
    public let credentials: OktaCredentials

    /// The settings that it reads (`contract.md`, *Configuration*).
    public static let settings = [
        "OKTA_ORG_URL", "OKTA_API_TOKEN", "OKTA_CLIENT_ID", "OKTA_KEY_ID", "OKTA_PRIVATE_KEY_FILE",
    ]

    /// Reads the org's URL, and either the API token or the service app; reads the key file, sends nothing.
    ///
    /// - Parameter setting: The value of a setting; `nil` and empty mean that it is not set.
    /// - Throws: A `Diagnostic` that names what is missing, what contradicts, or what is wrong with the key file.
    public init(_ setting: (String) -> String?) throws(Diagnostic) {
        var values: [String: String] = [:]
        for name in Self.settings {
            let value = setting(name)?.trimmingSpace
            if let value, !value.isEmpty { values[name] = value }
        }
        guard let url = values["OKTA_ORG_URL"] else {
            throw Self.refusal("OKTA_ORG_URL is not set", "Set it to your org, such as https://example.okta.com")
        }
        organization = try OktaOrganization(url: url)
        credentials = try Self.credentials(values)
    }

    private static func credentials(_ values: [String: String]) throws(Diagnostic) -> OktaCredentials {
        let app = settings.dropFirst(2).filter { values[$0] != nil }
        guard let token = values["OKTA_API_TOKEN"] else { return try serviceApp(values, app) }
        if let other = app.first {
            throw refusal(
                "OKTA_API_TOKEN and \(other) are both set",
                "Keep OKTA_API_TOKEN alone, or OKTA_CLIENT_ID, OKTA_KEY_ID and OKTA_PRIVATE_KEY_FILE")
        }
        guard token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw refusal(
                "OKTA_API_TOKEN holds characters that no token has", "Set it to the token alone, without `SSWS`")
        }
        return .apiToken(token)
    }

    private static func serviceApp(
        _ values: [String: String], _ present: [String]
    ) throws(Diagnostic) -> OktaCredentials {
        guard let some = present.first else {
            throw refusal(
                "no credentials for Okta are set",
                "Set OKTA_API_TOKEN, or OKTA_CLIENT_ID, OKTA_KEY_ID and OKTA_PRIVATE_KEY_FILE")
        }
        guard let clientID = values["OKTA_CLIENT_ID"] else { throw missing("OKTA_CLIENT_ID", some) }
        guard let path = values["OKTA_PRIVATE_KEY_FILE"] else { throw missing("OKTA_PRIVATE_KEY_FILE", some) }
        let (key, ownID) = try OktaKeyFile.read(path)
        guard let keyID = values["OKTA_KEY_ID"] ?? ownID else { throw missing("OKTA_KEY_ID", some) }
        return .serviceApp(clientID: clientID, keyID: keyID, key: key)
    }

    private static func missing(_ name: String, _ present: String) -> Diagnostic {
        let remedies = [
            "OKTA_CLIENT_ID": "Set it to the app's client id",
            "OKTA_PRIVATE_KEY_FILE": "Set it to the path of the app's private key",
            "OKTA_KEY_ID": "Set it to the `kid` of the app's public key, or use a key file in JSON, which names it",
        ]
        return refusal("\(present) is set, but \(name) is not", remedies[name] ?? "Set it")
    }

    private static func refusal(_ problem: String, _ remedy: String) -> Diagnostic {
        Diagnostic(problem, remedy: remedy, kind: .unavailable)
    }
}

extension String {
    /// Without the white space that copying leaves at both ends.
    fileprivate var trimmingSpace: String {
        let isSpace: (Character) -> Bool = { $0.isWhitespace }
        return String(drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    }
}
