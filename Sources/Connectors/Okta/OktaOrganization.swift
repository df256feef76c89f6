public import Diagnostics
internal import HTTP

/// An Okta org, as the addresses of its API know it.
///
/// ```swift
/// try OktaOrganization(url: "https://example.okta.com/").origin  // https://example.okta.com
/// ```
public struct OktaOrganization: Hashable, Sendable {
    /// Scheme and host, and the port where it is not 443.
    public let origin: String

    /// Reads `OKTA_ORG_URL`: https, or http to this computer, with nothing behind the host but a slash.
    ///
    /// - Throws: A `Diagnostic` that says what to set instead; also for the Admin Console's address, which serves no
    ///   API.
    public init(url: String) throws(Diagnostic) {
        guard let address = WebAddress(url) else {
            throw Self.refusal("OKTA_ORG_URL is not an https URL", "Write it like https://example.okta.com")
        }
        guard address.scheme == "https" || address.isLoopback else {
            throw Self.refusal(
                "OKTA_ORG_URL is not an https URL, and the token must not travel in the open",
                "Set it to https://\(address.host)")
        }
        guard address.path == "/", address.query == nil else {
            throw Self.refusal("OKTA_ORG_URL names more than the org", "Set it to \(address.origin)")
        }
        if let right = Self.organization(ofAdminConsole: address.host) {
            throw Self.refusal("OKTA_ORG_URL is the address of the Admin Console", "Set it to https://\(right)")
        }
        origin = address.origin
    }

    private static func refusal(_ problem: String, _ remedy: String) -> Diagnostic {
        Diagnostic(problem, remedy: remedy, kind: .unavailable)
    }

    /// The domains under which Okta itself serves orgs; a custom domain may well end in `-admin`.
    private static let domains = [".okta.com", ".oktapreview.com", ".okta-emea.com", ".okta-gov.com", ".okta.mil"]

    private static func organization(ofAdminConsole host: String) -> String? {
        for domain in domains where host.hasSuffix("-admin" + domain) {
            return host.dropLast(("-admin" + domain).utf8.count) + domain
        }
        return nil
    }

    var logsURL: String { origin + Self.logsPath }
    var tokenURL: String { origin + "/oauth2/v1/token" }

    private static let logsPath = "/api/v1/logs"

    /// Whether a URL that the server sent may be asked with this org's token: the same scheme, host, port and path.
    func isLogsURL(_ url: String) -> Bool {
        guard url.utf8.count <= 16 << 10, url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            let address = WebAddress(url)
        else { return false }
        return address.origin == origin && address.path == Self.logsPath
    }
}
