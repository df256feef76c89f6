internal import Diagnostics
internal import HTTP
internal import JSON
internal import Tables

/// What became of a request for an action.
public enum DefenderOutcome: Hashable, Sendable {
    /// Defender took it.
    case started(DefenderMachineAction)
    /// An action was running already, and nothing new was started. It is given where it could be found, of the same
    /// type if there is one.
    case alreadyRunning(DefenderMachineAction?)
}

extension DefenderService {
    /// Sends the request exactly as it was shown, once.
    ///
    /// It is sent again only when the server cannot have received it, and after a refusal for the limit of calls
    /// (status 429), within the manner's attempts and longest wait.
    ///
    /// - Throws: A `Diagnostic`; where the request may have had its effect its remedy says so.
    public func send(_ request: DefenderRequest) async throws -> DefenderOutcome {
        guard let target = WebAddress(request.http.sentURL), target.origin == address.origin else {
            throw messages.foreign(request.http.url)
        }
        let answer = try await exchange.post(request.http)
        switch answer.status {
        case 200, 201: return try outcome(answer, of: request)
        case 400 where answer.fault.isAlreadyRunning: return .alreadyRunning(try await running(request))
        default: throw messages.status(answer, DefenderMessages.Purpose(request.action), now: now)
        }
    }

    private func outcome(_ answer: DefenderExchange.Answer, of request: DefenderRequest) throws -> DefenderOutcome {
        guard let action = (try? JSONValue(parsing: answer.body)).flatMap({ DefenderMachineAction($0) }),
            action.machineID.lowercased().utf8.elementsEqual(request.machine.id.lowercased().utf8),
            action.type.lowercased() == request.action.type.lowercased()
        else { throw messages.unreadableAcceptance(answer.status) }
        return Self.isOlder(action, than: answer.head) ? .alreadyRunning(action) : .started(action)
    }

    /// Defender answers some repeated requests with the action that is pending (MicrosoftDocs/microsoft-365-docs,
    /// issue 5903): it is a minute old by the server's own clock.
    private static func isOlder(_ action: DefenderMachineAction, than head: HTTPResponseHead) -> Bool {
        guard let created = action.created, let now = head.date else { return false }
        return Int(created.ticks / Timestamp.ticksPerSecond) < now - 60
    }

    /// The newest action on the machine that has not ended; `nil` where there is none or it cannot be read.
    private func running(_ request: DefenderRequest) async throws -> DefenderMachineAction? {
        let filter = "machineId eq \(request.machine.id.odataLiteral)"
        let answer: DefenderExchange.Answer
        do {
            answer = try await exchange.get(address.url("machineactions", filter: filter, top: 50))
        } catch let failure as Diagnostic where failure.kind == .unavailable {
            return nil
        }
        guard answer.status == 200, let json = try? JSONValue(parsing: answer.body) else { return nil }
        let own = request.machine.id.lowercased(), type = request.action.type.lowercased()
        let open = (json["value"]?.array ?? []).compactMap { DefenderMachineAction($0) }
            .filter { !$0.status.isFinal && $0.machineID.lowercased().utf8.elementsEqual(own.utf8) }
            .sorted { ($0.created?.ticks ?? .min) > ($1.created?.ticks ?? .min) }
        return open.first { $0.type.lowercased() == type } ?? open.first
    }
}
