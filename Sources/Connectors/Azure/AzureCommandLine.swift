internal import Diagnostics
internal import Foundation
internal import JSON

/// The Azure CLI, asked for access tokens of whoever is signed in with it.
public struct AzureCommandLine: Hashable, Sendable {
    /// The tenant whose tokens are asked for, or `nil` for the CLI's own choice.
    public var tenant: String?
    /// The full path of `az`, or `nil` to look for it in `PATH`.
    public var executable: String?
    /// How long `az` may take.
    public var limit: Duration

    /// The CLI; nothing is started before a token is needed.
    public init(tenant: String? = nil, executable: String? = nil, limit: Duration = .seconds(60)) {
        self.tenant = tenant
        self.executable = executable
        self.limit = limit
    }

    /// Asks for a token, with arguments and without a shell.
    ///
    /// - Throws: A `Diagnostic` with what `az` wrote to its error output; it never holds the token.
    func token(audience: String, now: Int) async throws -> AzureAccessToken {
        let path = executable ?? ChildProcess.find("az", path: ProcessInfo.processInfo.environment["PATH"])
        guard let path else {
            throw Self.failure("the Azure CLI `az` is not in PATH", "Install it, or \(Self.otherWay)")
        }
        let child = ChildProcess(executable: path, arguments: arguments(audience: audience), limit: limit)
        switch await child.run() {
        case .cancelled: throw Diagnostic.interrupted
        case .notStarted(let reason): throw Self.failure("`az` could not be started: \(reason)", "Check \(path)")
        case .tooSlow:
            throw Self.failure(
                "`az` did not answer within \(limit.components.seconds) s",
                "Run `\(shown(audience))` yourself to see what it waits for")
        case .tooMuch: throw unreadable
        case .ended(0, let output, _):
            guard let token = Self.read(output, now: now) else { throw unreadable }
            return token
        case .ended(let status, _, let errors): throw refusal(status, errors, audience)
        }
    }

    func arguments(audience: String) -> [String] {
        ["account", "get-access-token", "--output", "json", "--resource", audience]
            + (tenant.map { ["--tenant", $0] } ?? [])
    }

    private func shown(_ audience: String) -> String {
        (["az"] + arguments(audience: audience)).joined(separator: " ")
    }

    // MARK: Its answer

    /// `expires_on` counts seconds since 1970; older versions have only `expiresOn`, in local time without a zone
    /// (azure-cli, `get_access_token` of the module `profile`).
    static func read(_ output: [UInt8], now: Int) -> AzureAccessToken? {
        guard let json = try? JSONValue(parsing: output), let text = json["accessToken"]?.string else { return nil }
        let end =
            json["expires_on"].flatMap(AzureAccessToken.wholeNumber)
            ?? json["expiresOn"]?.string.flatMap(secondsOfLocalTime)
        return AzureAccessToken(text, lifetime: end.map { $0 - now } ?? AzureAccessToken.unknownLifetime, now: now)
    }

    /// Reads `2026-11-21 10:00:00.000000`.
    private static func secondsOfLocalTime(_ text: String) -> Int? {
        guard text.utf8.count <= 40 else { return nil }
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.dateFormat = "yyyy-MM-dd HH:mm:ss"
        return format.date(from: String(text.prefix { $0 != "." })).map { Int($0.timeIntervalSince1970) }
    }

    // MARK: Its refusals

    private static let otherWay =
        "set AZURE_TENANT_ID and AZURE_CLIENT_ID (and AZURE_CLIENT_SECRET; without it you sign in with a code)"

    private func refusal(_ status: Int32, _ errors: [UInt8], _ audience: String) -> Diagnostic {
        let words = String(decoding: errors, as: UTF8.self).trimmed
        let quote = words.isEmpty ? "" : ": \(words.visible(limit: 600))"
        let login = tenant.map { "az login --tenant \($0)" } ?? "az login"
        // azure-identity tells a missing sign-in by the same words.
        if words.contains("az login") || words.contains("AADSTS") {
            return Self.failure("`az` has no sign-in that can be used\(quote)", "Run `\(login)`, then try again")
        }
        return Self.failure(
            "`az` issued no token (exit status \(status))\(quote)", "Run `\(shown(audience))` yourself to see why")
    }

    private var unreadable: Diagnostic {
        Self.failure(
            "`az` answered with something that is not an access token",
            "Update the Azure CLI with `az upgrade`, or \(Self.otherWay)")
    }

    private static func failure(_ problem: String, _ remedy: String) -> Diagnostic {
        Diagnostic(problem, remedy: remedy, kind: .unavailable)
    }
}
