import Sigma
import Testing

@Suite("How values of a rule meet those of an event")
struct ValueTests {
    @Test("Types: everything has a text, null has none", arguments: [
        ("severity: INFO", #"{"severity": "info"}"#, true),
        ("securityContext.isProxy: 'true'", #"{"securityContext": {"isProxy": true}}"#, true),
        ("securityContext.isProxy: true", #"{"securityContext": {"isProxy": true}}"#, true),
        ("securityContext.isProxy: true", #"{"securityContext": {"isProxy": "TRUE"}}"#, true),
        ("securityContext.isProxy: true", #"{"securityContext": {"isProxy": false}}"#, false),
        ("securityContext.asNumber: 42", #"{"securityContext": {"asNumber": 42}}"#, true),
        ("securityContext.asNumber: 42", #"{"securityContext": {"asNumber": 42.0}}"#, true),
        ("securityContext.asNumber: 42", #"{"securityContext": {"asNumber": "42"}}"#, true),
        ("securityContext.asNumber: '42'", #"{"securityContext": {"asNumber": 42}}"#, true),
        ("securityContext.asNumber: '42'", #"{"securityContext": {"asNumber": 42.0}}"#, false),
        ("securityContext.asNumber: 0x2A", #"{"securityContext": {"asNumber": 42}}"#, true),
        ("securityContext.asNumber|startswith: 4", #"{"securityContext": {"asNumber": 42}}"#, true),
        ("version: 0", #"{"version": "0", "uuid": "x"}"#, true),
        ("outcome.reason: null", #"{"outcome": {"reason": null}}"#, true),
        ("outcome.reason: null", #"{"outcome": {"result": "x"}}"#, true),
        ("outcome.reason: null", #"{"outcome": {"reason": ""}}"#, false),
        ("outcome.reason: ~", #"{"outcome": {"reason": "null"}}"#, false),
        ("outcome.reason:", #"{"outcome": {"reason": null}}"#, true),
        ("outcome.reason: 'null'", #"{"outcome": {"reason": null}}"#, false),
        ("outcome.reason: 'null'", #"{"outcome": {"reason": "null"}}"#, true),
        ("outcome.reason: ''", #"{"outcome": {"reason": ""}}"#, true),
        ("outcome.reason: ''", #"{"outcome": {"reason": null}}"#, false),
        ("outcome.reason: '*'", #"{"outcome": {"reason": ""}}"#, true),
        ("outcome.reason: '*'", #"{"outcome": {"reason": null}}"#, false),
        ("outcome.reason: [null, x]", #"{"outcome": {"reason": "x"}}"#, true),
        ("outcome.reason: [null, x]", #"{"outcome": {"reason": null}}"#, true),
        ("outcome.reason|neq: null", #"{"outcome": {"reason": "x"}}"#, true),
        ("client.geographicalContext.country: NO", #"{"client": {"geographicalContext": {"country": "no"}}}"#, true),
    ])
    func types(selection: String, event: String, fires: Bool) async throws { try await expect(selection, event, fires) }

    @Test("Paths: into objects, through arrays, by number, in any case", arguments: [
        ("target.displayName: b", #"{"target": [{"displayName": "a"}, {"displayName": "B"}], "uuid": "x"}"#, true),
        ("target.displayName: c", #"{"target": [{"displayName": "a"}, {"displayName": "B"}], "uuid": "x"}"#, false),
        ("target.1.displayName: b", #"{"target": [{"displayName": "a"}, {"displayName": "b"}], "uuid": "x"}"#, true),
        ("target.0.displayName: b", #"{"target": [{"displayName": "a"}, {"displayName": "b"}], "uuid": "x"}"#, false),
        ("target.0.displayName: a", #"{"target": {"displayName": "a"}, "uuid": "x"}"#, false),
        ("target.2.displayName|exists: false", #"{"target": [{}, {}], "uuid": "x"}"#, true),
        ("target.detailEntry.a: x", #"{"target": [{"detailEntry": [{"a": ["y", "x"]}]}], "uuid": "x"}"#, true),
        ("target.0.0: x", #"{"target": [["x"]], "uuid": "x"}"#, true),
        ("target.0: x", #"{"target": [[["x"]]], "uuid": "x"}"#, true),
        ("target.id: x", #"{"target": [[{"id": "x"}]], "uuid": "x"}"#, true),
        ("target.0.id: x", #"{"target": [[{"id": "x"}]], "uuid": "x"}"#, true),
        ("target.1.id: x", #"{"target": [[{"id": "y"}, {"id": "x"}]], "uuid": "x"}"#, false),
        ("debugContext.debugData.1: x", #"{"debugContext": {"debugData": {"1": "x"}}}"#, true),
        ("debugContext.debugData.1: x", #"{"debugContext": {"debugData": [{"1": "x"}]}}"#, false),
        ("target: null", #"{"target": null, "uuid": "x"}"#, true),
        ("target.displayName: null", #"{"target": null, "uuid": "x"}"#, true),
        ("target.displayName: null", #"{"target": [{"displayName": null}, {"displayName": "a"}], "uuid": "x"}"#, false),
        ("target: null", #"{"target": [], "uuid": "x"}"#, true),
        ("EVENTTYPE: a.b", #"{"eventType": "A.B"}"#, true),
        ("securitycontext.isproxy: 'true'", #"{"securityContext": {"isProxy": true}}"#, true),
        ("eventType: a.b", #"{"EventType": "a.b", "uuid": "x"}"#, true),
        ("actor.id.x: a", #"{"actor": {"id": "a"}}"#, false),
        ("actor.id: a", #"{"actor": {"\u0069d": "a"}}"#, true),
        ("actor.a\"b: x", #"{"actor": {"a\"b": "x"}}"#, true),
        ("actor.detailEntry: x", #"{"actor": {"detailEntry": "y", "detailEntry": "x"}}"#, true),
        ("actor.detailEntry: y", #"{"actor": {"detailEntry": "y", "detailEntry": "x"}}"#, false),
    ])
    func paths(selection: String, event: String, fires: Bool) async throws { try await expect(selection, event, fires) }

    @Test("A field that is an object is searched in its compact JSON", arguments: [
        (#"debugContext.debugData|contains: '"risk":"high"'"#, #"{"debugContext": {"debugData": {"risk" : "HIGH"}}}"#, true),
        ("debugContext.debugData|contains: risk", #"{"debugContext": {"debugData": {"risk": 1}}}"#, true),
        (#"debugContext.debugData: '{"a":[1,2.5]}'"#, #"{"debugContext": {"debugData": { "a": [1, 2.50] }}}"#, true),
        ("target|contains: xy", #"{"target": [{"id": "axyz"}], "uuid": "x"}"#, true),
        ("target|contains: '},{'", #"{"target": [{"id": "a"},{"id": "b"}], "uuid": "x"}"#, false),
        ("debugContext.debugData|exists: true", #"{"debugContext": {"debugData": {}}}"#, true),
    ])
    func objects(selection: String, event: String, fires: Bool) async throws { try await expect(selection, event, fires) }

    @Test("Wildcards and backslashes", arguments: [
        ("actor.id: 'a*'", "abc", true), ("actor.id: 'a*'", "bac", false), ("actor.id: '*c'", "abc", true),
        ("actor.id: 'a*c'", "ac", true), ("actor.id: 'a*a'", "a", false), ("actor.id: '*a*b*'", "xaxbx", true),
        ("actor.id: '*ab*ba*'", "aba", false), ("actor.id: 'a**c'", "abc", true), ("actor.id: 'a?c'", "abc", true),
        ("actor.id: 'a?c'", "aéc", true), ("actor.id: 'a?c'", "ac", false), ("actor.id: '?'", "é", true),
        ("actor.id: 'A?C*'", "abcd", true), ("actor.id|cased: 'A?c'", "abc", false), ("actor.id: 'a?[c]'", "ax[C]", true),
        (#"actor.id: 'a\*'"#, "a*", true), (#"actor.id: 'a\*'"#, "ab", false), (#"actor.id: 'a\?'"#, "a?", true),
        (#"actor.id: 'a\\*'"#, #"a\b"#, true), (#"actor.id: 'a\\\*'"#, #"a\*"#, true), (#"actor.id: 'a\\\*'"#, #"a\b"#, false),
        (#"actor.id: 'a\b'"#, #"a\b"#, true), (#"actor.id: 'a\\b'"#, #"a\b"#, true), (#"actor.id: '\\\\a'"#, #"\\a"#, true),
        (#"actor.id: '\\\a'"#, #"\\a"#, true), (#"actor.id: 'a\'"#, #"a\"#, true),
    ])
    func wildcards(selection: String, value: String, fires: Bool) async throws {
        let text = value.replacing(#"\"#, with: #"\\"#)
        try await expect(selection, #"{"actor": {"id": "\#(text)", "detailEntry": null}}"#, fires)
        // The same where no column answers.
        try await expect(
            selection.replacing("actor.id", with: "actor.detailEntry"), #"{"actor": {"detailEntry": "\#(text)"}}"#, fires)
    }

    @Test("Case means A to Z; all else is compared byte by byte", arguments: [
        ("actor.id: STRASSE", "straße", false), ("actor.id: É", "é", false), ("actor.id: é", "é", true),
        ("actor.id: \u{E9}", "e\u{301}", false), ("actor.id|contains: e", "e\u{301}", true), ("actor.id: K", "\u{212A}", false),
        ("actor.id: İ", "i̇", false), ("actor.id: ANNE-é", "anne-é", true), ("actor.id: 👩‍💻", "👩‍💻", true),
    ])
    func letterCase(selection: String, value: String, fires: Bool) async throws {
        try await expect(selection, #"{"actor": {"id": "\#(value)"}}"#, fires)
    }

    @Test("Keywords are looked for in the whole event, in its text and behind its escapes", arguments: [
        ("- user.session", #"{"eventType": "User.Session.Start"}"#, true),
        ("- '\"result\":\"FAILURE\"'", #"{"outcome": {"result":"failure"}}"#, true),
        ("- displayname", #"{"actor": {"displayName": "x"}}"#, true),
        ("- 'say \"hi\"'", #"{"displayMessage": "say \"Hi\""}"#, true),
        ("- café", #"{"displayMessage": "CAF\u00e9"}"#, true),
        ("- '😀'", #"{"displayMessage": "\uD83D\uDE00"}"#, true),
        ("- 'a*c'", #"{"displayMessage": "xabbcx"}"#, true),
        ("- nothing", #"{"displayMessage": "x"}"#, false),
        ("- 4711", #"{"securityContext": {"asNumber": 4711}}"#, true),
        ("'|all': [aa, bb]", #"{"displayMessage": "aa", "severity": "bb"}"#, true),
        ("'|all': [aa, cc]", #"{"displayMessage": "aa", "severity": "bb"}"#, false),
        ("'|re': 'a{2}b'", #"{"displayMessage": "xaab"}"#, true),
        ("'|cased': AB", #"{"displayMessage": "ab"}"#, false),
        ("aabb", #"{"displayMessage": "xAABB"}"#, true),
    ])
    func keywords(selection: String, event: String, fires: Bool) async throws { try await expect(selection, event, fires) }

    @Test("An event of another shape is asked as the LogEvent that it stands for")
    func shapes() async throws {
        let rules = ruleSet(sigmaRule("""
            s:
                eventType: user.session.start
                client.ipAddress|cidr: 192.0.2.0/24
                client|contains: ipaddress
                uuid: E1
                actor.id: null
            condition: s
            """))
        let event = #"{"id": "e1", "timestamp": "2025-11-12T18:00:00Z", "event_type": "user.session.start", "ip_address": "192.0.2.1"}"#
        #expect(try await rules.matches(event))
    }

    private func expect(_ selection: String, _ event: String, _ fires: Bool) async throws {
        let lines = selection.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n")
        let rules = ruleSet(sigmaRule("selection:\n\(lines)\ncondition: selection"))
        #expect(rules.refusalLines == [])
        #expect(try await rules.matches(event) == fires)
    }
}
