public import Diagnostics
internal import HTTP

/// Where the API of Defender for Endpoint is served.
///
/// ```swift
/// try DefenderAddress().origin                                         // https://api.security.microsoft.com
/// try DefenderAddress(url: "https://eu.api.security.microsoft.com").origin
/// ```
public struct DefenderAddress: Hashable, Sendable {
    /// Scheme and host, and the port where it is not 443.
    public let origin: String

    /// The host that serves every region (Microsoft Learn, "Supported Defender for Endpoint APIs").
    public static let usual = "https://api.security.microsoft.com"
    /// What an access token must be issued for, whatever the host is.
    public static let scope = "https://api.securitycenter.microsoft.com/.default"

    /// Reads `DEFENDER_URL`: https, or http to this computer, with nothing behind the host but a slash.
    ///
    /// - Throws: A `Diagnostic` that says what to set instead.
    public init(url: String = usual) throws(Diagnostic) {
        guard let address = WebAddress(url) else {
            throw Self.refusal("DEFENDER_URL is not an https URL", "Write it like \(Self.usual)")
        }
        guard address.scheme == "https" || address.isLoopback else {
            throw Self.refusal(
                "DEFENDER_URL is not an https URL, and the token must not travel in the open",
                "Set it to https://\(address.host)")
        }
        guard address.path == "/", address.query == nil else {
            throw Self.refusal("DEFENDER_URL names more than the server", "Set it to \(address.origin)")
        }
        origin = address.origin
    }

    private static func refusal(_ problem: String, _ remedy: String) -> Diagnostic {
        Diagnostic(problem, remedy: remedy, kind: .unavailable)
    }

    /// The address of one thing of the API, such as `machines/ID/isolate`.
    func url(_ path: String) -> String { origin + "/api/" + path }

    /// The address of those things of a list for which an OData expression holds.
    func url(_ path: String, filter: String, top: Int? = nil) -> String {
        url(path) + "?$filter=" + filter.percentEncoded + (top.map { "&$top=\($0)" } ?? "")
    }
}

extension String {
    /// A literal of OData, with each quote doubled (OData 4.01, "URL Conventions", section 5.1.1.14.1).
    var odataLiteral: String { "'" + replacing("'", with: "''") + "'" }
}
