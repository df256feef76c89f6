internal import Diagnostics
internal import HTTP
internal import JSON

extension DefenderService {
    /// Watches an action until it has ended, in whatever way.
    ///
    /// An action that has ended already costs no request. Between two looks the manner's interval is waited; up to
    /// five looks in a row may fail in passing.
    ///
    /// - Parameter watch: Told of the action as it is after each look, the last included.
    /// - Returns: The action with a final status, which may well be `.failed`.
    /// - Throws: A `Diagnostic` when the time limit is reached, the state cannot be read, or the task is cancelled
    ///   (`.interrupted`). The action goes on in each case.
    public func follow(
        _ action: DefenderMachineAction, watch: @Sendable (DefenderMachineAction) -> Void = { _ in }
    ) async throws -> DefenderMachineAction {
        let start = now
        var latest = action, failures = 0
        while !latest.status.isFinal {
            guard now - start < Int(manner.timeLimit.components.seconds) else {
                throw messages.timeLimit(latest, manner.timeLimit)
            }
            do {
                try await manner.retries.clock.sleep(manner.pollInterval)
                if Task.isCancelled { throw Diagnostic.interrupted }
                switch try await look(at: latest) {
                case .success(let fresh):
                    (latest, failures) = (fresh, 0)
                    watch(latest)
                case .failure(let failure):
                    failures += 1
                    if failures >= Self.patience { throw messages.lostSight(latest, failure) }
                }
            } catch {
                throw Self.isInterruption(error) ? messages.stoppedWatching(latest) : error
            }
        }
        return latest
    }

    /// How many looks in a row may fail in passing.
    private static let patience = 5

    private static func isInterruption(_ error: any Error) -> Bool {
        error is CancellationError || (error as? Diagnostic)?.kind == .interrupted
    }

    /// One look; a failure is one that may pass.
    ///
    /// - Throws: What does not pass: a refusal, or an answer about something else.
    private func look(at action: DefenderMachineAction) async throws -> Result<DefenderMachineAction, Diagnostic> {
        let answer: DefenderExchange.Answer
        do {
            answer = try await exchange.get(address.url("machineactions/\(action.id)"))
        } catch let failure as Diagnostic where failure.kind == .unavailable {
            return .failure(failure)
        }
        let refusal = messages.status(answer, .following, now: now)
        if answer.status == 429 || answer.status >= 500 { return .failure(refusal) }
        guard answer.status == 200 else { throw messages.lostSight(action, refusal) }
        guard let fresh = (try? JSONValue(parsing: answer.body)).flatMap({ DefenderMachineAction($0) }),
            fresh.id.lowercased().utf8.elementsEqual(action.id.lowercased().utf8)
        else { throw messages.lostSight(action, messages.unreadable("the action that was asked for", answer.fault)) }
        return .success(fresh)
    }
}
