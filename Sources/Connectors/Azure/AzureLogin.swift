internal import Diagnostics
internal import HTTP
internal import JSON

/// The endpoints of the Microsoft identity platform that issue tokens (version 2.0).
struct AzureLogin: Sendable {
    let origin: String
    let tenant: String
    let clientID: String
    let exchange: AzureExchange

    /// An app's token for one service (MicrosoftDocs/entra-docs, v2-oauth2-client-creds-grant-flow).
    func token(secret: String, audience: String) async throws -> AzureAccessToken {
        let fields = [
            ("client_id", clientID), ("scope", audience + "/.default"), ("client_secret", secret),
            ("grant_type", "client_credentials"),
        ]
        let response = try await post("token", fields, secrets: [secret, secret.percentEncoded])
        guard response.head.status == 200 else {
            throw refusal(response, AzureFault(response.body, secrets: [secret, secret.percentEncoded]))
        }
        return try token(response)
    }

    /// The token of a successful answer.
    func token(_ response: HTTPResponse) throws -> AzureAccessToken {
        guard let json = try? JSONValue(parsing: response.body),
            let token = AzureAccessToken(answer: json, now: exchange.manner.retries.clock.now())
        else { throw failure("\(origin) answered without an access token that can be used", Self.checkAddress) }
        return token
    }

    func post(_ endpoint: String, _ fields: [(String, String)], secrets: [String]) async throws -> HTTPResponse {
        let body = fields.map { "\($0)=\($1.percentEncoded)" }.joined(separator: "&")
        let request = HTTPRequest(
            method: "POST", url: "\(origin)/\(tenant.percentEncoded)/oauth2/v2.0/\(endpoint)",
            headers: [("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "application/json")],
            body: Array(body.utf8), limits: HTTPLimits(total: .seconds(60), maxBody: 1 << 20), secrets: secrets,
            remedy: "Check AZURE_LOGIN_URL and the network; `config` shows the addresses in use")
        return try await exchange.response(to: request, isRepeatable: true)
    }

    // MARK: Refusals

    static let checkAddress = "Check AZURE_LOGIN_URL, and try again"

    func failure(_ problem: String, _ remedy: String) -> Diagnostic {
        Diagnostic(problem, remedy: remedy, kind: .unavailable)
    }

    /// A refused request for a token, by its OAuth code or Entra's own number.
    func refusal(_ response: HTTPResponse, _ fault: AzureFault) -> Diagnostic {
        let (problem, remedy) =
            switch fault.code {
            case "invalid_client":
                (
                    "\(origin) does not accept the app's secret (invalid_client)",
                    "Check AZURE_CLIENT_ID and AZURE_CLIENT_SECRET: the secret's value, not its id, and not expired"
                )
            case "unauthorized_client":
                ("\(origin) does not know the app (unauthorized_client)", "Check AZURE_CLIENT_ID and AZURE_TENANT_ID")
            case "invalid_scope", "invalid_resource":
                (
                    "\(origin) issues no token for this service (\(fault.code))",
                    "Check that the service's URL setting names the right cloud"
                )
            case "invalid_request", "invalid_tenant":
                ("\(origin) rejected the request for a token (\(fault.code))", "Check AZURE_TENANT_ID")
            default:
                (
                    "\(origin) issued no access token (status \(response.head.status))",
                    "Check AZURE_LOGIN_URL, AZURE_TENANT_ID and AZURE_CLIENT_ID"
                )
            }
        return failure(problem + (fault.words.isEmpty ? "" : ": \(fault.words)"), remedy)
    }
}
