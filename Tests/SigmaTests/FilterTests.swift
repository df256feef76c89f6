import Diagnostics
@testable import Sigma
import Testing

@Suite("Okta's System Log filters")
struct FilterTests {
    private static let event = #"""
        {"uuid": "e1", "published": "2025-11-12T18:00:00.000Z", "eventType": "user.session.start", "severity": "WARN",
         "actor": {"id": "00u1", "alternateId": "Ann@Example.com", "displayName": "Say \"hi\" \\ bye", "type": ""},
         "client": {"ipAddress": "198.51.100.7", "zone": "null"}, "outcome": {"result": "FAILURE", "reason": null},
         "target": [{"id": "A", "type": "User"}, {"id": "B", "type": "AppInstance", "detailEntry": {"methodTypeUsed": "Password"}}],
         "securityContext": {"isProxy": true, "asNumber": 1234, "risk": {}}, "debugContext": {"debugData": {"score": "9.5"}}}
        """#

    @Test("Operators", arguments: [
        (#"eventType eq "user.session.start""#, true), (#"eventType eq "user.session""#, false),
        (#"eventType EQ "USER.session.START""#, true), (#"EVENTTYPE eq "user.session.start""#, true),
        (#"eventType ne "user.session.end""#, true), (#"eventType ne "user.session.start""#, false),
        (#"eventType co "SESSION""#, true), (#"eventType co "x""#, false),
        (#"eventType sw "user.""#, true), (#"eventType sw "session""#, false),
        (#"eventType ew ".start""#, true), (#"eventType ew "user""#, false), (#"eventType co """#, true),
        ("eventType pr", true), ("outcome.reason pr", false), ("actor.type pr", false), ("securityContext.risk pr", false),
        ("target pr", true), ("nothing pr", false), ("client.zone pr", true),
        ("securityContext.asNumber eq 1234", true), (#"securityContext.asNumber eq "1234""#, true),
        ("securityContext.asNumber eq 1234.0", true), ("securityContext.asNumber gt 999", true),
        ("securityContext.asNumber gt 1234", false), ("securityContext.asNumber ge 1234", true),
        ("securityContext.asNumber lt 1235", true), ("securityContext.asNumber le 1233", false),
        (#"debugContext.debugData.score gt "10""#, false), (#"debugContext.debugData.score lt 10"#, true),
        (#"published gt "2025-11-12T17:59:59Z""#, true), (#"published lt "2025-11-12T19:00:00+02:00""#, false),
        (#"published ge "2025-11-12T18:00:00Z""#, true), (#"severity gt "info""#, true), (#"severity lt "INFO""#, false), ("severity gt 5", false),
        ("securityContext.isProxy eq true", true), (#"securityContext.isProxy eq "true""#, true),
        ("securityContext.isProxy eq False", false), ("outcome.reason eq null", true), ("eventType ne null", true),
        (#"eventType in ["user.session.end", "user.session.start"]"#, true), (#"eventType IN ["a"]"#, false),
        (#"securityContext.asNumber in [1, 1234]"#, true), (#"not eventType in ["a"]"#, true),
    ])
    func operators(filter: String, fires: Bool) async throws { try await expect(filter, fires) }

    @Test("Attributes with several values, and unknown ones", arguments: [
        (#"target.id eq "A" and target.id eq "B""#, true), (#"target.id eq "C""#, false), (#"target.id ne "A""#, false),
        (#"target.id ne "C""#, true), (#"target.0.id eq "B""#, false), (#"target.1.id eq "b""#, true),
        (#"target.detailEntry.MethodTypeUsed eq "password""#, true), (#"result eq "FAILURE""#, false),
        (#"result ne "FAILURE""#, true), (#"not (result eq "FAILURE")"#, true), (#"outcome.reason ne "x""#, true),
        (#"outcome.reason co """#, false), (#"securityContext.risk co "{""#, true), (#"okta.event_type sw "user""#, true),
    ])
    func attributes(filter: String, fires: Bool) async throws { try await expect(filter, fires) }

    @Test("`and` binds closer than `or`, `not` closer than both", arguments: [
        (#"severity eq "WARN" or severity eq "x" and severity eq "y""#, true),
        (#"severity eq "x" and severity eq "y" or severity eq "WARN""#, true),
        (#"(severity eq "WARN" or severity eq "x") and severity eq "y""#, false),
        (#"not (severity eq "x") and severity eq "WARN""#, true),
        (#"not (severity eq "x" or severity eq "WARN")"#, false),
        (#"NOT severity eq "x" AND severity eq "WARN""#, true),
        (#"not not severity eq "WARN""#, true),
        (#"(((severity eq "WARN")))"#, true),
        ("severity eq \"WARN\"\n\tOr severity\neq \"x\"", true),
        (#"severity eq"WARN"and(actor.id pr)"#, true),
    ])
    func precedence(filter: String, fires: Bool) async throws { try await expect(filter, fires) }

    @Test("Texts between quotes, with JSON's escapes; no wildcards, no placeholders", arguments: [
        (#"actor.displayName eq "say \"hi\" \\ bye""#, true), (#"actor.displayName co "\u0022HI\u0022""#, true),
        (#"actor.displayName co "a and b""#, false), (#"eventType eq "user*""#, false), (#"eventType co "%x%""#, false),
        (#"actor.alternateId eq "ann@example.com""#, true), (#"actor.displayName co "(""#, false),
    ])
    func texts(filter: String, fires: Bool) async throws { try await expect(filter, fires) }

    @Test("What is no filter, and at which column", arguments: [
        ("", "the filter ends where an attribute belongs, at column 1"),
        ("eventType", "the filter ends where an operator belongs, at column 10"),
        ("eventType eq", "the filter ends where a value belongs, at column 13"),
        (#"eventType like "x""#, "the filter has `like` where an operator belongs, at column 11"),
        (#"eventType eq x"#, "the filter has the value `x` without quotes, at column 14"),
        (#"eventType eq 'x'"#, "the filter has `'`, at column 14"),
        (#"eventType eq “x”"#, "the filter has `“`, at column 14"),
        (#"eventType eq "x"#, "the filter has a text that is not closed, at column 14"),
        (#"eventType eq "x\""#, "the filter has a text that is not closed, at column 14"),
        (#"eventType eq "\q""#, "the filter has an unknown escape in the text at column 14"),
        (#"eventType eq "x" eventType pr"#, "the filter has `eventType` where `and` or `or` belongs, at column 18"),
        (#"eventType eq "x" and"#, "the filter ends where an attribute belongs, at column 21"),
        (#"and eventType pr"#, "the filter has `and` where an attribute belongs, at column 1"),
        (#""x" eq "x""#, "the filter has `\"x\"` where an attribute belongs, at column 1"),
        ("(eventType pr", "the filter has a bracket that is not closed, at column 1"),
        ("eventType pr)", "the filter has `)` where `and` or `or` belongs, at column 13"),
        ("()", "the filter has `)` where an attribute belongs, at column 2"),
        (#"target[type eq "User"].id pr"#, "the filter has `[` where an operator belongs, at column 7"),
        (#"eventType in "x""#, "the filter has `\"x\"` where `[` belongs, at column 14"),
        (#"eventType in []"#, "the filter has `]` where a value belongs, at column 15"),
        (#"eventType in ["x" "y"]"#, "the filter has `\"y\"` where `,` or `]` belongs, at column 19"),
        ("eventType co null", "the filter compares with null, at column 11"),
        ("eventType = 1", "the filter has `=`, at column 11"),
        ("eventType eq \"é\" &&", "the filter has `&`, at column 18"),
    ])
    func mistakes(filter: String, problem: String) {
        let refusal = #expect(throws: Diagnostic.self) { try SystemLogFilter.predicate(filter) }
        #expect(refusal?.problem == problem)
    }

    @Test("Remedies name what was probably meant", arguments: [
        (#"eventType eqq "x""#, "Did you mean `eq`?"), (#"eventType eq x"#, #"Write `"x"`"#),
        (#"target[0] pr"#, "Values are not chosen in brackets: write the path, `target.type eq \"User\"`"),
    ])
    func remedies(filter: String, remedy: String) {
        let refusal = #expect(throws: Diagnostic.self) { try SystemLogFilter.predicate(filter) }
        #expect(refusal?.remedy == remedy)
    }

    @Test("Nesting is limited; long filters are not", .timeLimit(.minutes(10)))
    func hostile() async throws {
        for open in ["(", "not ", "not ("] {
            let refusal = #expect(throws: Diagnostic.self) {
                try SystemLogFilter.predicate(String(repeating: open, count: 100_000) + "eventType pr")
            }
            #expect(refusal?.problem.hasPrefix("the filter nests deeper than 64 levels, at column") == true)
        }
        let many = (0..<20_000).map { #"actor.id eq "u\#($0)""# }.joined(separator: " or ") + #" or severity eq "warn""#
        try await expect(many, true)
    }

    private func expect(_ filter: String, _ fires: Bool) async throws {
        let rules = ruleSet(filterRule(filter))
        #expect(rules.refusalLines == [])
        #expect(try await rules.matches(Self.event.replacing("\n", with: " ")) == fires)
    }
}
