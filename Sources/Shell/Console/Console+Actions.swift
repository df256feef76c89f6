import Connectors
import Diagnostics
import HTTP
import Hunting
import Investigation

// What actions and notifications mean for the exit status, and what `doctor` says of their services.
extension Console {
    /// - Throws: When a service did not do what it was asked for.
    static func checkDone(_ result: OperationResult) throws {
        switch result {
        case .action(let record) where !record.isDone:
            let target = (record.machine?.target ?? record.request.host).visible(limit: 255)
            throw Diagnostic(
                "`\(record.request.action.command) \(target)` was not done: \(ActionText.words(record.status))",
                remedy: "See the machine's page in Defender's Action center")
        case .escalations(let outcome):
            if let failure = outcome.failure { throw failure }
        default: break
        }
    }

    /// Checks of the services that are acted through. Opens no socket.
    var serviceChecks: [(String, Bool, String)] {
        let configuration = launch.configuration
        var checks: [(String, Bool, String)] = []
        do {
            let azure = try AzureConnection({ configuration[$0] }) { _ in }
            checks.append(("defender", true, "\(azure.addresses.origin(of: .defender)) with \(azure.credential)"))
        } catch {
            checks.append(("defender", false, error.inOneLine))
        }
        do {
            let targets = try EscalationTargets.configured { configuration[$0] }
            let names = targets.map { "\($0)" }.joined(separator: ", ")
            checks.append(("escalation", true, targets.isEmpty ? "no target is set up, so nothing can be sent" : names))
        } catch {
            checks.append(("escalation", false, error.inOneLine))
        }
        return checks
    }
}

extension Launch {
    /// Microsoft's services, by the settings; over no network when the session is offline.
    func azure() throws(Diagnostic) -> AzureService {
        let connection = try AzureConnection({ configuration[$0] }) { prompt in
            let way = "open \(prompt.url.visible) and type \(prompt.userCode.visible)"
            StandardStreams.notice("  to sign in to \(prompt.service.visible), \(way)\n")
        }
        return AzureService(connection, transport: options.offline ? OfflineTransport() : CurlTransport())
    }

    /// Where a hunt that leaves this computer runs.
    private func remoteEngine(_ place: Hunt.Place) throws(Diagnostic) -> any RemoteEngine {
        guard !options.offline else {
            throw Diagnostic(
                "this session is offline, so no service is hunted in",
                remedy: "Start without `--offline`, or hunt in what is loaded", kind: .unavailable)
        }
        let service = try azure()
        if place == .graph { return GraphHunting(service: service) }
        return try LogAnalytics(workspace: configuration["LOG_ANALYTICS_WORKSPACE_ID"] ?? "", service: service)
    }

    /// What a session acts through.
    var services: SessionServices {
        SessionServices(
            defender: { () throws(Diagnostic) in try azure().defender() },
            escalationTargets: { () throws(Diagnostic) in try EscalationTargets.configured { configuration[$0] } },
            escalationSender: options.offline ? nil : EscalationSender(transport: CurlTransport()),
            remoteEngine: { (place: Hunt.Place) throws(Diagnostic) in try remoteEngine(place) }, prompts: prompts)
    }
}
