internal import Diagnostics
internal import HTTP

/// Access tokens of one credential, one for each service, in memory alone and until shortly before they expire.
actor AzureTokenSource {
    private let addresses: AzureAddresses
    private let credential: AzureCredential
    private let transport: any HTTPTransport
    private let manner: AzureManner
    private var tokens: [AzureResource: AzureAccessToken] = [:]
    /// Who asks at the same time waits for the same answer: a user must not be shown two codes.
    private var running: [AzureResource: Task<AzureAccessToken, any Error>] = [:]

    init(
        _ addresses: AzureAddresses, _ credential: AzureCredential, transport: any HTTPTransport, manner: AzureManner
    ) {
        self.addresses = addresses
        self.credential = credential
        self.transport = transport
        self.manner = manner
    }

    /// A token for requests to this service and to no other.
    func token(for resource: AzureResource) async throws -> AzureAccessToken {
        while true {
            if Task.isCancelled { throw Diagnostic.interrupted }
            if let token = tokens[resource], manner.retries.clock.now() < token.renewal { return token }
            let task = running[resource] ?? begin(resource)
            do {
                return try await withTaskCancellationHandler { try await task.value } onCancel: { task.cancel() }
            } catch where task.isCancelled && !Task.isCancelled {
                // Another caller gave up; this one did not.
                continue
            }
        }
    }

    /// Forgets a token that was refused.
    func discard(_ token: AzureAccessToken, of resource: AzureResource) {
        if tokens[resource] == token { tokens[resource] = nil }
    }

    private func begin(_ resource: AzureResource) -> Task<AzureAccessToken, any Error> {
        let task = Task {
            do {
                let token = try await self.ask(resource)
                self.finish(resource, token)
                return token
            } catch {
                self.finish(resource, nil)
                throw error
            }
        }
        running[resource] = task
        return task
    }

    private func finish(_ resource: AzureResource, _ token: AzureAccessToken?) {
        running[resource] = nil
        tokens[resource] = token
    }

    private func ask(_ resource: AzureResource) async throws -> AzureAccessToken {
        let audience = addresses.audience(of: resource)
        switch credential {
        case .commandLine(let program):
            return try await program.token(audience: audience, now: manner.retries.clock.now())
        case .clientSecret(let tenant, let clientID, let secret):
            return try await login(tenant, clientID).token(secret: secret, audience: audience)
        case .deviceCode(let tenant, let clientID, let show):
            let signIn = AzureDeviceSignIn(login: login(tenant, clientID), audience: audience, service: resource.name)
            return try await signIn.token(show)
        }
    }

    private func login(_ tenant: String, _ clientID: String) -> AzureLogin {
        AzureLogin(
            origin: addresses.login, tenant: tenant, clientID: clientID,
            exchange: AzureExchange(transport: transport, manner: manner, name: addresses.login))
    }
}
