import Diagnostics
import Foundation
import JSON
import Sigma
import Testing

@Suite("Published rules and filters run unchanged", .enabled(if: corpus != nil, "the corpus is not beside the repository"))
struct CorpusTests {
    private static func rules(_ folder: String) throws -> RuleSet {
        let (texts, faults) = try RuleText.read((corpus ?? "") + folder)
        #expect(faults == [])
        return RuleSet(texts, placeholders: ["legtimate_identifiers": ["@example.com"]])
    }

    @Test("All rules of SigmaHQ load; without its placeholder the one that has it is refused")
    func sigmaHQ() throws {
        let rules = try Self.rules("/sigma/sigmahq")
        #expect(rules.rules.count == 24 && rules.reported.count == 24 && rules.refusals == [] && rules.skipped == [])
        #expect(rules.rules.allSatisfy { $0.unknownFields == [] && $0.place.line == 1 })
        let without = RuleSet(try RuleText.read((corpus ?? "") + "/sigma/sigmahq").texts)
        #expect(without.rules.count == 23)
        #expect(without.refusals.map(\.problem) == ["the placeholder `%legtimate_identifiers%` has no values, and the rule means nothing without them"])
        #expect(without.refusals.map(\.place?.line) == [30])
    }

    @Test("The tables miss no rule and no filter")
    func complete() throws {
        let files = try Self.rules("/sigma/sigmahq").rules.map { $0.place.file.split(separator: "/").last.map(String.init) ?? "" }
        #expect(Set(sigmaHQTable.map { $0.0 + ".yml" }) == Set(files))
        let filters = try Self.rules("/customer-detections").rules.filter { $0.place.file.hasSuffix(".ndjson") }
        #expect(Set(filterTable.map(\.0)) == Set(filters.map(\.id)))
    }

    @Test("What a rule says of itself")
    func details() throws {
        let rule = try #require(try Self.rules("/sigma/sigmahq").rules.first { $0.title == "Okta MFA Reset or Deactivated" })
        #expect(rule.id == "50e068d7-1e6b-4054-87e5-0a592c40c7e0")
        #expect(rule.description == "Detects when an attempt at deactivating  or resetting MFA.")
        #expect(rule.level == .medium && rule.status == "test" && rule.author == "Austin Songer @austinsonger")
        #expect(rule.references == [
            "https://developer.okta.com/docs/reference/api/system-log/", "https://developer.okta.com/docs/reference/api/event-types/",
        ])
        #expect(rule.falsePositives == ["If a MFA reset or deactivated was performed by a system administrator."])
        #expect(rule.tags == ["attack.persistence", "attack.credential-access", "attack.defense-impairment", "attack.t1556.006"])
        #expect(rule.attack == ["T1556.006"] && !rule.isCorrelation)
    }

    @Test("Each rule of SigmaHQ fires on its events and stays silent on others", arguments: sigmaHQTable)
    func sigmaHQEvents(file: String, firing: String, silent: String) async throws {
        let text = RuleText(name: file, bytes: try Data(contentsOf: URL(filePath: "\(corpus ?? "")/sigma/sigmahq/\(file).yml")).map { $0 })
        try await expect(RuleSet([text], placeholders: ["legtimate_identifiers": ["@example.com"]]), firing, silent)
    }

    @Test("All published filters load, in Okta's own files too; what has none is skipped")
    func filters() throws {
        let rules = try Self.rules("/customer-detections")
        #expect(rules.rules.count == 39 && rules.refusals == [])
        #expect(rules.skipped.map(\.problem) == ["the detection `Device Registered to Multiple Users` has no System Log filter"])
        #expect(rules.rules.filter { !$0.unknownFields.isEmpty }.map { "\($0.id): \($0.unknownFields)" } == ["detect_aitm_phishing_using_okta_fastpass: [\"result\"]"])
        let file = try #require(rules.rules.first { $0.id == "5081584907f1037ac2e423866b55c433" })
        #expect(file.title == "Creation of a new Okta Identity Provider" && file.attack == ["T1078", "T1550"] && file.author == "Okta")
        #expect(file.falsePositives.count == 2 && file.level == .medium)
        let line = try #require(rules.rules.first { $0.id == "hunt_rejected_MFA_pushes" })
        #expect(line.title == "Hunt on rejected MFA pushes" && line.place.line == 35 && line.place.file.hasSuffix("scim_filters.ndjson"))
    }

    @Test("Each published filter fires on its events and stays silent on others", arguments: filterTable)
    func filterEvents(id: String, firing: String, silent: String) async throws {
        let lines = String(decoding: try Data(contentsOf: URL(filePath: "\(corpus ?? "")/customer-detections/scim_filters.ndjson")), as: UTF8.self)
        let line = try #require(lines.split(separator: "\n").first { $0.contains("\"file\": \"\(id).yml\"") })
        try await expect(RuleSet([RuleText(name: "f", bytes: Array(line.utf8))]), firing, silent)
    }

    @Test("Panther's labelled events: what its rules say of one event, said in Sigma")
    func panther() async throws {
        let rules = ruleSet(
            sigmaRule("s: {eventType: [user.session.impersonation.grant, user.session.impersonation.initiate]}\ncondition: s").replacing("id: test", with: "id: Okta.Support.Access"),
            sigmaRule("s: {eventType: system.mfa.factor.deactivate}\ncondition: s").replacing("id: test", with: "id: Okta.Global.MFA.Disabled"),
            sigmaRule("s: {eventType: user.account.privilege.grant, outcome.result: SUCCESS, 'debugContext.debugData.privilegeGranted|re|i': '[aA]dministrator'}\ncondition: s").replacing("id: test", with: "id: Okta.AdminRoleAssigned"),
            sigmaRule("s: {eventType: application.user_membership.show_password}\nown: {target.alternateId|fieldref: actor.alternateId}\ncondition: s and not own").replacing("id: test", with: "id: Okta.PasswordAccess"),
            sigmaRule("s: {eventType: user.authentication.sso, outcome.result: SUCCESS, 'target.displayName|contains': AWS}\ncondition: s").replacing("id: test", with: "id: Okta.SSO.to.AWS"))
        #expect(rules.refusalLines == [])
        let text = String(decoding: try Data(contentsOf: URL(filePath: (corpus ?? "") + "/panther/example_cases.ndjson")), as: UTF8.self)
        var checked = 0
        for line in text.split(separator: "\n") {
            let example = try JSONValue(parsing: String(line)), event = try #require(example["event"])
            guard let id = example["rule_id"]?.string, rules.rules.contains(where: { $0.id == id }) else { continue }
            let readable = event["published"]?.string == "redacted" ? event.removing("published") : event
            let found = try await rules.matches(in: table([readable.removing("uuid")])).map(\.rule.id)
            #expect(found.contains(id) == (example["expected"]?.bool ?? false), "\(id): \(example["name"]?.string ?? "")")
            checked += 1
        }
        #expect(checked == 9)
    }

    private func expect(_ rules: RuleSet, _ firing: String, _ silent: String) async throws {
        #expect(rules.refusalLines == [] && rules.rules.count == 1)
        #expect(try await !rules.matches(in: table([JSONValue(dotted: firing)])).isEmpty, "should fire")
        #expect(try await rules.matches(in: table([JSONValue(dotted: silent)])).isEmpty, "should stay silent")
    }
}
