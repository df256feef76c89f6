internal import JSON

/// An access token, and until when it is used.
struct AzureAccessToken: Sendable, Equatable {
    let text: String
    /// From when a new one is asked for, in seconds since 1970.
    let renewal: Int

    /// How long before its end a token is renewed, in seconds: longer than any queue that a request waits in.
    private static let margin = 240
    /// How long a token is kept that does not say how long it is good.
    static let unknownLifetime = 600

    /// `nil` when a header cannot carry the text.
    init?(_ text: String, lifetime: Int, now: Int) {
        guard !text.isEmpty, text.utf8.count <= 32 << 10, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return nil }
        self.text = text
        let lifetime = min(max(lifetime, 0), 86_400)
        renewal = now + max(lifetime - Self.margin, lifetime / 2)
    }

    /// The answer of the login server: `expires_in` is a number in version 2 and a text in version 1.
    init?(answer json: JSONValue, now: Int) {
        guard let text = json["access_token"]?.string, json["token_type"]?.string?.lowercased() == "bearer"
        else { return nil }
        let lifetime = json["expires_in"].flatMap(Self.wholeNumber) ?? Self.unknownLifetime
        self.init(text, lifetime: lifetime, now: now)
    }

    /// A whole number, also one that is written as a text.
    static func wholeNumber(_ value: JSONValue) -> Int? {
        value.integer.flatMap { Int(exactly: $0) } ?? value.string.flatMap { $0.utf8.count <= 12 ? Int($0) : nil }
    }
}

extension AzureAccessToken: CustomStringConvertible, CustomReflectable {
    var description: String { "an access token" }
    var customMirror: Mirror { Mirror(self, children: []) }
}
