import Detection
import JSON
import Testing

@testable import Pipeline

@Suite("The playbook")
struct PlaybookTests {
    static let token = #"-H "Authorization: SSWS $OKTA_API_TOKEN" -H 'Accept: application/json'"#
    static let id = "00uABCdef1234567890Z"

    static let lines: [(step: CanonicalStep, command: String, effect: Effect, scope: String)] = [
        (.collectAuthLogs,
            #"curl -sS -X GET "https://acme.okta.com/api/v1/logs?since=2025-11-12T18%3A00%3A00Z&until=2025-11-12T20%3A25%3A00Z&filter=actor.id%20eq%20%2200uABCdef1234567890Z%22%20or%20target.id%20eq%20%2200uABCdef1234567890Z%22&limit=1000&sortOrder=ASCENDING" "#,
            .read, "okta.logs.read"),
        (.analyzeGeoAndDevices, #"curl -sS -X GET "https://acme.okta.com/api/v1/users/00uABCdef1234567890Z/devices" "#,
            .read, "okta.users.read"),
        (.lockAccount,
            #"curl -sS -X POST "https://acme.okta.com/api/v1/users/00uABCdef1234567890Z/lifecycle/suspend" "#,
            .reversible, "okta.users.manage"),
        (.forcePasswordReset,
            #"curl -sS -X POST "https://acme.okta.com/api/v1/users/00uABCdef1234567890Z/lifecycle/reset_password?sendEmail=true&revokeSessions=true" "#,
            .irreversible, "okta.users.manage"),
        (.revokeSessions,
            #"curl -sS -X DELETE "https://acme.okta.com/api/v1/users/00uABCdef1234567890Z/sessions?oauthTokens=true&forgetDevices=true" "#,
            .reversible, "okta.users.manage"),
        (.enableMFA, #"curl -sS -X GET "https://acme.okta.com/api/v1/users/00uABCdef1234567890Z/factors" "#,
            .read, "okta.users.read"),
    ]

    @Test("writes one line for each step that has a call", arguments: lines)
    func writes(step: CanonicalStep, command: String, effect: Effect, scope: String) async throws {
        let commands = try await commands([step], actor: Self.id, org: "https://acme.okta.com/")
        #expect(commands.map(\.command) == [command + Self.token])
        #expect(commands.map(\.effect) == [effect])
        #expect(commands.map(\.scope) == [scope])
        #expect(commands.map(\.json["command"]?["read_only"]) == [true])
    }

    @Test("says how to undo and to check a change")
    func undo() async throws {
        let lock = try #require(try await commands([.lockAccount], actor: Self.id, org: "https://acme.okta.com").first)
        let user = "https://acme.okta.com/api/v1/users/00uABCdef1234567890Z"
        #expect(lock.undo == #"curl -sS -X POST "\#(user)/lifecycle/unsuspend" \#(Self.token)"#)
        #expect(lock.verify == #"curl -sS -X GET "\#(user)" \#(Self.token)"#)
    }

    @Test("has no command for steps that are no call")
    func wordsOnly() async throws {
        #expect(try await commands([.notifyUser, .forensicReview, .updateIncidentStatus], actor: Self.id) == [])
    }

    @Test("leaves an unknown id to the reader and says how to find it")
    func login() async throws {
        let command = try #require(try await commands([.lockAccount], actor: "bob").first)
        #expect(command.command == #"curl -sS -X POST "$OKTA_ORG_URL/api/v1/users/{userId}/lifecycle/suspend" \#(Self.token)"#)
        #expect(
            command.notes.hasSuffix(
                #"{userId} is unknown: the log has only `bob`. Find the id with: curl -sS -X GET "$OKTA_ORG_URL/api/v1/users/bob" "#
                    + Self.token))
    }

    static let hostile = [
        #"bob"; rm -rf ~; ""#, "$(curl evil)", "`id`", "bob' -H 'X: y", "a b", "bob\n-X DELETE", "../../admin",
        "00u\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"", "bob\u{301}", "bоb", "!!", "bob@evil@okta", "-o", "{bob}", "x\u{202E}y",
        "00uABCdef1234567890Z?x=y",
    ]

    @Test("leaves hostile names out of every line", arguments: hostile)
    func omits(name: String) async throws {
        let commands = try await commands(CanonicalStep.allCases, actor: name)
        #expect(commands.count > 6)
        for command in commands {
            for text in [command.command, command.undo, command.verify, command.notes, command.description] {
                #expect(!text.contains(name))
            }
            #expect(hazards(inShellLine: command.command) == "", "\(command.command)")
        }
        #expect(commands[0].command.contains("client.ipAddress%20eq%20%22198.51.100.20%22"))
    }

    @Test("writes no commands about users for what is no user", arguments: ["PublicClientApp", "SystemPrincipal"])
    func otherActors(type: String) async throws {
        let commands = try await commands(CanonicalStep.allCases, actor: "0oaABCdef1234567890Z", type: type)
        #expect(commands.allSatisfy { !$0.command.contains("/users/") })
        #expect(
            commands[0].notes.hasSuffix(
                "0oaABCdef1234567890Z is a \(type): it has no sessions, password or factors, so the commands for users are left out."))
    }

    @Test("takes a configured address only when it is a plain origin", arguments: [
        ("https://acme.okta.com", "https://acme.okta.com"), ("https://acme.okta.com/", "https://acme.okta.com"),
        ("https://acme.okta.com:8443", "https://acme.okta.com:8443"), ("http://127.0.0.1:9000", "http://127.0.0.1:9000"),
        ("http://acme.okta.com", "$OKTA_ORG_URL"), ("https://u:p@acme.okta.com", "$OKTA_ORG_URL"),
        ("https://acme.okta.com/x", "$OKTA_ORG_URL"), (#"https://a"b"#, "$OKTA_ORG_URL"), ("acme.okta.com", "$OKTA_ORG_URL"),
        ("https://$(id)", "$OKTA_ORG_URL"),
    ])
    func addresses(configured: String, used: String) { #expect(OktaRequest.orgAddress(configured) == used) }

    @Test("commands only the actors of promoted findings")
    func contextIsSpared() async throws {
        var file = try await DemoCase.solved()
        let incident = try #require(file.incidents.first)
        file.incidents = [
            SecurityIncident(
                id: incident.id, findingID: incident.findingID, title: "t", description: "d", severity: .high,
                riskScore: 0.7, createdAt: nil, metadata: ["promoted": 1],
                findingIDs: incident.findingIDs + file.findings.filter { $0.userID == "alice" }.map(\.id),
                actors: ["bob", "alice"], ips: [], firstSeen: nil, lastSeen: nil)
        ]
        let commands = Playbook().commands(for: try #require(file.plans.first), incident: file.incidents[0], in: file)
        #expect(!commands.isEmpty && commands.allSatisfy { $0.description.hasSuffix("bob.") })
    }

    @Test("uses only calls that Okta's specification has")
    func specification() async throws {
        guard let specification = OktaSpecification() else { return print("not checked: the specification is not there") }
        for command in try await commands(CanonicalStep.allCases, actor: "bob") {
            #expect(specification.faults(of: command) == [])
        }
    }

    /// The commands for steps about one actor who travelled.
    private func commands(
        _ steps: [CanonicalStep], actor: String, type: String = "User", org: String? = nil
    ) async throws -> [CommandSuggestion] {
        let events = [
            DemoCase.event("evt-2001", actor, actorType: type, ip: "198.51.100.20", "Paris", "FR", "SUCCESS", "19:00:00"),
            DemoCase.event("evt-2002", actor, actorType: type, ip: "192.0.2.44", "New York", "US", "SUCCESS", "19:25:00"),
        ]
        let file = try await DemoCase.solved(events)
        let incident = try #require(file.incidents.first)
        let plan = ResponsePlan(
            incidentID: incident.id, overallGoal: "",
            steps: steps.map {
                ResponseStep(stepID: $0.rawValue, description: "", rationale: "", requiresHumanApproval: true)
            }, notes: "")
        return Playbook(orgURL: org).commands(for: plan, incident: incident, in: file)
    }
}
