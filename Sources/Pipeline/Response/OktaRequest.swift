internal import JSON
internal import Tables

/// One call of Okta's management API, written as a shell line.
///
/// Every part is either a constant or passed a check here, so that the line holds no character that a shell obeys
/// beyond `$OKTA_API_TOKEN` and `$OKTA_ORG_URL`.
struct OktaRequest: Hashable, Sendable {
    typealias Parameter = (name: String, value: String)

    let method: String
    /// With `{userId}` and the like where an id belongs.
    let path: String
    let query: [Parameter]
    /// With placeholders as the path has them.
    let body: JSONValue?

    init(_ method: String, _ path: String, _ query: [Parameter] = [], body: JSONValue? = nil) {
        self.method = method
        self.path = path
        self.query = query
        self.body = body
    }

    static func == (left: Self, right: Self) -> Bool { left.line(org: "") == right.line(org: "") }

    func hash(into hasher: inout Hasher) { hasher.combine(line(org: "")) }

    /// The curl line.
    ///
    /// - Parameters:
    ///   - org: The org's address as ``orgAddress(_:)`` gives it.
    ///   - values: Checked values by placeholder; `{userId}` without one stays for the reader to fill in.
    func line(org: String, _ values: [String: String] = [:]) -> String {
        let filled = values.reduce(path) { $0.replacing("{\($1.key)}", with: $1.value) }
        let pairs = query.map { "\($0.name)=\(Self.encoded($0.value))" }.joined(separator: "&")
        let line = "curl -sS -X \(method) \"\(org)\(filled)\(pairs.isEmpty ? "" : "?" + pairs)\" "
            + "-H \"Authorization: SSWS $OKTA_API_TOKEN\" -H 'Accept: application/json'"
        guard let body else { return line }
        // Between single quotes a shell obeys nothing but the quote itself.
        return line + " -H 'Content-Type: application/json' -d '\(body.text.replacing("'", with: "'\\''"))'"
    }

    /// The placeholders that are not filled by some values, in the order of the path.
    func gaps(_ values: [String: String]) -> [String] {
        path.matches(of: #/\{([A-Za-z]+)\}/#).map { String($0.1) }.filter { values[$0] == nil }
    }

    /// Percent-encodes all but unreserved characters (RFC 3986).
    static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let scalar = Unicode.Scalar(byte)
            if isLetterOrDigit(scalar) || "-._~".unicodeScalars.contains(scalar) { return String(Character(scalar)) }
            let hex = String(byte, radix: 16, uppercase: true)
            return "%" + (hex.count == 1 ? "0" : "") + hex
        }.joined()
    }

    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal)
    }
}

// MARK: Checks

extension OktaRequest {
    /// The configured address without a final slash when it is a plain https origin (or http on this machine), else the
    /// shell variable.
    static func orgAddress(_ configured: String?) -> String {
        let variable = "$OKTA_ORG_URL"
        guard var address = configured, address.isASCII else { return variable }
        while address.hasSuffix("/") { address.removeLast() }
        let isSecure = address.wholeMatch(of: #/https://[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]{1,5})?/#) != nil
        let isLocal = address.wholeMatch(of: #/http://(127\.0\.0\.1|localhost|\[::1\])(:[0-9]{1,5})?/#) != nil
        return isSecure || isLocal ? address : variable
    }

    /// A user id as Okta makes them: `00u` and 17 letters or digits.
    static func userID(_ text: String?) -> String? { objectID(text).flatMap { $0.hasPrefix("00u") ? $0 : nil } }

    /// The id of any object of Okta's: 20 letters or digits.
    static func objectID(_ text: String?) -> String? {
        text.flatMap { $0.isASCII && $0.wholeMatch(of: #/[A-Za-z0-9]{20}/#) != nil ? $0 : nil }
    }

    /// A login that is safe to quote, or `nil`: letters, digits, `. _ + -`, and one `@` with a host.
    static func login(_ text: String?) -> String? {
        guard let text, text.isASCII, text.utf8.count <= 100 else { return nil }
        return text.wholeMatch(of: #/[A-Za-z0-9][A-Za-z0-9._+-]*(@[A-Za-z0-9][A-Za-z0-9.-]*)?/#) == nil ? nil : text
    }

    /// An address that is safe to quote: digits, hexadecimal letters, dots and colons.
    static func address(_ text: String?) -> String? {
        text.flatMap { $0.isASCII && $0.wholeMatch(of: #/[0-9A-Fa-f.:]{3,45}/#) != nil ? $0 : nil }
    }

    /// An address as a zone takes it: a network of one.
    static func network(_ text: String) -> String? {
        if let address = address(text), address.contains(":") { return address + "/128" }
        return text.isASCII && text.wholeMatch(of: #/[0-9]{1,3}(\.[0-9]{1,3}){3}/#) != nil ? text + "/32" : nil
    }
}

extension String {
    /// Whether every character is ASCII, so that no combining mark hides in one that looks harmless.
    fileprivate var isASCII: Bool { utf8.allSatisfy { $0 < 0x80 } }
}
