internal import Diagnostics
internal import HTTP

/// Asks Defender, each time with a token that is asked for anew.
struct DefenderExchange: Sendable {
    let transport: any HTTPTransport
    let manner: DefenderManner
    let messages: DefenderMessages
    let token: @Sendable () async throws -> String

    /// An answer, whatever its status, and what must not be shown of it.
    struct Answer {
        let status: Int
        let head: HTTPResponseHead
        let body: [UInt8]
        let secrets: [String]

        var fault: DefenderFault { DefenderFault(body, secrets: secrets) }
    }

    private static let unreachable = "Check DEFENDER_URL and the network; `config` shows the addresses in use"

    /// Reads; asks again after passing failures, as reading has no effect.
    func get(_ url: String) async throws -> Answer {
        let token = try await currentToken()
        let request = HTTPRequest(
            url: url, headers: [("Authorization", "Bearer \(token)"), ("Accept", "application/json")],
            limits: manner.limits, secrets: [token], remedy: Self.unreachable)
        if Task.isCancelled { throw Diagnostic.interrupted }
        let response = try await manner.retries.open(request, over: transport).collect()
        return Answer(status: response.head.status, head: response.head, body: response.body, secrets: [token])
    }

    /// Acts; sends again only what cannot have been received, and what was refused for the limit of calls.
    func post(_ request: PreparedRequest) async throws -> Answer {
        let token = try await currentToken()
        let delivery = Delivery(transport: transport, retries: manner.retries, caution: DefenderMessages.caution)
        let sent = request.sent(token: token, limits: manner.limits, remedy: Self.unreachable)
        let answer = try await delivery.answer(to: sent, .ifUnreceived)
        return Answer(status: answer.head.status, head: answer.head, body: answer.body, secrets: sent.secrets)
    }

    private func currentToken() async throws -> String {
        let text: String
        do {
            text = try await token()
        } catch let failure as Diagnostic {
            throw failure
        } catch {
            if Task.isCancelled || error is CancellationError { throw Diagnostic.interrupted }
            throw messages.noToken
        }
        guard !text.isEmpty, text.utf8.count <= 64 << 10, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw messages.noToken
        }
        return text
    }
}
