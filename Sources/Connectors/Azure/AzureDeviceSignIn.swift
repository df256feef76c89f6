internal import Diagnostics
internal import HTTP
internal import JSON

/// One sign-in with a device code (RFC 8628; MicrosoftDocs/entra-docs, v2-oauth2-device-code).
struct AzureDeviceSignIn: Sendable {
    let login: AzureLogin
    let audience: String
    let service: String

    /// A code that waits for its user.
    struct Pending {
        let deviceCode: String
        let prompt: AzureDevicePrompt
        /// Seconds between two questions.
        let interval: Int
    }

    /// In seconds, where the server names no other.
    private static let usualInterval = 5, usualLifetime = 900
    /// Added to the interval when the server finds it too short (RFC 8628, section 3.5).
    private static let slowDown = 5

    /// Shows a code, and waits until the user has typed it.
    func token(_ show: @Sendable (AzureDevicePrompt) -> Void) async throws -> AzureAccessToken {
        let pending = try await begin()
        show(pending.prompt)
        let clock = login.exchange.manner.retries.clock
        let end = clock.now() + pending.prompt.lifetime
        var interval = pending.interval
        while clock.now() + interval <= end {
            do { try await clock.sleep(.seconds(interval)) } catch { throw Diagnostic.interrupted }
            switch try await ask(pending) {
            case .token(let token): return token
            case .pending: continue
            case .tooFast: interval += Self.slowDown
            }
        }
        throw expired
    }

    private func begin() async throws -> Pending {
        let fields = [("client_id", login.clientID), ("scope", audience + "/.default")]
        let response = try await login.post("devicecode", fields, secrets: [])
        guard response.head.status == 200 else {
            throw login.refusal(response, AzureFault(response.body, secrets: []))
        }
        guard let json = try? JSONValue(parsing: response.body), let pending = pending(json) else {
            throw login.failure(
                "\(login.origin) answered without a device code that can be used", AzureLogin.checkAddress)
        }
        return pending
    }

    private func pending(_ json: JSONValue) -> Pending? {
        guard let code = json["device_code"]?.string, !code.isEmpty, let user = json["user_code"]?.string,
            !user.isEmpty, let url = json["verification_uri"]?.string, let address = WebAddress(url),
            address.scheme == "https" || address.isLoopback
        else { return nil }
        let lifetime = json["expires_in"].flatMap(AzureAccessToken.wholeNumber) ?? Self.usualLifetime
        let interval = json["interval"].flatMap(AzureAccessToken.wholeNumber) ?? Self.usualInterval
        let prompt = AzureDevicePrompt(
            userCode: user.visible(limit: 40), url: url.visible(limit: 300), lifetime: min(max(lifetime, 1), 3600),
            service: service)
        return Pending(deviceCode: code, prompt: prompt, interval: min(max(interval, 1), 60))
    }

    // MARK: Asking

    private enum Answer {
        case token(AzureAccessToken)
        case pending, tooFast
    }

    private func ask(_ pending: Pending) async throws -> Answer {
        let fields = [
            ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("client_id", login.clientID),
            ("device_code", pending.deviceCode),
        ]
        let secrets = [pending.deviceCode, pending.deviceCode.percentEncoded]
        let response = try await login.post("token", fields, secrets: secrets)
        if response.head.status == 200 { return .token(try login.token(response)) }
        let fault = AzureFault(response.body, secrets: secrets)
        switch fault.code {
        case "authorization_pending": return .pending
        case "slow_down": return .tooFast
        case "authorization_declined", "access_denied":
            throw login.failure("the sign-in was declined", "Run the command again if that was a mistake")
        case "expired_token", "bad_verification_code": throw expired
        default: throw login.refusal(response, fault)
        }
    }

    private var expired: Diagnostic {
        login.failure("the code was not used in time", "Run the command again, and type the new code sooner")
    }
}
