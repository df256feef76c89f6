import Diagnostics
import JSON

/// What a server says is wrong, as far as it can be understood.
struct ServerFault: Equatable {
    /// The server's own words, or empty.
    var message = ""
    /// `type`, `code` and `param` of the error, in small letters.
    var marks: Set<String> = []

    init(message: String, marks: Set<String> = []) {
        self.message = message
        self.marks = marks
    }

    /// Reads the body of a failed request, in whatever form it comes.
    init(body: [UInt8]) {
        if let json = try? JSONValue(parsing: body) {
            self = ServerFault(json: json) ?? ServerFault(message: Self.text(of: json["message"] ?? json["detail"] ?? json))
        } else {
            let text = String(decoding: body.prefix(Self.bodyLimit), as: UTF8.self)
            self.init(message: Self.isWebPage(body) ? "" : text)
        }
    }

    /// The error that a JSON value reports, or `nil` when it reports none.
    init?(json: JSONValue) {
        guard let error = json["error"], !error.isNull else { return nil }
        if case .object = error {
            message = Self.text(of: error["message"] ?? error)
            marks = Set(["type", "code", "param"].compactMap { error[$0] }.map { Self.text(of: $0).lowercased() })
        } else {
            message = Self.text(of: error)
        }
    }

    private static let bodyLimit = 64 << 10

    private static func text(of json: JSONValue) -> String { json.string ?? json.text }

    /// Whether a body is HTML or XML instead of an answer.
    static func isWebPage(_ body: [UInt8]) -> Bool {
        body.first { $0 > 0x20 && $0 < 0x80 } == UInt8(ascii: "<")
    }

    /// Whether the error is about one of these words.
    func mentions(_ words: String...) -> Bool {
        let text = message.lowercased()
        return words.contains { text.contains($0) || marks.contains($0) }
    }

    /// Whether the request was longer than the model's context.
    var isContextOverflow: Bool {
        if !marks.isDisjoint(with: ["context_length_exceeded", "exceed_context_size_error", "input_tokens"]) { return true }
        let text = message.lowercased()
        guard let subject = ["context", "token"].compactMap({ text.firstRange(of: $0)?.upperBound }).min() else { return false }
        return ["exceed", "length", "overflow", "maximum", "too long"].contains { text[subject...].contains($0) }
    }
}
