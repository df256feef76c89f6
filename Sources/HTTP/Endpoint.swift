import CCurl
import Diagnostics

/// The server that a request goes to, checked before anything is sent.
///
/// libcurl's own parser reads the URL, so that what is checked here is what is used there.
struct Endpoint: CustomStringConvertible {
    let scheme: String
    /// In small letters, without the brackets of an IPv6 address.
    let host: String
    let port: String?

    /// - Throws: A `Diagnostic` that names the server but no path, for a path may be a secret.
    init(of request: HTTPRequest) throws(Diagnostic) {
        try self.init(url: request.url)
        if scheme == "http", !isLoopback {
            throw Self.refusal("\(self) is not on this computer, and only https may leave it", "Use an https URL")
        }
        if Address(host)?.isLinkLocal == true {
            throw Self.refusal("\(self) is a link-local address, which is never contacted", "Use the server's own name")
        }
        for header in request.headers where !Self.isSendable(header.name, header.value) {
            throw Self.refusal(
                "a header for \(self) holds characters that cannot be sent",
                "Look for line breaks in the configured key; `config` shows where it comes from")
        }
    }

    private init(url: String) throws(Diagnostic) {
        guard let parts = URLParts(url) else {
            throw Self.notAnAddress
        }
        guard parts[CURLUPART_USER] == nil, parts[CURLUPART_PASSWORD] == nil else {
            throw Self.refusal("the configured address holds a user name or password", "Remove the part before `@`")
        }
        let scheme = parts[CURLUPART_SCHEME]?.lowercased() ?? ""
        guard scheme == "http" || scheme == "https", let host = parts[CURLUPART_HOST], !host.isEmpty else {
            throw Self.notAnAddress
        }
        self.scheme = scheme
        self.host = host.lowercased().filter { $0 != "[" && $0 != "]" }
        self.port = parts[CURLUPART_PORT]
    }

    private static func isSendable(_ name: String, _ value: String) -> Bool {
        let token = name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") }
        return !name.isEmpty && token && value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
    }

    private static let notAnAddress = refusal(
        "the configured address is not an http or https URL", "Write it like https://example.com/path")

    private static func refusal(_ problem: String, _ remedy: String) -> Diagnostic {
        Diagnostic(problem, remedy: remedy, kind: .unavailable)
    }

    var isLoopback: Bool { host == "localhost" || Address(host)?.isLoopback == true }

    /// Whether the connection may go to this address, now that the name is resolved.
    func permits(peer: String) -> Bool {
        guard let address = Address(peer) else { return false }
        return scheme == "http" ? address.isLoopback : !address.isLinkLocal
    }

    /// Scheme, host and port.
    var description: String {
        "\(scheme)://\(host.contains(":") ? "[\(host)]" : host)" + (port.map { ":\($0)" } ?? "")
    }

    /// The host that a `Location` header leads to, or `nil` when it stays on the same server.
    static func redirectHost(_ location: String) -> String? { URLParts(location)?[CURLUPART_HOST] }
}
