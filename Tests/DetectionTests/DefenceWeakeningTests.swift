import Detection
import Events
import JSON
import Testing

@Suite("Defences taken down")
struct DefenceWeakeningTests {
    private static func acts(_ types: [String], _ more: String = "ip=198.51.100.20", gap: Int = 10) -> String {
        types.enumerated().map { index, type in
            let minute = index * gap
            return "e\(index) \(10 + minute / 60):\(minute % 60 < 10 ? "0" : "")\(minute % 60):00 bob \(type) \(more)\n"
        }.joined()
    }

    @Test("What fires, and how bad it is", arguments: [
        (["zone.delete", "policy.rule.deactivate"], "high e0 e1"),
        (["policy.rule.update", "zone.deactivate"], "medium e0 e1"),
        (["policy.lifecycle.deactivate", "system.log_stream.lifecycle.deactivate"], "critical e0 e1"),
        (["zone.delete", "policy.rule.delete", "system.mfa.factor.deactivate"], "critical e0 e1 e2"),
        (["policy.rule.delete", "policy.rule.delete", "policy.rule.delete", "policy.lifecycle.delete"], "medium e0 e1 e2 e3"),
    ])
    func fires(types: [String], expected: String) async throws {
        #expect(try await DefenceWeakening().findings(in: placed(Self.acts(types))).severities == [expected])
    }

    @Test("Slowly over a day, and from a new place", arguments: [
        (acts(["zone.delete", "policy.rule.deactivate"], gap: 13 * 60), "high e0 e1"),
        (
            "p 05/09:00:00 bob s at=paris ip=198.51.100.20\n"
                + acts(["zone.delete", "policy.rule.deactivate"], "at=lagos ip=192.0.2.44"), "critical e0 e1"
        ),
    ])
    func stealthy(log: String, expected: String) async throws {
        #expect(try await DefenceWeakening().findings(in: placed(log)).severities == [expected])
    }

    @Test("What looks like it and is silent", arguments: [
        ("one zone", acts(["zone.delete"])),
        ("changes only", acts(["policy.rule.update", "zone.update", "policy.lifecycle.update"])),
        ("a few of one kind", acts(["policy.rule.delete", "policy.rule.update", "policy.rule.delete"])),
        ("refused", acts(["zone.delete", "policy.rule.deactivate"], "outcome=FAILURE")),
        ("two administrators", acts(["zone.delete"]) + "x 11:00:00 eve policy.rule.delete ip=1.1.1.1"),
        ("two days", acts(["zone.delete"]) + "x 13/10:00:01 bob policy.rule.delete ip=1.1.1.1"),
        ("built up", acts(["zone.create", "policy.rule.activate", "system.log_stream.lifecycle.activate"])),
    ])
    func silent(name: String, log: String) async throws {
        #expect(try await DefenceWeakening().findings(in: placed(log)).severities == [])
    }

    @Test("Automation by API token is low from its usual address only", arguments: [
        ("198.51.100.20", "low"), ("198.51.100.99", "high"),
    ])
    func automation(address: String, severity: String) async throws {
        let past = "p 05/09:00:00 bob zone.update ip=198.51.100.20 token=T\n"
        let log = past + Self.acts(["zone.delete", "policy.rule.delete"], "ip=\(address) token=T")
        #expect(try await DefenceWeakening().findings(in: placed(log)).severities == ["\(severity) e0 e1"])
    }

    @Test("It grows into one finding with one id, whatever the order of the events")
    func growth() async throws {
        let types = ["zone.delete", "policy.rule.delete", "zone.update", "event_hook.deleted"]
        let first = try await DefenceWeakening().findings(in: placed(Self.acts(Array(types.prefix(2)))))
        let grown = try await DefenceWeakening().findings(in: placed(Self.acts(types)))
        #expect(grown.severities == ["critical e0 e1 e2 e3"] && first.map(\.id) == grown.map(\.id))
        #expect(grown[0].metadata["taken_away"] == ["policies", "zones", "logging"])
        for other in shuffles(Self.acts(types)) { #expect(try await DefenceWeakening().findings(in: placed(other)) == grown) }
    }
}
