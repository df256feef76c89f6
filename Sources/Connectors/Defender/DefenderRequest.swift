public import Diagnostics
internal import JSON

/// An action on a machine, ready to be shown, confirmed and sent.
public struct DefenderRequest: Sendable {
    /// What is asked for.
    public let action: DefenderAction
    /// Of which machine.
    public let machine: DefenderMachine
    /// What is sent, byte for byte but for the access token.
    public let http: PreparedRequest

    /// As long as a comment may be here, in UTF-16 units; the API names no limit.
    static let commentLimit = 1000

    /// Makes the request; sends nothing.
    ///
    /// - Parameter comment: The reason, which Defender keeps beside the action and shows to others. Control
    ///   characters and bidirectional marks are written out, and what is longer than 1000 characters is cut.
    /// - Throws: A `Diagnostic` when there is no reason, which Defender demands.
    public init(
        _ action: DefenderAction, on machine: DefenderMachine, comment: String, at address: DefenderAddress
    ) throws(Diagnostic) {
        guard comment.contains(where: { !$0.isWhitespace }) else {
            throw Diagnostic(
                "Defender wants a reason for each action", remedy: "Add --reason with the reason", kind: .usage)
        }
        self.action = action
        self.machine = machine
        http = PreparedRequest(
            post: address.url("machines/\(machine.id)/\(action.path)"),
            body: action.body(comment: comment.oneLine(Self.commentLimit)).text, needsToken: true)
    }
}
