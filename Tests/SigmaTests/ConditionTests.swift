import Sigma
import Testing

@Suite("Selections and conditions")
struct ConditionTests {
    /// `a`, `b` and `c` hold when the display message has their letter; `_d` likewise.
    @Test("Precedence, brackets and quantifiers", arguments: [
        ("a", "a", true), ("a", "b", false), ("not a", "b", true), ("not not a", "a", true),
        ("a or b and c", "a", true), ("a or b and c", "b", false), ("(a or b) and c", "a", false), ("(a or b) and c", "bc", true),
        ("not a and b", "b", true), ("not a and b", "ab", false), ("not (a and b)", "a", true), ("a AND NOT b", "a", true),
        ("not a or b", "ab", true), ("a and b and c", "abc", true), ("a and b and c", "ab", false),
        ("1 of them", "c", true), ("1 of them", "d", false), ("any of them", "b", true), ("all of them", "abc", true),
        ("all of them", "abd", false), ("1 of sel*", "x", true), ("all of sel*", "xy", true), ("all of sel*", "x", false),
        ("1 of *_x", "x", true), ("1 of s*_x", "y", false), ("all of sel_?", "x", nil), ("a and not 1 of sel_*", "a", true),
        ("a and not 1 of sel_*", "ay", false), ("a and not all of sel_*", "ay", true), ("_d", "d", true),
        ("1 of _d*", "d", nil), ("((((a))))", "a", true), ("\n  a\n  and b", "ab", true),
    ] as [(String, String, Bool?)])
    func conditions(condition: String, letters: String, fires: Bool?) async throws {
        let rules = ruleSet(sigmaRule("""
            a: {displayMessage|contains: a}
            b: {displayMessage|contains: b}
            c: {displayMessage|contains: c}
            _d: {displayMessage|contains: d}
            condition: "\(condition.replacing("\n", with: "\\n"))"
            """.replacing("condition:", with: condition.contains("sel") || condition.contains("_x")
                ? "sel_x: {displayMessage|contains: x}\nsel_y: {displayMessage|contains: y}\ncondition:" : "condition:")))
        #expect(rules.refusals.isEmpty == (fires != nil), "\(rules.refusalLines)")
        #expect(try await rules.matches(#"{"displayMessage": "\#(letters)"}"#) == (fires ?? false))
    }

    @Test("Maps mean all, lists any, lists of maps any of them", arguments: [
        ("s: {severity: info, actor.id: a}", #"{"severity": "INFO", "actor": {"id": "a"}}"#, true),
        ("s: {severity: info, actor.id: a}", #"{"severity": "INFO", "actor": {"id": "b"}}"#, false),
        ("s: [{severity: info}, {actor.id: a}]", #"{"severity": "WARN", "actor": {"id": "a"}}"#, true),
        ("s: [{severity: info, version: 1}, {actor.id: a}]", #"{"severity": "INFO", "actor": {"id": "b"}}"#, false),
        ("s: {severity: [info, warn]}", #"{"severity": "WARN"}"#, true),
        ("s: {severity: [a, b, c, d, e, f, warn, g]}", #"{"severity": "WARN"}"#, true),
        ("s: {severity: [a, b, c, d, e, f, 'wa*', g]}", #"{"severity": "WARN"}"#, true),
        ("s: {severity: [a, b, c, d, e, f, g]}", #"{"severity": "WARN"}"#, false),
        ("s: [{severity: info}, evil]", #"{"severity": "WARN", "actor": {"id": "Evil"}}"#, true),
        ("s: {'severity|contains': i, 'severity|endswith': o}", #"{"severity": "INFO"}"#, true),
    ])
    func selections(selection: String, event: String, fires: Bool) async throws {
        let rules = ruleSet(sigmaRule(selection + "\ncondition: s"))
        #expect(rules.refusalLines == [])
        #expect(try await rules.matches(event) == fires)
    }

    @Test("Of several conditions one is enough")
    func severalConditions() async throws {
        let rules = ruleSet(sigmaRule("a: {severity: info}\nb: {severity: warn}\ncondition: [a, b]"))
        #expect(try await rules.matches(#"{"severity": "warn"}"#))
        #expect(try await !rules.matches(#"{"severity": "error"}"#))
    }

    @Test("`timeframe` of older rules is no selection")
    func timeframe() async throws {
        let rules = ruleSet(sigmaRule("a: {severity: info}\ntimeframe: 5m\ncondition: all of them"))
        #expect(rules.refusalLines == [])
        #expect(try await rules.matches(#"{"severity": "info"}"#))
    }
}
