public import Diagnostics
internal import HTTP

/// Where Microsoft's services are: the public cloud, or what the settings name instead.
///
/// ```swift
/// let addresses = try AzureAddresses { configuration[$0] }
/// addresses.origin(of: .graph)    // https://graph.microsoft.com
/// addresses.audience(of: .graph)  // https://graph.microsoft.com
/// ```
public struct AzureAddresses: Hashable, Sendable {
    /// Scheme and host of the server that issues tokens.
    public let login: String
    private let origins: [AzureResource: String]
    private let audiences: [AzureResource: String]

    /// The setting that names another login server.
    public static let loginSetting = "AZURE_LOGIN_URL"
    /// All settings that it reads.
    public static let settings = [loginSetting] + AzureResource.allCases.map(\.setting)

    /// The public cloud, with what the settings replace: https, or http to this computer.
    ///
    /// - Parameter setting: The value of a setting; `nil` and empty mean that it is not set.
    /// - Throws: A `Diagnostic` that names the setting and what to write.
    public init(_ setting: (String) -> String? = { _ in nil }) throws(Diagnostic) {
        login = try Self.address(Self.loginSetting, setting, "https://login.microsoftonline.com").origin
        var origins: [AzureResource: String] = [:], audiences: [AzureResource: String] = [:]
        for resource in AzureResource.allCases {
            let address = try Self.address(resource.setting, setting, resource.usualOrigin)
            origins[resource] = address.origin
            audiences[resource] = Self.audience(of: resource, at: address)
        }
        self.origins = origins
        self.audiences = audiences
    }

    /// Scheme and host of a service, and the port where it is not the scheme's own.
    public func origin(of resource: AzureResource) -> String { origins[resource] ?? resource.usualOrigin }

    /// Whom a service's tokens are made for.
    ///
    /// A host that is none of Microsoft's public ones gets tokens for itself alone, such as
    /// `https://graph.microsoft.us`: a wrong address never receives a token that opens the right one. This computer
    /// stands in for the public cloud.
    public func audience(of resource: AzureResource) -> String { audiences[resource] ?? resource.usualAudience }

    private static func audience(of resource: AzureResource, at address: WebAddress) -> String {
        if address.isLoopback || resource.isUsual(host: address.host) { return resource.usualAudience }
        return address.origin
    }

    private static func address(
        _ name: String, _ setting: (String) -> String?, _ usual: String
    ) throws(Diagnostic) -> WebAddress {
        let value = setting(name)?.trimmed ?? ""
        guard let address = WebAddress(value.isEmpty ? usual : value) else {
            throw refusal("\(name) is not an https URL", "Write it like \(usual)")
        }
        guard address.scheme == "https" || address.isLoopback else {
            throw refusal(
                "\(name) is not an https URL, and the token must not travel in the open", "Write it like \(usual)")
        }
        guard address.path == "/", address.query == nil else {
            throw refusal("\(name) names more than the server", "Set it to \(address.origin)")
        }
        return address
    }

    private static func refusal(_ problem: String, _ remedy: String) -> Diagnostic {
        Diagnostic(problem, remedy: remedy, kind: .unavailable)
    }
}

extension String {
    /// Without the white space that copying leaves at both ends.
    var trimmed: String {
        let isSpace: (Character) -> Bool = { $0.isWhitespace }
        return String(drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    }
}
