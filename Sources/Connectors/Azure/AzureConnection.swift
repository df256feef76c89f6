public import Diagnostics

/// Addresses and credential of Microsoft's services, read from the settings.
///
/// ```swift
/// let connection = try AzureConnection({ configuration[$0] }) { prompt in
///     print("Open \(prompt.url) and type \(prompt.userCode)")
/// }
/// ```
public struct AzureConnection: Sendable {
    /// The public cloud, or what the settings name.
    public let addresses: AzureAddresses
    /// An app when its secret is set, a device code when only its id is set, else the Azure CLI.
    public let credential: AzureCredential

    /// The settings that it reads (`contract.md`, *Configuration*).
    public static let settings =
        ["AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET"] + AzureAddresses.settings

    /// Reads the settings; sends nothing and starts nothing.
    ///
    /// - Parameters:
    ///   - setting: The value of a setting; `nil` and empty mean that it is not set.
    ///   - showCode: Shows a device code to the user.
    /// - Throws: A `Diagnostic` that names what is missing or wrong.
    public init(
        _ setting: (String) -> String?, showCode: @escaping @Sendable (AzureDevicePrompt) -> Void
    ) throws(Diagnostic) {
        addresses = try AzureAddresses(setting)
        let tenant = try Self.name("AZURE_TENANT_ID", setting)
        let clientID = try Self.name("AZURE_CLIENT_ID", setting)
        let secret = setting("AZURE_CLIENT_SECRET")?.trimmed ?? ""
        if let clientID {
            guard let tenant else { throw Self.missing("AZURE_TENANT_ID", "AZURE_CLIENT_ID") }
            credential =
                secret.isEmpty
                ? .deviceCode(tenant: tenant, clientID: clientID, show: showCode)
                : .clientSecret(tenant: tenant, clientID: clientID, secret: secret)
        } else {
            guard secret.isEmpty else { throw Self.missing("AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET") }
            credential = .commandLine(AzureCommandLine(tenant: tenant))
        }
    }

    /// An id or a domain; it becomes part of a path and an argument of a program.
    private static func name(_ setting: String, _ value: (String) -> String?) throws(Diagnostic) -> String? {
        guard let text = value(setting)?.trimmed, !text.isEmpty else { return nil }
        guard PathName.isPlain(text) else {
            throw Diagnostic(
                "\(setting) is neither an id nor a domain", remedy: "Copy it from the app's page in Microsoft Entra",
                kind: .unavailable)
        }
        return text
    }

    private static func missing(_ name: String, _ present: String) -> Diagnostic {
        Diagnostic(
            "\(present) is set, but \(name) is not",
            remedy: "Set \(name), or leave both out to use the Azure CLI's sign-in", kind: .unavailable)
    }
}

/// Names that may become a step of a URL's path.
enum PathName {
    /// ASCII letters, digits, `-`, `_` and `.`, beginning with a letter or digit.
    static func isPlain(_ text: String, limit: Int = 200) -> Bool {
        guard let first = text.utf8.first, isLetterOrDigit(first), text.utf8.count <= limit else { return false }
        return text.utf8.allSatisfy { isLetterOrDigit($0) || "-_.".utf8.contains($0) }
    }

    static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
