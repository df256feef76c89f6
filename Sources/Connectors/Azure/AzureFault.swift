internal import Diagnostics
internal import HTTP
internal import JSON

/// What a service says is wrong: the error object of Azure and Graph, or `error` and `error_description` of OAuth.
struct AzureFault: Hashable {
    /// The outermost first, such as `BadArgumentError`, `SyntaxError`, `SYN0002`.
    private(set) var codes: [String] = []
    /// The service's own words, safe to show: without secrets, in one line, cut. Empty when it sent none.
    private(set) var words = ""
    /// Where in the query, as Log Analytics counts lines.
    private(set) var line: Int?
    /// Where in that line, as Log Analytics counts.
    private(set) var position: Int?
    /// The part of the query that it stumbled over; safe to show.
    private(set) var token: String?

    private static let quoteLimit = 400
    private static let bodyLimit = 256 << 10
    private static let depthLimit = 8

    /// Reads the body of a failed request, in whatever form it comes.
    init(_ body: [UInt8], secrets: [String]) {
        let start = Array(body.prefix(Self.bodyLimit))
        if let json = try? JSONValue(parsing: start) {
            self.init(json, secrets: secrets)
        } else {
            self.init(words: start.plainWords, secrets: secrets)
        }
    }

    private init(words: String, secrets: [String]) {
        self.words = words.striking(secrets).visible(limit: Self.quoteLimit)
    }

    /// Reads an answer that has an `error`.
    init(_ json: JSONValue, secrets: [String]) {
        var text = json.text
        if let error = json["error"], error.members != nil {
            text = takeLevels(of: error, secrets)
        } else if let code = json["error"]?.string {
            codes = [code]
            text = Self.firstLine(json["error_description"]?.string ?? code)
        } else if let message = json["message"]?.string ?? json["Message"]?.string {
            text = message
        }
        words = text.striking(secrets).visible(limit: Self.quoteLimit)
    }

    /// Goes down `innererror`, which Graph writes `innerError`; the deepest message says most.
    private mutating func takeLevels(of error: JSONValue, _ secrets: [String]) -> String {
        var messages: [String] = [], level = error
        for _ in 0..<Self.depthLimit {
            if let code = level["code"]?.string, !code.isEmpty { codes.append(code.visible(limit: 80)) }
            if let message = level["message"]?.string, !message.isEmpty { messages.append(message) }
            line = level["line"].flatMap(AzureAccessToken.wholeNumber) ?? line
            position = level["pos"].flatMap(AzureAccessToken.wholeNumber) ?? position
            if let token = level["token"]?.string { self.token = token.striking(secrets).visible(limit: 60) }
            let details = level["details"]?.array ?? []
            messages += details.prefix(3).compactMap { ($0["innererror"]?["message"] ?? $0["message"])?.string }
            guard let inner = level["innererror"] ?? level["innerError"], inner.members != nil else { break }
            level = inner
        }
        return messages.last ?? error["code"]?.string ?? error.text
    }

    /// Entra puts a trace id and a time on lines of their own.
    private static func firstLine(_ text: String) -> String {
        String(text.prefix { !$0.isNewline })
    }

    /// The outermost code, which OAuth has alone.
    var code: String { codes.first ?? "" }

    /// Whether any level has one of these codes.
    func has(_ known: String...) -> Bool {
        codes.contains { code in known.contains { $0.utf8.elementsEqual(code.utf8) } }
    }

    /// Whether the query itself is wrong, rather than how or by whom it was asked.
    var isOfQuery: Bool {
        if has("SyntaxError", "SemanticError") { return true }
        return codes.contains { ["SYN", "SEM", "LEX"].contains($0.prefix(3)) && $0.dropFirst(3).allSatisfy(\.isNumber) }
    }
}
