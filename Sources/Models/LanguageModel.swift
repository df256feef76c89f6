/// Something that answers in words: a server, or a script of replies.
public protocol LanguageModel: Sendable {
    /// The name the user knows it by.
    var name: String { get }

    /// Asks once.
    ///
    /// - Parameter onText: Gets the pieces of the visible answer as they come, without the reasoning.
    /// - Throws: A `Diagnostic` of kind `.unavailable`, or `.interrupted` when the task is cancelled.
    func reply(to request: ModelRequest, onText: @escaping @Sendable (String) -> Void) async throws -> ModelReply
}

extension LanguageModel {
    /// Asks once and shows nothing meanwhile.
    public func reply(to request: ModelRequest) async throws -> ModelReply {
        try await reply(to: request) { _ in }
    }
}
