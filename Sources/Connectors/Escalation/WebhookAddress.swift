internal import Diagnostics
internal import HTTP

/// The address of a webhook: whoever knows it may post there, so that only its server is ever shown.
struct WebhookAddress: Sendable {
    /// All of it.
    let url: String
    /// The server, and `[secret]` for the rest.
    let shown: String
    /// What is struck out of the server's answers.
    let secrets: [String]

    /// Parts of a path this long are secrets; shorter ones are words such as `services`.
    private static let leastSecret = 9

    /// - Parameter setting: Where the address came from, for messages.
    /// - Throws: A `Diagnostic` that does not repeat the address.
    init(_ text: String, setting: String) throws(Diagnostic) {
        let url = text.filter { !$0.isWhitespace }
        guard let address = WebAddress(url) else {
            throw Self.refusal("\(setting) is not an https URL", "Copy the whole address of the webhook")
        }
        guard address.scheme == "https" || address.isLoopback else {
            throw Self.refusal(
                "\(setting) is not an https URL, and the message must not travel in the open", "Use the https address")
        }
        self.url = url
        shown = "\(address.origin)/[secret]"
        let whole = [url, address.path, address.query ?? ""]
        let parts = address.path.split(separator: "/").map(String.init)
        secrets = (whole + parts).filter { $0.utf8.count >= Self.leastSecret }
    }

    private static func refusal(_ problem: String, _ remedy: String) -> Diagnostic {
        Diagnostic(problem, remedy: remedy, kind: .unavailable)
    }
}

extension WebhookAddress: CustomStringConvertible, CustomReflectable {
    var description: String { shown }
    var customMirror: Mirror { Mirror(self, children: []) }
}
