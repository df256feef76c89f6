import Synchronization

/// A model that is told pseudonyms in the place of names, and whose words come back with the names.
///
/// For endpoints elsewhere; one on this computer gets the evidence as it is.
///
/// ```swift
/// let model: any LanguageModel = configuration.isLoopback || sendRaw
///     ? endpoint : PseudonymousModel(endpoint) { logins.map { ($0, .user) } }
/// ```
public final class PseudonymousModel: LanguageModel {
    public var name: String { model.name }
    private let model: any LanguageModel
    private let texts: @Sendable () -> [(text: String, kind: Pseudonyms.Kind)]
    private let pseudonyms = Mutex(Pseudonyms())

    /// - Parameter texts: Gives what must not leave, before each request; the same texts again cost little.
    public init(_ model: any LanguageModel, texts: @escaping @Sendable () -> [(text: String, kind: Pseudonyms.Kind)]) {
        self.model = model
        self.texts = texts
    }

    public func reply(
        to request: ModelRequest, onText: @escaping @Sendable (String) -> Void
    ) async throws -> ModelReply {
        let (hidden, names) = hiding(request)
        // What stands for a name within JSON must leave it valid.
        let inJSON = request.schema != nil
        let stream = RestoredStream(PseudonymRestorer(names, inJSON: inJSON), onText)
        defer { stream.finish() }
        var reply = try await model.reply(to: hidden) { stream.take($0) }
        reply.text = PseudonymRestorer.restoring(reply.text, names, inJSON: inJSON)
        reply.reasoning = PseudonymRestorer.restoring(reply.reasoning, names, inJSON: inJSON)
        return reply
    }

    /// The request as it may leave, and the names that lead back from it.
    private func hiding(_ request: ModelRequest) -> (ModelRequest, Pseudonyms) {
        let texts = texts()
        return pseudonyms.withLock { names in
            for (text, kind) in texts { names.register([text], kind: kind) }
            var request = request
            request.messages = request.messages.map { ChatMessage($0.role, names.hiding($0.content)) }
            return (request, names)
        }
    }
}

/// Hands restored pieces on.
private final class RestoredStream: Sendable {
    private let restorer: Mutex<PseudonymRestorer>
    private let onText: @Sendable (String) -> Void

    init(_ restorer: PseudonymRestorer, _ onText: @escaping @Sendable (String) -> Void) {
        self.restorer = Mutex(restorer)
        self.onText = onText
    }

    func take(_ piece: String) { pass(restorer.withLock { $0.consume(piece) }) }

    func finish() { pass(restorer.withLock { $0.finish() }) }

    private func pass(_ text: String) {
        if !text.isEmpty { onText(text) }
    }
}

/// Puts names in the place of pseudonyms while the text arrives piece by piece.
///
/// At most 14 scalars are held back: as many as can still become a pseudonym, or a longer word that is none.
struct PseudonymRestorer {
    private let names: Pseudonyms
    private let inJSON: Bool
    private var scalars: [Unicode.Scalar] = []
    /// How many of the scalars are handed on already, and kept only to see where words begin.
    private var passed = 0

    /// - Parameter inJSON: Whether the text is JSON, in which a name with quotes must be escaped.
    init(_ names: Pseudonyms, inJSON: Bool) {
        self.names = names
        self.inJSON = inJSON
    }

    /// Restores a whole text.
    static func restoring(_ text: String, _ names: Pseudonyms, inJSON: Bool) -> String {
        var restorer = PseudonymRestorer(names, inJSON: inJSON)
        return restorer.consume(text) + restorer.finish()
    }

    /// Takes the next piece and gives what is certain by now.
    mutating func consume(_ piece: String) -> String {
        scalars += piece.unicodeScalars
        return advance(isEnd: false)
    }

    /// What was still held back when the text ended.
    mutating func finish() -> String { advance(isEnd: true) }

    private mutating func advance(isEnd: Bool) -> String {
        var output = String.UnicodeScalarView(), position = passed
        reading: while position < scalars.count {
            let mayBegin = scalars.mayBeginToken(at: position)
            switch mayBegin ? PseudonymToken.read(scalars, at: position, isEnd: isEnd) : .none {
            case .undecided: break reading
            case .token(let token):
                let original = names.original(of: token.pseudonym).map { inJSON ? $0.insideJSON : $0 }
                output.append(contentsOf: original?.unicodeScalars ?? .init(scalars[position..<token.end]))
                position = token.end
            case .none:
                output.append(scalars[position])
                position += 1
            }
        }
        let spent = max(0, position - [Unicode.Scalar].lookBehind)
        scalars.removeFirst(spent)
        passed = position - spent
        return String(output)
    }
}

extension ChatEndpointConfiguration {
    /// Whether the model is served on this computer, so that nothing leaves it. In doubt it is not.
    ///
    /// `localhost`, 127.0.0.0/8 and ::1, as for the transport.
    public var isLoopback: Bool {
        let shape = #/(?i)https?://(?:\[([0-9a-f:.]+)\]|([a-z0-9.]+))(?::[0-9]*)?(?:[/?#].*)?/#
        guard let match = baseURL.wholeMatch(of: shape) else { return false }
        if let six = match.1 { return six.contains(":") && AddressLiteral.isLoopback(String(six)) }
        guard let host = match.2 else { return false }
        return host.lowercased() == "localhost" || AddressLiteral.isLoopback(String(host))
    }
}
