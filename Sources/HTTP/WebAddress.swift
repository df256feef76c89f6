import CCurl

/// An http or https URL taken apart by the parser that also sends it, so that what is compared is what is used.
///
/// ```swift
/// let next = WebAddress("https://example.okta.com/api/v1/logs?after=1")
/// next?.origin  // https://example.okta.com
/// next?.path    // /api/v1/logs
/// ```
public struct WebAddress: Hashable, Sendable {
    /// `http` or `https`.
    public let scheme: String
    /// In small letters, without the brackets of an IPv6 address.
    public let host: String
    /// Also where the URL names none.
    public let port: Int
    /// Without `.` and `..` steps, escapes as they stand; `/` where the URL has none.
    public let path: String
    /// What follows `?`, escapes as they stand.
    public let query: String?

    /// `nil` for what is no http or https URL, and for one with a user name, a password or a fragment.
    public init?(_ url: String) {
        guard let parts = URLParts(url), let scheme = parts[CURLUPART_SCHEME]?.lowercased(),
            scheme == "http" || scheme == "https", let host = parts[CURLUPART_HOST], !host.isEmpty,
            let port = parts.effectivePort, let path = parts[CURLUPART_PATH],
            parts[CURLUPART_USER] == nil, parts[CURLUPART_PASSWORD] == nil, parts[CURLUPART_FRAGMENT] == nil
        else { return nil }
        self.scheme = scheme
        self.host = host.lowercased().filter { $0 != "[" && $0 != "]" }
        self.port = port
        self.path = path
        query = parts[CURLUPART_QUERY]
    }

    /// Scheme, host and port; the port only where it is not the scheme's own.
    public var origin: String {
        let isUsual = port == (scheme == "https" ? 443 : 80)
        return "\(scheme)://\(host.contains(":") ? "[\(host)]" : host)" + (isUsual ? "" : ":\(port)")
    }

    /// Whether it names this computer: `localhost`, 127.0.0.0/8 or ::1.
    public var isLoopback: Bool { host == "localhost" || Address(host)?.isLoopback == true }
}
