public import Diagnostics

/// The workspace that a Microsoft Sentinel works on, as Azure Resource Manager names it.
public struct SentinelWorkspace: Hashable, Sendable {
    /// A GUID.
    public let subscription: String
    /// The resource group's name.
    public let resourceGroup: String
    /// The workspace's name, not its id.
    public let name: String

    /// The settings that it reads (`contract.md`, *Configuration*).
    public static let settings = ["SUBSCRIPTION_ID", "RESOURCE_GROUP_NAME", "SENTINEL_WORKSPACE_NAME"]

    /// Reads the settings.
    ///
    /// - Parameter setting: The value of a setting; `nil` and empty mean that it is not set.
    /// - Throws: A `Diagnostic` that names what is missing or cannot be a name.
    public init(_ setting: (String) -> String?) throws(Diagnostic) {
        subscription = try Self.value(setting, Self.settings[0], "the subscription's id") { text in
            text.utf8.count == 36 && text.utf8.allSatisfy { PathName.isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
        }
        resourceGroup = try Self.value(setting, Self.settings[1], "the resource group's name") { text in
            // Azure's rule for the names of resource groups.
            text.utf8.count <= 90 && !text.hasSuffix(".")
                && text.utf8.allSatisfy { PathName.isLetterOrDigit($0) || "-_.()".utf8.contains($0) }
        }
        name = try Self.value(setting, Self.settings[2], "the workspace's name") { PathName.isPlain($0, limit: 63) }
    }

    private static func value(
        _ setting: (String) -> String?, _ name: String, _ what: String, _ isValid: (String) -> Bool
    ) throws(Diagnostic) -> String {
        let text = setting(name)?.trimmed ?? ""
        guard !text.isEmpty, isValid(text) else {
            throw Diagnostic(
                text.isEmpty ? "\(name) is not set" : "\(name) is not \(what)",
                remedy: "Set it to \(what), as the Azure portal shows it", kind: .unavailable)
        }
        return text
    }

    /// The path of one rule, and its API version; the version of 2021 loses the techniques (Azure-Sentinel#6191).
    func path(ofRule id: String) -> String {
        "/subscriptions/\(subscription)/resourceGroups/\(resourceGroup.percentEncoded)"
            + "/providers/Microsoft.OperationalInsights/workspaces/\(name)"
            + "/providers/Microsoft.SecurityInsights/alertRules/\(id)?api-version=2025-09-01"
    }
}
