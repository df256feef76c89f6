import Diagnostics
import Foundation
import JSON
import Testing

@testable import Connectors

/// A rule that breaks no limit.
func soundRule() -> ScheduledRule {
    var rule = ScheduledRule(displayName: "MFA fatigue", query: "SigninLogs | where ResultType == 500121")
    rule.tactics = ["CredentialAccess"]
    rule.techniques = ["T1621"]
    rule.entityMappings = [
        ScheduledRule.EntityMapping(
            entityType: "Account",
            fieldMappings: [ScheduledRule.FieldMapping(identifier: "FullName", columnName: "UserPrincipalName")])
    ]
    return rule
}

@Suite("Scheduled rules")
struct ScheduledRuleTests {
    /// A change to the sound rule, and what the service would say.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let expected: [String]
        let change: @Sendable (inout ScheduledRule) -> Void

        init(_ expected: String..., change: @escaping @Sendable (inout ScheduledRule) -> Void) {
            testDescription = expected.first ?? "sound"
            self.expected = expected
            self.change = change
        }
    }

    private static func check(_ row: Case) {
        var rule = soundRule()
        row.change(&rule)
        #expect(rule.violations.map(\.inOneLine) == row.expected)
        #expect(rule.violations.allSatisfy { $0.kind == .usage })
    }

    @Test(
        "Texts",
        arguments: [
            Case { _ in },
            Case { $0.displayName = String(repeating: "é", count: 256) },
            Case("displayName is empty. Write a text of at most 256 characters") { $0.displayName = "" },
            Case("displayName has 257 characters, more than 256. Shorten it") {
                $0.displayName = String(repeating: "a", count: 257)
            },
            Case { $0.description = String(repeating: "a", count: 5000) },
            Case("description has 5001 characters, more than 5000. Shorten it") {
                $0.description = String(repeating: "a", count: 5001)
            },
            Case { $0.query = String(repeating: "a", count: 10_000) },
            Case("query has 10001 characters, more than 10000. Shorten it") {
                $0.query = String(repeating: "a", count: 10_001)
            },
            Case("query has 10002 characters, more than 10000. Shorten it") {
                $0.query = String(repeating: "😀", count: 5001)
            },
            Case("query is empty. Write the rule's query") { $0.query = " \n" },
            Case("query has `search *`, which the service refuses in rules. Name the tables that it needs") {
                $0.query = "Search\n * | take 5"
            },
            Case("query has `union *`, which the service refuses in rules. Name the tables that it needs") {
                $0.query = "union* | count"
            },
            Case { $0.query = "union A, B | where search_ * 2 + research * 2 > 1" },
        ])
    func texts(row: Case) { Self.check(row) }

    @Test(
        "Times",
        arguments: [
            Case { ($0.queryFrequency, $0.queryPeriod) = ("PT5M", "PT5M") },
            Case { ($0.queryFrequency, $0.queryPeriod) = ("P14D", "P14D") },
            Case { ($0.queryFrequency, $0.queryPeriod) = ("PT1H", "P2DT1H30M") },
            Case { ($0.queryFrequency, $0.queryPeriod) = ("PT5M", "PT47H59M") },
            Case("queryFrequency is PT4M, which is out of range. Set it from 5 minutes to 14 days") {
                $0.queryFrequency = "PT4M"
            },
            Case("queryPeriod is P15D, which is out of range. Set it from 5 minutes to 14 days") {
                $0.queryPeriod = "P15D"
            },
            Case("queryPeriod `1h` is not a duration. Write it like PT1H or P1DT12H") { $0.queryPeriod = "1h" },
            Case(
                "queryPeriod (PT30M) is shorter than queryFrequency (PT1H), which leaves gaps. "
                    + "Set queryPeriod to PT1H or more"
            ) { $0.queryPeriod = "PT30M" },
            Case(
                "queryFrequency (PT30M) is shorter than an hour though queryPeriod is 2 days or more. "
                    + "Set queryFrequency to PT1H or more, or queryPeriod to less than P2D"
            ) { ($0.queryFrequency, $0.queryPeriod) = ("PT30M", "P2D") },
            Case("suppressionDuration is PT25H, which is out of range. Set it from 5 minutes to 24 hours") {
                $0.suppressionDuration = "PT25H"
            },
            Case { $0.suppressionDuration = "PT5M" },
            Case(
                "suppressionDuration (PT5M) is shorter than queryFrequency, so nothing is suppressed. "
                    + "Set suppressionDuration to PT1H or more, or suppressionEnabled to false"
            ) { ($0.suppressionDuration, $0.suppressionEnabled) = ("PT5M", true) },
            Case { $0.triggerThreshold = 10_000 },
            Case("triggerThreshold is 10001. Set it from 0 to 10000") { $0.triggerThreshold = 10_001 },
            Case("triggerThreshold is -1. Set it from 0 to 10000") { $0.triggerThreshold = -1 },
        ])
    func times(row: Case) { Self.check(row) }

    @Test(
        "ATT&CK",
        arguments: [
            Case { ($0.tactics, $0.techniques) = ([], []) },
            Case { $0.tactics = ScheduledRule.tacticNames },
            Case("`Credential Access` is no tactic of the service. Write `CredentialAccess`") {
                $0.tactics = ["Credential Access"]
            },
            Case("`credential-access` is no tactic of the service. Write `CredentialAccess`") {
                $0.tactics = ["credential-access"]
            },
            Case("`Persistance` is no tactic of the service. Did you mean `Persistence`?") {
                $0.tactics = ["Persistance"]
            },
            Case("tactics has `Impact` twice. Remove one of them") { $0.tactics = ["Impact", "Impact"] },
            Case(
                "technique `T1621.001` does not have the form T####. Write T1621: the service takes no sub-techniques"
            ) { $0.techniques = ["T1621.001"] },
            Case("technique `t1621` does not have the form T####. Write it like T1078") { $0.techniques = ["t1621"] },
            Case("technique `T162` does not have the form T####. Write it like T1078") { $0.techniques = ["T162"] },
            Case("technique `T16２1` does not have the form T####. Write it like T1078") {
                $0.techniques = ["T16２1"]
            },
            Case("techniques has `T1621` twice. Remove one of them") { $0.techniques = ["T1621", "T1621"] },
            Case("techniques are given without tactics. Name the tactics that the techniques belong to") {
                $0.tactics = []
            },
        ])
    func attack(row: Case) { Self.check(row) }

    private static func entity(_ type: String, _ fields: (String, String)...) -> ScheduledRule.EntityMapping {
        ScheduledRule.EntityMapping(
            entityType: type,
            fieldMappings: fields.map { ScheduledRule.FieldMapping(identifier: $0.0, columnName: $0.1) })
    }

    @Test(
        "Entities",
        arguments: [
            Case { $0.entityMappings = [] },
            Case { $0.entityMappings = Array(repeating: entity("IP", ("Address", "a")), count: 10) },
            Case("entityMappings has 11 entities, more than 10. Keep the 10 that matter most") {
                $0.entityMappings = Array(repeating: entity("IP", ("Address", "a")), count: 11)
            },
            Case("`Acount` is no entity type of the service. Did you mean `Account`?") {
                $0.entityMappings = [entity("Acount", ("FullName", "a"))]
            },
            Case("the entity IP has 0 field mappings. Give it 1 to 3") { $0.entityMappings = [entity("IP")] },
            Case("the entity Account has 4 field mappings. Give it 1 to 3") {
                $0.entityMappings = [
                    entity("Account", ("Name", "a"), ("UPNSuffix", "b"), ("Sid", "c"), ("AadUserId", "d"))
                ]
            },
            Case("the entity IP has no identifier `address`. Did you mean `Address`?") {
                $0.entityMappings = [entity("IP", ("address", "a"))]
            },
            Case("the entity Account has `Name` twice. Remove one of them") {
                $0.entityMappings = [entity("Account", ("Name", "a"), ("Name", "b"))]
            },
            Case(
                "the entity Account is not identified by UPNSuffix. "
                    + "Map FullName or Name or Sid or AadUserId or PUID or ObjectGuid"
            ) { $0.entityMappings = [entity("Account", ("UPNSuffix", "a"))] },
            Case("the entity FileHash is not identified by Value. Map Algorithm and Value") {
                $0.entityMappings = [entity("FileHash", ("Value", "a"))]
            },
            Case { $0.entityMappings = [entity("FileHash", ("Value", "a"), ("Algorithm", "_b2"))] },
            Case(
                "the entity IP names the column `2 a`, which cannot be one. "
                    + "Use letters, digits and `_`, and no digit first; rename the column with `project-rename`"
            ) { $0.entityMappings = [entity("IP", ("Address", "2 a"))] },
        ])
    func entities(row: Case) { Self.check(row) }

    @Test(
        "What alerts show, and how they are grouped",
        arguments: [
            Case { rule in
                rule.customDetails = (0..<20).map { ScheduledRule.CustomDetail(name: "n\($0)", columnName: "c") }
            },
            Case("customDetails has 21 details, more than 20. Keep the 20 that matter most") { rule in
                rule.customDetails = (0..<21).map { ScheduledRule.CustomDetail(name: "n\($0)", columnName: "c") }
            },
            Case(
                "the custom detail `_a` has a name that the service refuses. "
                    + "Use at most 20 letters, digits and `_`, a letter first"
            ) { $0.customDetails = [ScheduledRule.CustomDetail(name: "_a", columnName: "_b")] },
            Case(
                "the custom detail `aaaaaaaaaaaaaaaaaaaaa` has a name that the service refuses. "
                    + "Use at most 20 letters, digits and `_`, a letter first"
            ) { $0.customDetails = [.init(name: String(repeating: "a", count: 21), columnName: "b")] },
            Case("customDetails has `a` twice. Remove one of them") {
                $0.customDetails = Array(repeating: ScheduledRule.CustomDetail(name: "a", columnName: "b"), count: 2)
            },
            Case("alertDisplayNameFormat has 4 columns, more than 3. Keep at most 3 of the form {{Column}}") { rule in
                rule.alertDetailsOverride = ScheduledRule.AlertDetailsOverride()
                rule.alertDetailsOverride?.alertDisplayNameFormat = "{{a}}{{b}} {{c}}-{{d}}"
            },
            Case("alertDescriptionFormat has 5001 characters, more than 5000. Shorten it") { rule in
                rule.alertDetailsOverride = ScheduledRule.AlertDetailsOverride()
                rule.alertDetailsOverride?.alertDescriptionFormat = String(repeating: "a", count: 5001)
            },
            Case("alertDisplayNameFormat is empty. Write a text of at most 256 characters") { rule in
                rule.alertDetailsOverride = ScheduledRule.AlertDetailsOverride()
                rule.alertDetailsOverride?.alertDisplayNameFormat = ""
            },
            Case("lookbackDuration is P8D, which is out of range. Set it from 5 minutes to 7 days") { rule in
                var grouping = ScheduledRule.Grouping()
                grouping.lookbackDuration = "P8D"
                rule.incidentConfiguration = .init(createIncident: true, grouping: grouping)
            },
            Case(
                "the grouping is by selected matches, but none is selected. "
                    + "Name groupByEntities, groupByAlertDetails or groupByCustomDetails, or set AllEntities"
            ) { rule in
                var grouping = ScheduledRule.Grouping()
                grouping.matchingMethod = .selected
                rule.incidentConfiguration = .init(createIncident: true, grouping: grouping)
            },
            Case(
                "the grouping is by `Host`, which the rule does not map. Map it, or leave it out",
                "the grouping is by the custom detail `a`, which the rule does not have. "
                    + "Add it to customDetails, or leave it out"
            ) { rule in
                var grouping = ScheduledRule.Grouping()
                grouping.groupByEntities = ["Account", "Host"]
                grouping.groupByCustomDetails = ["a"]
                rule.incidentConfiguration = .init(createIncident: true, grouping: grouping)
            },
        ])
    func enrichment(row: Case) { Self.check(row) }

    @Test("All violations are told at once, in the order of the fields")
    func together() {
        var rule = soundRule()
        (rule.displayName, rule.query, rule.queryPeriod, rule.triggerThreshold) = ("", "", "x", -1)
        rule.techniques = ["T1.1"]
        #expect(
            rule.violations.map(\.problem) == [
                "displayName is empty", "query is empty", "queryPeriod `x` is not a duration",
                "triggerThreshold is -1", "technique `T1.1` does not have the form T####",
            ])
    }

    @Test("The least that is sent is what the schema requires")
    func leastBody() {
        #expect(
            ScheduledRule(displayName: "a", query: "T").body().text
                == #"{"kind":"Scheduled","properties":{"displayName":"a","description":"","severity":"Medium","#
                + #""enabled":true,"query":"T","queryFrequency":"PT1H","queryPeriod":"PT1H","#
                + #""triggerOperator":"GreaterThan","triggerThreshold":0,"suppressionDuration":"PT5H","#
                + #""suppressionEnabled":false}}"#)
    }

    static let example = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .appending(path: "../../../../shared/reference/azure-specs/sentinel-CreateScheduledAlertRule.2025-09-01.json")
        .standardizedFileURL.path

    /// The example's `alertDynamicProperties` are left out; this program has no use for them.
    @Test(
        "The documentation's example is written as it stands",
        .enabled(if: FileManager.default.fileExists(atPath: example), "the API's example is not here"))
    func documented() throws {
        let json = try JSONValue(parsing: String(contentsOfFile: Self.example, encoding: .utf8))
        let expected = try #require(json[path: "parameters.alertRule"])
        let rule = Self.documentedRule()
        let override = expected[path: "properties.alertDetailsOverride"]?.removing("alertDynamicProperties")
        let properties = try #require(expected["properties"]).setting("alertDetailsOverride", to: override ?? .null)
        #expect(
            rule.body(etag: "\"0300bf09-0000-0000-0000-5c37296e0000\"").text
                == expected.setting("properties", to: properties).text)
        #expect(rule.violations == [])
    }

    private static func documentedRule() -> ScheduledRule {
        var rule = ScheduledRule(displayName: "My scheduled rule", query: "Heartbeat")
        rule.description = "An example for a scheduled rule"
        rule.severity = .high
        rule.tactics = ["Persistence", "LateralMovement"]
        rule.queryPeriod = "P2DT1H30M"
        rule.suppressionDuration = "PT1H"
        rule.eventGrouping = .alertPerResult
        rule.customDetails = [
            .init(name: "OperatingSystemName", columnName: "OSName"),
            .init(name: "OperatingSystemType", columnName: "OSType"),
        ]
        rule.entityMappings = [entity("Host", ("FullName", "Computer")), entity("IP", ("Address", "ComputerIP"))]
        rule.alertDetailsOverride = .init()
        rule.alertDetailsOverride?.alertDisplayNameFormat = "Alert from {{Computer}}"
        rule.alertDetailsOverride?.alertDescriptionFormat = "Suspicious activity was made by {{ComputerIP}}"
        var grouping = ScheduledRule.Grouping()
        grouping.matchingMethod = .selected
        grouping.groupByEntities = ["Host"]
        grouping.groupByAlertDetails = [.displayName]
        grouping.groupByCustomDetails = ["OperatingSystemType", "OperatingSystemName"]
        rule.incidentConfiguration = .init(createIncident: true, grouping: grouping)
        return rule
    }
}
