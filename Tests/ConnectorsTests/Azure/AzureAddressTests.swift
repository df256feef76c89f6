import Diagnostics
import Testing

@testable import Connectors

@Suite("Azure addresses and settings")
struct AzureAddressTests {
    @Test(
        "A token is made for the host that it goes to",
        arguments: [
            (.logAnalytics, nil, "https://api.loganalytics.azure.com", "https://api.loganalytics.io"),
            (
                .logAnalytics, "https://api.loganalytics.io/", "https://api.loganalytics.io",
                "https://api.loganalytics.io"
            ),
            (.graph, "", "https://graph.microsoft.com", "https://graph.microsoft.com"),
            (.graph, "https://graph.microsoft.us", "https://graph.microsoft.us", "https://graph.microsoft.us"),
            (.graph, "https://graph.microsoft.com.evil.example", nil, "https://graph.microsoft.com.evil.example"),
            (.graph, "https://api.security.microsoft.com", nil, "https://api.security.microsoft.com"),
            (.defender, nil, "https://api.security.microsoft.com", "https://api.securitycenter.microsoft.com"),
            (.defender, "https://eu.api.security.microsoft.com", nil, "https://api.securitycenter.microsoft.com"),
            (.defender, "https://evilapi.security.microsoft.com", nil, "https://evilapi.security.microsoft.com"),
            (
                .management, " https://MANAGEMENT.azure.com:443 ", "https://management.azure.com",
                "https://management.azure.com"
            ),
            (.management, "https://management.azure.com:8443", nil, "https://management.azure.com"),
            (.management, "http://127.0.0.1:9", "http://127.0.0.1:9", "https://management.azure.com"),
            (.management, "http://localhost:9", "http://localhost:9", "https://management.azure.com"),
        ] as [(AzureResource, String?, String?, String)])
    func audiences(resource: AzureResource, url: String?, origin: String?, audience: String) throws {
        let addresses = try AzureAddresses { $0 == resource.setting ? url : nil }
        #expect(addresses.origin(of: resource) == origin ?? url)
        #expect(addresses.audience(of: resource) == audience)
        #expect(addresses.login == "https://login.microsoftonline.com")
    }

    @Test(
        "What is no address says what to write",
        arguments: [
            (
                "GRAPH_URL", "graph.microsoft.com", "GRAPH_URL is not an https URL",
                "Write it like https://graph.microsoft.com"
            ),
            (
                "GRAPH_URL", "http://graph.microsoft.com",
                "GRAPH_URL is not an https URL, and the token must not travel in the open",
                "Write it like https://graph.microsoft.com"
            ),
            (
                "AZURE_LOGIN_URL", "http://login.example",
                "AZURE_LOGIN_URL is not an https URL, and the token must not travel in the open",
                "Write it like https://login.microsoftonline.com"
            ),
            (
                "DEFENDER_URL", "https://user:pw@a.example", "DEFENDER_URL is not an https URL",
                "Write it like https://api.security.microsoft.com"
            ),
            (
                "LOG_ANALYTICS_URL", "https://api.loganalytics.io/v1", "LOG_ANALYTICS_URL names more than the server",
                "Set it to https://api.loganalytics.io"
            ),
            (
                "AZURE_MANAGEMENT_URL", "https://management.azure.com/?a=b",
                "AZURE_MANAGEMENT_URL names more than the server", "Set it to https://management.azure.com"
            ),
        ])
    func refused(name: String, url: String, problem: String, remedy: String) {
        let error = #expect(throws: Diagnostic.self) { try AzureAddresses { $0 == name ? url : nil } }
        #expect(error == Diagnostic(problem, remedy: remedy, kind: .unavailable))
    }

    @Test(
        "The settings choose the credential",
        arguments: [
            ([:], "the Azure CLI"), (["AZURE_TENANT_ID": "t"], "the Azure CLI"),
            (
                ["AZURE_TENANT_ID": "t", "AZURE_CLIENT_ID": "c", "AZURE_CLIENT_SECRET": "CANARY"],
                "the app c in t with a secret"
            ),
            (["AZURE_TENANT_ID": "t", "AZURE_CLIENT_ID": "c"], "a device code for the app c in t"),
        ])
    func credentials(settings: [String: String], expected: String) throws {
        let connection = try AzureConnection({ settings[$0] }, showCode: { _ in })
        #expect(connection.credential.description == expected)
        var dumped = ""
        dump(connection, to: &dumped)
        #expect(!dumped.contains("CANARY") && !String(reflecting: connection).contains("CANARY"))
    }

    @Test(
        "What is missing or cannot be a name is told",
        arguments: [
            (
                ["AZURE_CLIENT_ID": "c"], "AZURE_CLIENT_ID is set, but AZURE_TENANT_ID is not",
                "Set AZURE_TENANT_ID, or leave both out to use the Azure CLI's sign-in"
            ),
            (
                ["AZURE_CLIENT_SECRET": "s"], "AZURE_CLIENT_SECRET is set, but AZURE_CLIENT_ID is not",
                "Set AZURE_CLIENT_ID, or leave both out to use the Azure CLI's sign-in"
            ),
            (
                ["AZURE_TENANT_ID": "../evil"], "AZURE_TENANT_ID is neither an id nor a domain",
                "Copy it from the app's page in Microsoft Entra"
            ),
            (
                ["AZURE_TENANT_ID": "--debug"], "AZURE_TENANT_ID is neither an id nor a domain",
                "Copy it from the app's page in Microsoft Entra"
            ),
        ])
    func incomplete(settings: [String: String], problem: String, remedy: String) {
        let error = #expect(throws: Diagnostic.self) { try AzureConnection({ settings[$0] }, showCode: { _ in }) }
        #expect(error == Diagnostic(problem, remedy: remedy, kind: .unavailable))
    }
}
