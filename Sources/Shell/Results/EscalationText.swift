import Connectors
import Diagnostics
import Investigation
import Pipeline

/// What `escalate` gave, for people.
struct EscalationText {
    let outcome: EscalationsOutcome
    let screen: Screen

    var lines: [String] {
        guard outcome.sends else { return dry }
        if outcome.results.isEmpty { return ["  nothing was sent"] }
        return outcome.results.flatMap { result -> [String] in
            let id = result.incidentID.prefix(8), target = result.target ?? ""
            let head = "\(id) \(result.sent ? "sent" : "NOT sent") to \(target): \(result.status)"
            return wrap(head, width: screen.width, indent: 2).map { screen.paint($0, result.sent ? .good : .error) }
        }
    }

    private var dry: [String] {
        let messages = ResultTables(screen: screen).escalations(outcome.results)
        guard !outcome.requests.isEmpty else { return messages }
        return messages + outcome.requests.flatMap { request -> [String] in
            let text = request.http.text.visibleLines.split(separator: "\n", omittingEmptySubsequences: false)
            return ["  the request to \(request.target) that `--send` would send:"]
                + text.map { $0.isEmpty ? "" : "    " + $0 }
        }
    }
}
