import Diagnostics
import Events
import JSON
import Sigma
import Testing

@Suite("Correlations")
struct CorrelationTests {
    /// Events in a compact form, one a word: `type:user@minute[/address[,address]][=figure]`; minutes may have a
    /// fraction. The id of an event is its place.
    private func events(_ text: String) async throws -> EventTable {
        let parts = /(\w+):(\w*)@([\d.]+)(?:\/([\w.,]+))?(?:=(-?[\d.]+|\w+))?/
        return try await table(text.split(separator: " ").enumerated().map { index, word in
            let match = try #require(word.wholeMatch(of: parts), "\(word)")
            let seconds = Int((Double(match.3) ?? 0) * 60), padded = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
            let time = "2025-11-\(padded(1 + seconds / 86_400))T\(padded(seconds / 3600 % 24)):\(padded(seconds / 60 % 60)):\(padded(seconds % 60))Z"
            let targets = (match.4.map { String($0) } ?? "").split(separator: ",").map { JSONValue.object([JSONValue.Member("id", .string(String($0)))]) }
            return [
                "uuid": .string("\(index)"), "published": .string(time), "eventType": .string(String(match.1)),
                "actor": ["id": match.2.isEmpty ? .null : .string(String(match.2))], "target": .array(targets),
                "debugContext": ["debugData": ["figure": JSONValue(match.5.map { String($0) })]],
            ]
        })
    }

    private func rule(_ type: String, id: String? = nil) -> String {
        "title: \(type)\nid: \(id ?? type)-id\nname: \(type)\nlogsource: {product: okta}\n"
            + "detection: {s: {eventType: \(type)}, condition: s}\n"
    }

    private func correlation(_ section: String, id: String = "c") -> String {
        let lines = section.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n")
        return "title: C\nid: \(id)\nname: \(id)\ncorrelation:\n\(lines)\n"
    }

    private func found(_ sections: String, _ events: String) async throws -> [String] {
        let rules = ruleSet(correlation(sections), [rule("fail"), rule("ok"), rule("lock")].joined(separator: "---\n"))
        #expect(rules.refusalLines == [])
        return try await rules.found(in: self.events(events)).filter { $0.hasPrefix("c:") }
    }

    @Test("event_count: windows of the timespan, both ends included; those that overlap are one", arguments: [
        ("gte: 3", "fail:a@0 fail:a@5 fail:a@10", ["c: 0 1 2"]),
        ("gte: 3", "fail:a@0 fail:a@5 fail:a@10.1", []),
        ("gte: 3", "fail:a@10 fail:a@0 fail:a@5", ["c: 1 2 0"]),
        ("gte: 3", "fail:a@0 fail:a@1 fail:b@2 fail:b@3", []),
        ("gte: 2", "fail:a@0 fail:b@1 fail:a@2 fail:b@3", ["c: 0 2", "c: 1 3"]),
        ("gte: 3", "fail:a@0 fail:a@1 fail:a@2 fail:a@9 fail:a@18 fail:a@19", ["c: 0 1 2 3 4 5"]),
        ("gte: 3", "fail:a@0 fail:a@1 fail:a@2 fail:a@60 fail:a@61 fail:a@62", ["c: 0 1 2", "c: 3 4 5"]),
        ("gt: 2", "fail:a@0 fail:a@1 fail:a@2", ["c: 0 1 2"]),
        ("gt: 2", "fail:a@0 fail:a@1", []),
        ("gt: 1\nlte: 3", "fail:a@0 fail:a@1 fail:a@2", ["c: 0 1 2"]),
        ("gt: 1\nlte: 3", "fail:a@0 fail:a@1 fail:a@2 fail:a@3", []),
        ("lt: 3", "fail:a@0 fail:a@1 fail:a@2 fail:a@3", []),
        ("lt: 3", "fail:a@0 fail:a@1", ["c: 0 1"]),
        ("lte: 1", "fail:a@0 fail:b@1 fail:b@2", ["c: 0"]),
        ("eq: 2", "fail:a@0 fail:a@1 fail:a@2", []),
        ("eq: 2", "fail:a@0 fail:a@1", ["c: 0 1"]),
        ("neq: 2", "fail:a@0 fail:a@1", []),
        ("neq: 2", "fail:a@0 fail:a@1 fail:a@2", ["c: 0 1 2"]),
        ("gte: 2", "fail:@0 fail:@1", []),
        ("gte: 2", "fail:a@0 ok:a@1", []),
        ("gte: 3", "fail:a@0 fail:a@0 fail:a@0", ["c: 0 1 2"]),
    ])
    func eventCount(condition: String, events: String, expected: [String]) async throws {
        let lines = condition.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n")
        let section = "type: event_count\nrules: fail\ngroup-by: actor.id\ntimespan: 10m\ncondition:\n\(lines)"
        #expect(try await found(section, events) == expected)
    }

    @Test("Groups: none, several fields, fields with several values", arguments: [
        ("", "fail:a@0 fail:b@1", ["c: 0 1"]),
        ("group-by: [actor.id, target.id]", "fail:a@0/x fail:a@1/y fail:a@2/x", ["c: 0 2"]),
        ("group-by: target.id", "fail:a@0/x,y fail:a@1/y,z", ["c: 0 1"]),
        ("group-by: target.id", "fail:a@0/x,y fail:a@1/x,y", ["c: 0 1", "c: 0 1"]),
        ("group-by: target.id", "fail:a@0/x,x fail:a@1/y", []),
        ("group-by: client.zone", "fail:a@0 fail:a@1", []),
        ("group-by: okta.actor.id", "fail:a@0 fail:a@1", ["c: 0 1"]),
        ("group-by: eventType", "fail:a@0 fail:b@1", ["c: 0 1"]),
    ])
    func groups(groupBy: String, events: String, expected: [String]) async throws {
        #expect(try await found("type: event_count\nrules: [fail]\n\(groupBy)\ntimespan: 10m\ncondition: {gte: 2}", events) == expected)
    }

    @Test("The group of a match has the fields' names and values")
    func groupValues() async throws {
        let rules = ruleSet(
            correlation("type: event_count\nrules: fail\ngroup-by: [actor.id, target.id]\ntimespan: 1h\ncondition: {gte: 2}"),
            rule("fail"))
        let match = try #require(try await rules.matches(in: events("fail:a@0/x fail:a@1/x,y")).first)
        #expect(match.rule.id == "c" && match.rule.isCorrelation)
        #expect(match.group.map { "\($0.field)=\($0.value)" } == ["actor.id=a", "target.id=x"])
    }

    @Test("Values: distinct ones, sums, means, medians, percentiles", arguments: [
        ("value_count", "field: target.id, gte: 3", "fail:a@0/x fail:a@1/y fail:a@2/x", []),
        ("value_count", "field: target.id, gte: 3", "fail:a@0/x fail:a@1/y fail:a@2/x fail:a@3/z", ["c: 0 1 2 3"]),
        ("value_count", "field: target.id, gte: 2", "fail:a@0/x fail:a@11/y", []),
        ("value_count", "field: target.id, gte: 3", "fail:a@0/x,y,z", ["c: 0"]),
        ("value_count", "field: target.id, lt: 2", "fail:a@0/x fail:a@1/x", ["c: 0 1"]),
        ("value_count", "field: target.id, lt: 2", "fail:a@0/x fail:a@1/y", []),
        ("value_sum", "field: debugContext.debugData.figure, gt: 10", "fail:a@0=5 fail:a@1=5.5 fail:a@2=some", ["c: 0 1 2"]),
        ("value_sum", "field: debugContext.debugData.figure, gt: 10", "fail:a@0=5 fail:a@11=5.5", []),
        ("value_sum", "field: debugContext.debugData.figure, lt: 1", "fail:a@0=x", []),
        ("value_avg", "field: debugContext.debugData.figure, gte: 4", "fail:a@0=2 fail:a@1=6", ["c: 0 1"]),
        ("value_avg", "field: debugContext.debugData.figure, gte: 4", "fail:a@0=2 fail:a@1=5.9", []),
        ("value_median", "field: debugContext.debugData.figure, eq: 3", "fail:a@0=1 fail:a@1=100 fail:a@2=3", ["c: 0 1 2"]),
        ("value_median", "field: debugContext.debugData.figure, eq: 3", "fail:a@0=1 fail:a@1=5", ["c: 0 1"]),
        ("value_percentile", "field: debugContext.debugData.figure, percentile: 50, eq: 2", "fail:a@0=1 fail:a@1=2 fail:a@2=3 fail:a@3=4", ["c: 0 1 2 3"]),
        ("value_percentile", "field: debugContext.debugData.figure, percentile: 95, gte: 4", "fail:a@0=1 fail:a@1=2 fail:a@2=3 fail:a@3=4", ["c: 0 1 2 3"]),
        ("value_percentile", "field: debugContext.debugData.figure, percentile: 0, eq: 1", "fail:a@0=3 fail:a@1=1 fail:a@2=2", ["c: 0 1 2"]),
        ("value_percentile", "field: debugContext.debugData.figure, percentile: 100, eq: 9", "fail:a@0=1 fail:a@9=9 fail:a@18=2", ["c: 0 1 2"]),
    ])
    func values(type: String, condition: String, events: String, expected: [String]) async throws {
        let section = "type: \(type)\nrules: fail\ngroup-by: actor.id\ntimespan: 10m\ncondition: {\(condition)}"
        #expect(try await found(section, events) == expected)
    }

    @Test("temporal: every rule within the timespan, in any order", arguments: [
        ("", "ok:a@0 fail:a@5", ["c: 0 1"]), ("", "fail:a@0 ok:b@5", []), ("", "fail:a@0 ok:a@10.1", []),
        ("", "fail:a@0 fail:a@1", []), ("", "fail:a@0 ok:a@9 fail:a@18 ok:a@40", ["c: 0 1 2"]),
        ("condition: {gte: 1}", "fail:a@0 lock:a@1", ["c: 0"]), ("condition: {eq: 1}", "fail:a@0 ok:a@1 ok:b@2", ["c: 2"]),
    ])
    func temporal(condition: String, events: String, expected: [String]) async throws {
        let section = "type: temporal\nrules: [fail, ok]\ngroup-by: actor.id\ntimespan: 10m\n\(condition)"
        #expect(try await found(section, events) == expected)
    }

    @Test("temporal_ordered: every rule within the timespan, in the order of the list", arguments: [
        ("fail:a@0 ok:a@5 lock:a@9", ["c: 0 1 2"]), ("ok:a@0 fail:a@5 lock:a@9", []), ("fail:a@0 lock:a@5 ok:a@9", []),
        ("fail:a@0 ok:a@5 lock:a@10.1", []), ("fail:a@0 ok:b@5 lock:a@9", []),
        ("fail:a@0 fail:a@3 ok:a@5 lock:a@12", ["c: 1 2 3"]),
        ("fail:a@0 ok:a@1 ok:a@5 lock:a@9", ["c: 0 1 2 3"]), ("fail:a@0 fail:a@3 ok:a@5 lock:a@9", ["c: 0 1 2 3"]),
        ("fail:a@0 ok:a@5 fail:a@6 lock:a@9", ["c: 0 1 2 3"]),
        ("fail:a@0 ok:a@1 lock:a@2 fail:a@30 ok:a@31 lock:a@32", ["c: 0 1 2", "c: 3 4 5"]),
        ("lock:a@0 ok:a@0 fail:a@0", ["c: 0 1 2"]),
        ("ok:a@0 fail:a@1 ok:a@2 fail:a@3 lock:a@4", ["c: 1 2 3 4"]),
    ])
    func ordered(events: String, expected: [String]) async throws {
        let section = "type: temporal_ordered\nrules: [fail, ok, lock]\ngroup-by: actor.id\ntimespan: 10m"
        #expect(try await found(section, events) == expected)
    }

    @Test("Aliases: one name for different fields")
    func aliases() async throws {
        let section = """
            type: temporal
            rules: [fail, ok-id]
            group-by: who
            timespan: 10m
            aliases:
                who:
                    fail: target.id
                    ok: actor.id
            """
        #expect(try await found(section, "fail:x@0/a ok:a@1 ok:x@2") == ["c: 0 1"])
    }

    @Test("Timespans", arguments: [("90s", 1.5, true), ("90s", 1.6, false), ("2m", 2, true), ("1h", 60, true), ("1h", 61, false), ("1d", 1440, true), ("1w", 1441, true)])
    func timespans(timespan: String, minutes: Double, isFound: Bool) async throws {
        let section = "type: event_count\nrules: fail\ngroup-by: actor.id\ntimespan: \(timespan)\ncondition: {gte: 2}"
        #expect(try await found(section, "fail:a@0 fail:a@\(minutes)") == (isFound ? ["c: 0 1"] : []))
    }

    @Test("Correlations build upon each other, across files and in any order", arguments: [
        ("fail:a@0 fail:a@1 fail:a@2 ok:a@3", ["outer: 0 1 2 3"]),
        ("fail:a@0 fail:a@1 ok:a@3", []),
        ("ok:a@0 fail:a@1 fail:a@2 fail:a@3", []),
        ("fail:a@0 fail:a@1 fail:a@2 ok:a@3 fail:a@4", ["outer: 0 1 2 3"]),
        ("fail:a@0 fail:a@1 ok:a@1.5 fail:a@2", []),
        ("fail:a@0 fail:a@1 fail:a@2 ok:b@3", []),
    ])
    func chains(events: String, expected: [String]) async throws {
        let rules = ruleSet(
            correlation("type: temporal_ordered\nrules: [many, ok]\ngroup-by: actor.id\ntimespan: 10m", id: "outer"),
            correlation("type: event_count\nrules: [fail]\ngroup-by: actor.id\ntimespan: 10m\ncondition: {gte: 3}", id: "many"),
            rule("ok"), rule("fail"))
        #expect(rules.refusalLines == [])
        #expect(try await rules.found(in: self.events(events)) == expected)
    }

    @Test("A spray by address, then a success of one of those who were tried: the inner and the outer group differ")
    func differentGroups() async throws {
        let rules = ruleSet(
            correlation("type: temporal_ordered\nrules: [spray, ok]\ngroup-by: actor.id\ntimespan: 10m", id: "outer"),
            correlation("type: value_count\nrules: fail\ngroup-by: target.id\ntimespan: 10m\ncondition: {field: actor.id, gte: 3}", id: "spray"),
            rule("ok"), rule("fail"))
        #expect(try await rules.found(in: events("fail:a@0/x fail:b@1/x fail:c@2/x ok:b@3 ok:d@4")) == ["outer: 1 3"])
    }

    @Test("Counting the matches of a correlation counts each once")
    func countedMatches() async throws {
        let rules = ruleSet(
            correlation("type: event_count\nrules: [many]\ntimespan: 1h\ncondition: {gte: 2}", id: "outer"),
            correlation("type: event_count\nrules: [fail]\ngroup-by: actor.id\ntimespan: 10m\ncondition: {gte: 2}", id: "many"),
            rule("fail"))
        #expect(try await rules.found(in: events("fail:a@0 fail:a@1 fail:a@2")) == [])
        #expect(try await rules.found(in: events("fail:a@0 fail:a@1 fail:b@2 fail:b@3 fail:c@4")) == ["outer: 0 1 2 3"])
    }

    @Test("Rules that serve a correlation are not reported by themselves, unless it says `generate`", arguments: [
        ("", ["c: 0 1", "lock-id: 2"]), ("generate: false", ["c: 0 1", "lock-id: 2"]),
        ("generate: true", ["c: 0 1", "fail-id: 0 1", "lock-id: 2"]),
    ])
    func generate(line: String, expected: [String]) async throws {
        let rules = ruleSet(
            correlation("type: event_count\nrules: fail\ngroup-by: actor.id\ntimespan: 10m\ncondition: {gte: 2}\n\(line)"),
            [rule("fail"), rule("lock")].joined(separator: "---\n"))
        #expect(try await rules.found(in: events("fail:a@0 fail:a@1 lock:a@2")) == expected)
        #expect(rules.rules.map { rule in rules.reported.contains { $0.id == rule.id } } == [true, line == "generate: true", true])
    }

    @Test("An event that two rules match is one event where events are counted")
    func sameEvent() async throws {
        let rules = ruleSet(
            correlation("type: event_count\nrules: [fail, any]\ngroup-by: actor.id\ntimespan: 10m\ncondition: {gte: 2}"),
            rule("fail"), rule("any").replacing("eventType: any", with: "'eventType|contains': a"))
        #expect(try await rules.found(in: events("fail:a@0")) == [])
        #expect(try await rules.found(in: events("fail:a@0 fail:a@1")) == ["c: 0 1"])
    }

    @Test("Events without a time belong to no window")
    func timeless() async throws {
        let rules = ruleSet(correlation("type: event_count\nrules: fail\ntimespan: 10m\ncondition: {gte: 1}"), rule("fail"))
        #expect(try await rules.found(in: table([["eventType": "fail"]])) == [])
    }

    @Test("What is refused, and why", arguments: [
        ("type: counting\nrules: fail\ntimespan: 1m", "a.yml:5: the correlation has the type `counting`, which there is not"),
        ("rules: fail\ntimespan: 1m", "a.yml:5: the correlation has no type"),
        ("type: event_count\ntimespan: 1m\ncondition: {gte: 1}", "a.yml:5: the correlation names no rules"),
        ("type: event_count\nrules: fail\ncondition: {gte: 1}", "a.yml:5: the correlation has no timespan"),
        ("type: event_count\nrules: fail\ntimespan: 5 minutes\ncondition: {gte: 1}", "a.yml:7: the correlation has the timespan `5 minutes`"),
        ("type: event_count\nrules: fail\ntimespan: 0m\ncondition: {gte: 1}", "a.yml:7: the correlation has the timespan `0m`"),
        ("type: event_count\nrules: fail\ntimespan: -5m\ncondition: {gte: 1}", "a.yml:7: the correlation has the timespan `-5m`"),
        ("type: event_count\nrules: fail\ntimespan: 1m", "a.yml:5: the correlation has no condition"),
        ("type: event_count\nrules: fail\ntimespan: 1m\ncondition: {gte: many}", "a.yml:8: the correlation compares with `many`"),
        ("type: event_count\nrules: fail\ntimespan: 1m\ncondition: {atleast: 1}", "a.yml:8: the correlation has `atleast` in its condition"),
        ("type: event_count\nrules: fail\ntimespan: 1m\ncondition: {}", "a.yml:8: the correlation compares with no number"),
        ("type: event_count\nrules: fail\ntimespan: 1m\ncondition: {gte: 1, field: x}", "a.yml:8: the correlation of type event_count has a field"),
        ("type: value_count\nrules: fail\ntimespan: 1m\ncondition: {gte: 1}", "a.yml:8: the correlation of type value_count needs one field"),
        ("type: value_percentile\nrules: fail\ntimespan: 1m\ncondition: {gte: 1, field: x}", "a.yml:8: the correlation needs a percentile from 0 to 100"),
        ("type: value_sum\nrules: fail\ntimespan: 1m\ncondition: {gte: 1, field: x, percentile: 5}", "a.yml:8: the correlation of type value_sum has a percentile"),
        ("type: temporal\nrules: [fail, ok]\ntimespan: 1m\ncondition: fail and not ok", "a.yml:8: the correlation has a condition in words, which is not read"),
        ("type: temporal_ordered\nrules: [fail, ok]\ntimespan: 1m\ncondition: {gte: 1}", "a.yml:8: the correlation asks for fewer rules than it orders"),
        ("type: event_count\nrules: fail\ntimespan: 1m\ncondition: {gte: 1}\ngenerate: perhaps", "a.yml:9: the correlation has `generate: perhaps`"),
        ("type: event_count\nrules: fail\ntimespan: 1m\ncondition: {gte: 1}\naliases: [a]", "a.yml:9: the correlation has aliases that are a list"),
        ("type: event_count\nrules: none\ntimespan: 1m\ncondition: {gte: 1}", "a.yml:1: the correlation `C` needs the rule `none`, which there is not"),
        ("type: event_count\nrules: c\ntimespan: 1m\ncondition: {gte: 1}", "a.yml:1: the correlation `C` needs the rule `c`, which is part of a circle, or leads into one"),
        ("type: event_count\nrules: twice\ntimespan: 1m\ncondition: {gte: 1}", "a.yml:1: the correlation `C` needs the rule `twice`, of which there are 2"),
        ("type: event_count\nrules: [fail, ok]\ngroup-by: who\ntimespan: 1m\ncondition: {gte: 1}\naliases: {who: {fail: actor.id}}",
         "a.yml:1: the correlation `C` has the alias `who` without a field for the rule `ok-id`"),
    ])
    func refused(section: String, refusal: String) {
        let rules = ruleSet(
            correlation(section), rule("fail"), rule("ok"), rule("twice"), rule("twice", id: "other"))
        #expect(rules.refusalLines == [refusal])
        #expect(rules.rules.map(\.id) == ["fail-id", "ok-id", "twice-id", "other-id"])
    }

    @Test("What needs a rule that cannot run cannot run either; what needs one of another log is skipped")
    func broken() {
        let one = correlation("type: event_count\nrules: two\ntimespan: 1m\ncondition: {gte: 1}", id: "one")
        let two = correlation("type: event_count\nrules: none\ntimespan: 1m\ncondition: {gte: 1}", id: "two")
        #expect(ruleSet(one, two).refusalLines == [
            "a.yml:1: the correlation `C` needs the rule `two`, which cannot run",
            "b.yml:1: the correlation `C` needs the rule `none`, which there is not",
        ])
        let other = ruleSet(correlation("type: event_count\nrules: fail\ntimespan: 1m\ncondition: {gte: 1}"), rule("fail").replacing("okta", with: "linux"))
        #expect(other.refusals == [] && other.rules.isEmpty)
        #expect(other.skipped.map(\.problem) == [
            "the rule `fail` is for product linux, not for Okta's log", "the correlation `C` needs the rule `fail`, which is not for Okta's log",
        ])
    }

    @Test("Circles are refused whole, with what leads into them; long chains run")
    func circlesAndChains() async throws {
        let needs = { (id: String, needs: String) in
            RuleText(name: id, bytes: Array(correlation("type: event_count\nrules: \(needs)\ntimespan: 1m\ncondition: {gte: 1}", id: id).utf8))
        }
        let circle = RuleSet([("a1", "b1"), ("b1", "c1"), ("c1", "a1"), ("d1", "a1"), ("e1", "e1")].map(needs))
        #expect(circle.rules.isEmpty && circle.refusals.count == 5)
        #expect(circle.refusalLines.first == "a1:1: the correlation `C` needs the rule `b1`, which is part of a circle, or leads into one")
        let names = (0..<3000).map { "c\($0)" }
        let chain = RuleSet(zip(names, names.dropFirst() + ["fail"]).map(needs) + [RuleText(name: "f", bytes: Array(rule("fail").utf8))])
        #expect(chain.rules.count == 3001 && chain.refusals == [])
        #expect(try await chain.found(in: events("fail:a@0")) == ["c0: 0"])
    }

    @Test("Many events in one window take time in proportion to their number", .timeLimit(.minutes(10)))
    func linear() async throws {
        let table = try await events((0..<6000).map { "fail:a@\(Double($0) / 100)/t\($0 % 7)=\($0 % 13)" }.joined(separator: " "))
        for (type, condition) in [
            ("event_count", "gte: 5"), ("value_count", "field: target.id, gte: 5"), ("value_median", "field: debugContext.debugData.figure, gte: 5"),
        ] {
            let rules = ruleSet(
                correlation("type: \(type)\nrules: fail\ngroup-by: actor.id\ntimespan: 1d\ncondition: {\(condition)}"), rule("fail"))
            #expect(try await rules.matches(in: table).map(\.rows.count) == [6000])
        }
    }
}
