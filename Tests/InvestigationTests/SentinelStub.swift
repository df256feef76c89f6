import Connectors
import Diagnostics
import Foundation
import HTTP

@testable import Investigation

/// A Microsoft Sentinel without rules, which takes any; keeps what was asked of it.
struct SentinelStub: Sendable {
    private let transport = StubTransport { request in
        if request.url.contains("/oauth2/") {
            return (200, #"{"token_type":"Bearer","expires_in":3600,"access_token":"eyJCANARY"}"#)
        }
        let id = request.url.components(separatedBy: "alertRules/").last?.prefix(36) ?? ""
        return request.method == "GET"
            ? (404, #"{"error":{"code":"NotFound","message":"no rule"}}"#)
            : (201, #"{"name":"\#(id)","kind":"Scheduled","properties":{"displayName":"x"}}"#)
    }

    var lines: [String] { transport.lines }

    var rules: @Sendable () throws(Diagnostic) -> SentinelRules {
        { [transport] () throws(Diagnostic) in
            let settings = [
                "AZURE_TENANT_ID": "t", "AZURE_CLIENT_ID": "c", "AZURE_CLIENT_SECRET": "CANARY",
                "AZURE_LOGIN_URL": "https://login.example", "AZURE_MANAGEMENT_URL": "https://arm.example",
                "SUBSCRIPTION_ID": "11111111-2222-3333-4444-555555555555", "RESOURCE_GROUP_NAME": "soc",
                "SENTINEL_WORKSPACE_NAME": "watch",
            ]
            let service = AzureService(try AzureConnection({ settings[$0] }) { _ in }, transport: transport)
            return SentinelRules(workspace: try SentinelWorkspace { settings[$0] }, service: service)
        }
    }
}
