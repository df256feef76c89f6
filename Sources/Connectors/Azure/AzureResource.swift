/// A service of Microsoft's that takes access tokens of its own.
public enum AzureResource: String, CaseIterable, Hashable, Sendable {
    /// Log Analytics queries.
    case logAnalytics
    /// Microsoft Graph, for advanced hunting.
    case graph
    /// Microsoft Defender for Endpoint.
    case defender
    /// Azure Resource Manager, for the rules of Microsoft Sentinel.
    case management

    /// The setting that names another address (`contract.md`, *Configuration*).
    public var setting: String {
        switch self {
        case .logAnalytics: "LOG_ANALYTICS_URL"
        case .graph: "GRAPH_URL"
        case .defender: "DEFENDER_URL"
        case .management: "AZURE_MANAGEMENT_URL"
        }
    }

    /// What messages call it.
    var name: String {
        switch self {
        case .logAnalytics: "Log Analytics"
        case .graph: "Microsoft Graph"
        case .defender: "Microsoft Defender"
        case .management: "Azure Resource Manager"
        }
    }

    /// Its address in the public cloud.
    var usualOrigin: String {
        switch self {
        case .logAnalytics: "https://api.loganalytics.azure.com"
        case .graph: "https://graph.microsoft.com"
        case .defender: "https://api.security.microsoft.com"
        case .management: "https://management.azure.com"
        }
    }

    /// Whom its tokens are for in the public cloud, which is not always the host that they go to: Log Analytics and
    /// Defender moved, and their tokens did not (Azure Monitor and Defender for Endpoint API documentation).
    var usualAudience: String {
        switch self {
        case .logAnalytics: "https://api.loganalytics.io"
        case .graph: "https://graph.microsoft.com"
        case .defender: "https://api.securitycenter.microsoft.com"
        case .management: "https://management.azure.com"
        }
    }

    /// Whether a host in small letters serves this resource of the public cloud.
    func isUsual(host: String) -> Bool {
        switch self {
        case .logAnalytics: host == "api.loganalytics.azure.com" || host == "api.loganalytics.io"
        case .graph: host == "graph.microsoft.com"
        case .defender:
            // `us.`, `eu.` and so on stand before the host for a region.
            host == "api.security.microsoft.com" || host.hasSuffix(".api.security.microsoft.com")
                || host == "api.securitycenter.microsoft.com"
        case .management: host == "management.azure.com"
        }
    }

    /// The least that lets an account use it.
    var leastPermission: String {
        switch self {
        case .logAnalytics:
            "Grant Log Analytics Reader on the workspace; an app also needs the permission Data.Read of the Log "
                + "Analytics API"
        case .graph:
            "Grant the permission ThreatHunting.Read.All with admin consent to the app; tokens of the Azure CLI lack it"
        case .defender:
            "Grant the permissions Machine.Read.All, Machine.Isolate and Machine.Scan to the app"
        case .management: "Grant Microsoft Sentinel Contributor on the workspace's resource group"
        }
    }
}
