internal import Tables

/// One call of Okta's management API, written as a shell line.
///
/// Every part is either a constant or passed a check here, so that the line holds no character that a shell obeys
/// beyond `$OKTA_API_TOKEN` and `$OKTA_ORG_URL`.
struct OktaRequest: Hashable {
    let method: String
    /// With `{userId}` where an id belongs.
    let path: String
    let query: [(name: String, value: String)]

    init(_ method: String, _ path: String, _ query: [(name: String, value: String)] = []) {
        self.method = method
        self.path = path
        self.query = query
    }

    static func == (left: Self, right: Self) -> Bool { left.line(org: "", user: nil) == right.line(org: "", user: nil) }

    func hash(into hasher: inout Hasher) { hasher.combine(line(org: "", user: nil)) }

    /// The curl line.
    ///
    /// - Parameters:
    ///   - org: The org's address as ``orgAddress(_:)`` gives it.
    ///   - user: A checked id, or `nil` to leave `{userId}` for the reader to fill in.
    func line(org: String, user: String?) -> String {
        let filled = user.map { path.replacing("{userId}", with: $0) } ?? path
        let pairs = query.map { "\($0.name)=\(Self.encoded($0.value))" }.joined(separator: "&")
        return "curl -sS -X \(method) \"\(org)\(filled)\(pairs.isEmpty ? "" : "?" + pairs)\" "
            + "-H \"Authorization: SSWS $OKTA_API_TOKEN\" -H 'Accept: application/json'"
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
    static func userID(_ text: String?) -> String? {
        text.flatMap { $0.isASCII && $0.wholeMatch(of: #/00u[A-Za-z0-9]{17}/#) != nil ? $0 : nil }
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
}

extension String {
    /// Whether every character is ASCII, so that no combining mark hides in one that looks harmless.
    fileprivate var isASCII: Bool { utf8.allSatisfy { $0 < 0x80 } }
}
