internal import Diagnostics
public import HTTP

/// Microsoft's services as one account sees them: what queries and rules are sent through.
///
/// ```swift
/// let service = AzureService(connection, transport: CurlTransport())
/// let analytics = try LogAnalytics(workspace: id, service: service)
/// ```
///
/// Keep one object as long as the program runs: it holds the access tokens. A token goes to the server of the service
/// that it was made for, and redirects are never followed.
public final class AzureService: Sendable {
    /// Where the services are.
    public let addresses: AzureAddresses
    /// How this program proves who it is.
    public let credential: AzureCredential
    let manner: AzureManner
    let transport: any HTTPTransport
    let tokens: AzureTokenSource

    /// A way to the services; nothing is sent before the first request.
    public init(
        addresses: AzureAddresses, credential: AzureCredential, transport: any HTTPTransport,
        manner: AzureManner = AzureManner()
    ) {
        self.addresses = addresses
        self.credential = credential
        self.transport = transport
        self.manner = manner
        tokens = AzureTokenSource(addresses, credential, transport: transport, manner: manner)
    }

    /// As ``init(addresses:credential:transport:manner:)``, from the settings.
    public convenience init(
        _ connection: AzureConnection, transport: any HTTPTransport, manner: AzureManner = AzureManner()
    ) {
        self.init(
            addresses: connection.addresses, credential: connection.credential, transport: transport, manner: manner)
    }
}

/// A request to one of the services, without its server and its token.
struct AzureRequest: Sendable {
    var method = "GET"
    /// Begins with `/`; the query is part of it.
    var path: String
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []
    var limits = HTTPLimits()
    /// Whether it may be sent again when it is not known if it was acted on.
    var isRepeatable = true
    /// What the user can do when there is no answer; `nil` for the usual.
    var remedy: String?
}

/// An answer, and what must not be shown of it.
struct AzureAnswer {
    let stream: HTTPStream
    let secrets: [String]

    var status: Int { stream.head.status }
}

extension AzureService {
    /// Sends a request with a token for its service, once more with a new token when the first is refused.
    ///
    /// - Returns: The last answer, whatever its status.
    func open(_ request: AzureRequest, of resource: AzureResource) async throws -> AzureAnswer {
        try await checkOnline(resource)
        let exchange = AzureExchange(transport: transport, manner: manner, name: resource.name)
        var isRenewed = false
        while true {
            let token = try await tokens.token(for: resource)
            let secrets = [token.text]
            let stream = try await exchange.open(
                http(request, resource, token), isRepeatable: request.isRepeatable)
            guard stream.head.status == 401, credential.isSilent, !isRenewed else {
                return AzureAnswer(stream: stream, secrets: secrets)
            }
            isRenewed = true
            await tokens.discard(token, of: resource)
        }
    }

    /// The Azure CLI would ask for its token over the network though this program must not.
    func checkOnline(_ resource: AzureResource) async throws {
        guard transport is OfflineTransport else { return }
        _ = try await transport.open(HTTPRequest(url: addresses.origin(of: resource)))
    }

    private func http(_ request: AzureRequest, _ resource: AzureResource, _ token: AzureAccessToken) -> HTTPRequest {
        HTTPRequest(
            method: request.method, url: addresses.origin(of: resource) + request.path,
            headers: [("Authorization", "Bearer \(token.text)"), ("Accept", "application/json")] + request.headers,
            body: request.body, limits: request.limits, secrets: [token.text],
            remedy: request.remedy
                ?? "Check \(resource.setting) and the network; `config` shows the addresses in use")
    }

    /// Reads the words of a refusal.
    func fault(_ answer: AzureAnswer) async throws -> AzureFault {
        let body = try await BoundedBody(answer.stream, limit: 1 << 20)
        return AzureFault(body.bytes, secrets: answer.secrets)
    }
}
