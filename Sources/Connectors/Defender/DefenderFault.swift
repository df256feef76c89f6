internal import Diagnostics
internal import HTTP
internal import JSON

/// What Defender says is wrong: `{"error":{"code","message","target"}}`.
struct DefenderFault {
    /// Such as `ResourceNotFound`; empty when there is none.
    let code: String
    /// The service's own words, safe to show: without secrets, in one line, cut. Empty when it sent none.
    let words: String

    private static let quoteLimit = 300
    private static let bodyLimit = 64 << 10

    /// Reads the body of a failed request, in whatever form it comes.
    init(_ body: [UInt8], secrets: [String]) {
        let start = Array(body.prefix(Self.bodyLimit))
        let error = (try? JSONValue(parsing: start))?["error"]
        code = error?["code"]?.string ?? ""
        // Microsoft's support asks for this id.
        let trace = error?["target"]?.string.map { " (correlation id \($0))" } ?? ""
        let message = error?["message"]?.string ?? error?.string ?? ""
        let words = message.isEmpty ? start.plainWords : message + trace
        self.words = words.striking(secrets).visible(limit: Self.quoteLimit)
    }

    /// Another action of the kind has not ended. The code is not documented, the message is (MicrosoftDocs/
    /// microsoft-365-docs, issue 5903), so either is enough.
    var isAlreadyRunning: Bool {
        code == "ActiveRequestAlreadyExists" || words.lowercased().contains("already in progress")
    }
}
