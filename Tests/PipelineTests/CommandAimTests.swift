import Detection
import JSON
import Testing

@testable import Pipeline

@Suite("The commands of a plan")
struct CommandAimTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let kind: String
        var severity = Severity.high
        var attack: [String] = []
        var figures: [(String, JSONValue)] = []
        var events: [JSONValue] = [logged("e-1", "user.session.start")]
        let step: CanonicalStep
        /// `METHOD /path` of each command.
        let calls: [String]

        func file() async throws -> CaseFile {
            let ids = events.compactMap { $0["uuid"]?.string }
            let finding = NamedDetector(id: kind, severity: severity, attack: attack)
                .finding(figures, user: Okta.ann, events: ids)
            return try await CaseFile.answered([finding], events: events)
        }
    }

    private static let ann = "/users/\(Okta.ann)", ben = "/users/\(Okta.ben)"

    static let accounts = [
        Case(
            testDescription: "a session's owner", kind: "session_hijack", step: .revokeSessions,
            calls: ["DELETE \(ann)/sessions"]),
        Case(
            testDescription: "everybody whose account one browser opened", kind: "device_token_shared",
            figures: [("users", ["ann", "ben", "eve"]), ("user_count", 3)],
            events: [
                logged("e-1", "user.session.start"), logged("e-2", "user.session.start", by: Okta.ben),
                logged("e-3", "user.session.start", by: Okta.eve, outcome: "FAILURE"),
            ], step: .forcePasswordReset,
            calls: ["POST \(ann)/lifecycle/reset_password", "POST \(ben)/lifecycle/reset_password"]),
        Case(
            testDescription: "those who are locked out", kind: "mass_lockout", figures: [("users", ["ann", "ben"])],
            events: [
                logged("e-1", "user.account.lock", by: Okta.eve, on: "User:\(Okta.ann)"),
                logged("e-2", "user.account.lock", by: Okta.ben, outcome: "FAILURE"),
                logged("e-3", "user.account.lock", by: Okta.eve, on: "User:\(Okta.ann)"),
            ], step: .unlockUser, calls: ["POST \(ann)/lifecycle/unlock", "POST \(ben)/lifecycle/unlock"]),
        Case(
            testDescription: "the account that was made", kind: "rule", attack: ["T1136.003"],
            events: [logged("e-1", "user.lifecycle.create", on: "User:\(Okta.ben)")], step: .lockAccount,
            calls: ["POST \(ben)/lifecycle/suspend"]),
        Case(
            testDescription: "the reset account, not the help desk's", kind: "help_desk_takeover",
            events: [
                logged("e-1", "user.mfa.factor.reset_all", by: Okta.eve, on: "User:\(Okta.ann)"),
                logged("e-2", "user.session.start"),
            ], step: .resetFactors, calls: ["POST \(ann)/lifecycle/reset_factors"]),
        Case(
            testDescription: "the owner's applications", kind: "application_burst", step: .listUserApps,
            calls: ["GET \(ann)/appLinks"]),
        Case(
            testDescription: "the owner's grants", kind: "application_burst", step: .revokeGrants,
            calls: ["DELETE \(ann)/grants"]),
    ]

    static let objects = [
        Case(
            testDescription: "the factor that was enrolled", kind: "factor_change_then_new_place",
            events: [logged("e-1", "user.mfa.factor.activate", on: "User:\(Okta.ann) AuthenticatorEnrollment:\(Okta.factor)")],
            step: .unenrollFactor, calls: ["DELETE \(ann)/factors/\(Okta.factor)"]),
        Case(
            testDescription: "a factor that the log does not name", kind: "factor_change_then_new_place",
            events: [logged("e-1", "user.mfa.factor.activate", on: "User:\(Okta.ann)")],
            step: .unenrollFactor, calls: ["DELETE \(ann)/factors/{factorId}"]),
        Case(
            testDescription: "the role of whoever was given one", kind: "session_hijack",
            events: [logged("e-1", "user.account.privilege.grant", on: "User:\(Okta.ben)")], step: .revokeAdminRole,
            calls: ["DELETE \(ben)/roles/{roleAssignmentId}"]),
        Case(
            testDescription: "a group's role", kind: "session_hijack",
            events: [logged("e-1", "group.privilege.grant", on: "UserGroup:\(Okta.group)")], step: .revokeAdminRole,
            calls: ["DELETE /groups/\(Okta.group)/roles/{roleAssignmentId}"]),
        Case(
            testDescription: "the token that was used elsewhere", kind: "api_token_used_elsewhere",
            figures: [("token", .string(Okta.token))], step: .revokeAPIToken, calls: ["DELETE /api-tokens/\(Okta.token)"]),
        Case(
            testDescription: "the token that was made in a stolen session", kind: "session_hijack",
            events: [logged("e-1", "system.api_token.create", on: "User:\(Okta.ann) Token:\(Okta.token)")],
            step: .revokeAPIToken, calls: ["DELETE /api-tokens/\(Okta.token)"]),
        Case(
            testDescription: "a token whose id is not safe", kind: "api_token_used_elsewhere",
            figures: [("token", #"x"; curl evil"#)], step: .revokeAPIToken, calls: ["DELETE /api-tokens/{apiTokenId}"]),
        Case(
            testDescription: "the identity provider", kind: "identity_provider_backdoor",
            figures: [("provider", .string(Okta.provider)), ("users", ["ben"])], step: .deactivateIdP,
            calls: ["POST /idps/\(Okta.provider)/lifecycle/deactivate"]),
        Case(
            testDescription: "the device", kind: "shared_factor_device", figures: [("device", .string(Okta.device))],
            step: .suspendDevice, calls: ["POST /devices/\(Okta.device)/lifecycle/suspend"]),
        Case(
            testDescription: "a phone, which is no device of Okta's", kind: "shared_factor_device",
            figures: [("device", "mbl-1")], step: .suspendDevice, calls: ["POST /devices/{deviceId}/lifecycle/suspend"]),
        Case(
            testDescription: "every defence once: on again what is off, looked at what was changed", kind: "defence_weakening",
            events: [
                logged("e-1", "policy.rule.deactivate", on: "PolicyRule:\(Okta.rule) PolicyEntity:\(Okta.policy)"),
                logged("e-2", "zone.deactivate", on: "NetworkZone:\(Okta.zone)"),
                logged("e-3", "zone.deactivate", on: "NetworkZone:\(Okta.zone)"),
                logged("e-4", "system.log_stream.lifecycle.deactivate", on: "LogStream:\(Okta.stream)"),
                logged("e-5", "policy.lifecycle.update", on: "PolicyEntity:\(Okta.policy)"),
                logged("e-6", "zone.delete", on: "NetworkZone:\(Okta.zone)"),
                logged("e-7", "event_hook.deactivated", outcome: "FAILURE"),
            ], step: .restoreDefences,
            calls: [
                "POST /policies/\(Okta.policy)/rules/\(Okta.rule)/lifecycle/activate",
                "POST /zones/\(Okta.zone)/lifecycle/activate", "POST /logStreams/\(Okta.stream)/lifecycle/activate",
                "GET /policies/\(Okta.policy)",
            ]),
        Case(
            testDescription: "the attack's addresses", kind: "password_spray",
            figures: [("users", ["ann", "ben"]), ("ips", ["203.0.113.9"])], step: .blockIP, calls: ["POST /zones"]),
        Case(
            testDescription: "no address where none is known", kind: "password_spray", figures: [("users", ["ann"])],
            step: .blockIP, calls: []),
        Case(
            testDescription: "the org", kind: "password_spray_distributed", step: .threatInsightBlock,
            calls: ["POST /threats/configuration"]),
    ]

    @Test("are aimed at what the findings name", arguments: accounts + objects)
    func aims(_ example: Case) async throws {
        let file = try await example.file()
        #expect(file.calls(example.step) == example.calls)
    }

    @Test("are calls of Okta's specification, whole shell words, and true about their effect", arguments: accounts + objects)
    func sound(_ example: Case) async throws {
        guard let specification = OktaSpecification() else { return print("not checked: the specification is not there") }
        for command in try await example.file().commands {
            #expect(specification.faults(of: command) == [])
            for line in [command.command, command.undo, command.verify] where line.hasPrefix("curl") {
                #expect(hazards(inShellLine: line) == "", "\(line)")
            }
            #expect((command.effect == .read) == command.command.hasPrefix("curl -sS -X GET "))
            #expect((command.effect == .reversible) == (command.undo.hasPrefix("curl") || command.undo == "the owner signs in again"))
        }
    }

    @Test("read the log of the attack's addresses, of a token, or of accounts", arguments: [
        ("password_spray", ("users", ["ann"] as JSONValue), #"client.ipAddress eq "203.0.113.9""#),
        ("api_token_used_elsewhere", ("token", .string(Okta.token)), #"transaction.detail.requestApiTokenId eq "\#(Okta.token)""#),
        ("session_hijack", ("x", nil), #"actor.id eq "\#(Okta.ann)" or target.id eq "\#(Okta.ann)""#),
    ])
    func logs(kind: String, figure: (String, JSONValue), filter: String) async throws {
        let example = Case(
            testDescription: "", kind: kind, figures: [figure, ("ips", ["203.0.113.9"])], step: .collectAuthLogs, calls: [])
        let commands = try await example.file().commands.filter { $0.stepID == "collect_auth_logs" }
        #expect(commands.count == 1)
        #expect(commands[0].command.contains("&filter=\(OktaRequest.encoded(filter))&"))
    }

    @Test("block addresses in one zone, without those that people share, and tell how to take it back")
    func zone() async throws {
        let people = (0..<5).map { logged("p-\($0)", "user.session.start", by: "00uPerson901234567\($0)0", from: "192.0.2.1") }
        let attack = [
            logged("e-1", "user.session.start", from: "203.0.113.9", outcome: "FAILURE"),
            logged("e-2", "user.session.start", from: "2001:db8::7", outcome: "FAILURE"),
            logged("e-3", "user.session.start", from: "192.0.2.1", outcome: "FAILURE"),
        ]
        let finding = NamedDetector(id: "brute_force_many_sources", severity: .high).finding(
            [("ips", ["203.0.113.9", "2001:db8::7", "192.0.2.1", "$(id)"])], user: Okta.ann, events: ["e-1", "e-2", "e-3"])
        let file = try await CaseFile.answered([finding], events: people + attack)
        let command = try #require(file.commands.first { $0.stepID == "block_ip" })
        let body = #"{"type":"IP","name":"Watchfloor \#(file.incidents[0].id.prefix(8))","status":"ACTIVE","usage":"BLOCKLIST","gateways":[{"type":"CIDR","value":"203.0.113.9/32"},{"type":"CIDR","value":"2001:db8::7/128"}]}"#
        #expect(command.command.hasSuffix("-H 'Content-Type: application/json' -d '\(body)'"))
        #expect(command.description == "Block the addresses of the attack in a network zone of their own: 203.0.113.9/32 and 2001:db8::7/128.")
        #expect(command.notes.hasSuffix("Left out, as several accounts sign in from there: 192.0.2.1."))
        #expect(command.undo.contains("/api/v1/zones/{zoneId}/lifecycle/deactivate"))
        #expect(command.verify.contains("/api/v1/zones?filter=usage%20eq%20%22BLOCKLIST%22"))
    }

    @Test("name what was deleted, and where an id is to be found")
    func notes() async throws {
        let example = try #require(Self.objects.first { $0.kind == "defence_weakening" })
        let restored = try await example.file().commands.filter { $0.stepID == "restore_defences" }
        #expect(restored[0].description == "Switch on again what was switched off: policy \(Okta.policy), rule \(Okta.rule).")
        #expect(restored[0].notes.hasSuffix("Event e-6 deleted it: it has to be made anew."))
        #expect(restored.map(\.effect) == [.reversible, .reversible, .reversible, .read])
        #expect(restored.map(\.scope) == ["okta.policies.manage", "okta.networkZones.manage", "okta.logStreams.manage", "okta.policies.read"])
        let role = try await Self.objects[2].file().commands.first { $0.stepID == "revoke_admin_role" }
        #expect(role?.notes.contains("{roleAssignmentId} is not in the log: take it from the answer to: curl -sS -X GET \"$OKTA_ORG_URL/api/v1/users/\(Okta.ben)/roles\"") == true)
        #expect(role?.undo.contains(#"-d '{"type":"{roleType}"}'"#) == true)
    }

    @Test("of several findings leave out those that do not ask for a step")
    func spared() async throws {
        let events = [
            logged("e-1", "user.session.start", outcome: "FAILURE"),
            logged("e-2", "user.session.start", by: Okta.ben, outcome: "FAILURE"), logged("e-3", "user.session.start", by: Okta.ben),
        ]
        let spray = NamedDetector(id: "password_spray", severity: .high)
            .finding([("users", ["ann", "ben"]), ("user_count", 2), ("ips", ["203.0.113.9"])], user: Okta.ann, events: ["e-1", "e-2"])
        let entered = NamedDetector(id: "success_after_attack", severity: .critical)
            .finding([("follows", ["password_spray"])], user: Okta.ben, events: ["e-2", "e-3"])
        let file = try await CaseFile.answered([spray, entered], events: events)
        #expect(file.incidents.count == 1)
        #expect(file.calls(.lockAccount) == ["POST \(Self.ben)/lifecycle/suspend"])
        #expect(file.calls(.blockIP) == ["POST /zones"])
    }
}
