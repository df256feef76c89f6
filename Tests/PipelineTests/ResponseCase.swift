import Detection
import Events
import JSON
import Testing

@testable import Pipeline

/// People of the response's tests, by Okta id.
enum Okta {
    static let ann = "00uAnn45678901234567", ben = "00uBen45678901234567", eve = "00uEve45678901234567"
    static let token = "00TabcDEF12345678901", provider = "0oaabcDEF12345678901", zone = "nzoabcDEF12345678901"
    static let policy = "00pabcDEF12345678901", rule = "0prabcDEF12345678901", factor = "opfabcDEF12345678901"
    static let group = "00gabcDEF12345678901", device = "guoabcDEF12345678901", stream = "0lsabcDEF12345678901"
}

/// An event in the System Log's own shape on 2025-11-12. A target is `Type:id`; a user's login is made of the id.
func logged(
    _ id: String, _ type: String, by actor: String = Okta.ann, at time: String = "10:00:00", from ip: String? = "203.0.113.9",
    outcome: String = "SUCCESS", on targets: String = "", session: String? = nil, proxy: Bool? = nil
) -> JSONValue {
    let targets = targets.split(separator: " ").map { target -> JSONValue in
        let parts = target.split(separator: ":").map(String.init)
        return ["type": .string(parts[0]), "id": .string(parts[1]), "alternateId": .string(login(parts[1]))]
    }
    return [
        "uuid": .string(id), "published": .string(time.contains("T") ? time : "2025-11-12T\(time)Z"),
        "eventType": .string(type), "actor": ["id": .string(actor), "type": "User", "alternateId": .string(login(actor))],
        "outcome": ["result": .string(outcome)], "client": ["ipAddress": JSONValue(ip)],
        "securityContext": ["isProxy": proxy.map(JSONValue.bool) ?? .null],
        "authenticationContext": ["externalSessionId": JSONValue(session)], "target": .array(targets),
    ]
}

private func login(_ id: String) -> String { id.dropFirst(3).prefix(3).lowercased() + "@example.com" }

extension CaseFile {
    /// A case of findings, scored, made incidents, planned and commanded by the built-in analyst. Everything is promoted.
    static func answered(_ findings: [DetectionFinding], events: [JSONValue]) async throws -> CaseFile {
        let orchestrator = Orchestrator()
        var file = CaseFile(events: try await DemoCase.table(events), clock: DemoCase.clock, promoteThreshold: 0)
        file.findings = findings
        file.scores = try await orchestrator.score(in: file)
        file.incidents = orchestrator.incidents(in: file)
        for incident in file.incidents {
            let plan = try await orchestrator.plan(incident, in: file).plan
            file.plans.append(plan)
            file.commands += orchestrator.commands(for: plan, of: incident, in: file)
        }
        return file
    }

    /// The commands of a step as `METHOD /path`, without origin and query.
    func calls(_ step: CanonicalStep) -> [String] {
        commands.filter { $0.stepID == step.rawValue }.map { command in
            command.command.firstMatch(of: #/-X ([A-Z]+) "\$OKTA_ORG_URL/api/v1([^?"]+)/#).map { "\($0.1) \($0.2)" } ?? ""
        }
    }
}
