internal import Diagnostics
internal import HTTP
internal import JSON

/// What Okta says is wrong: `errorCode` and `errorSummary` of its API, or `error` and `error_description` of OAuth.
struct OktaFault: Hashable {
    /// Such as `E0000047` or `use_dpop_nonce`; empty when there is none.
    let code: String
    /// Okta's own words, safe to show: without secrets, in one line, cut. Empty when it sent none.
    let words: String

    private static let quoteLimit = 300
    private static let bodyLimit = 64 << 10

    /// Reads the body of a failed request, in whatever form it comes.
    init(_ body: [UInt8], secrets: [String]) {
        let start = Array(body.prefix(Self.bodyLimit))
        let json = try? JSONValue(parsing: start)
        code = (json?["errorCode"] ?? json?["error"])?.string ?? ""
        let words = json.map(Self.words) ?? start.plainWords
        self.words = words.striking(secrets).visible(limit: Self.quoteLimit)
    }

    /// Okta took longer than its own 30 seconds for the query.
    var isTimeout: Bool { code == "E0000009" }

    private static func words(of json: JSONValue) -> String {
        let summary = (json["errorSummary"] ?? json["error_description"] ?? json["error"] ?? json["message"])?.string
        let causes = (json["errorCauses"]?.array ?? []).compactMap { $0["errorSummary"]?.string }
        let known = [summary].compactMap { $0 } + causes
        return known.isEmpty ? json.text : known.joined(separator: "; ")
    }
}
