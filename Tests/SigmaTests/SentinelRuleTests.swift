import Diagnostics
import Sigma
import Testing

@Suite("Rules of Sentinel are read, and kept apart from what Sigma runs")
struct SentinelRuleTests {
    /// A sound rule with some lines in the place of its own.
    private static func rule(_ changes: [String: String?] = [:]) -> String {
        let lines: [(key: String, text: String)] = [
            ("id", "id: r1"), ("name", "name: A rule"), ("description", "description: |\n  'What it means.'"),
            ("severity", "severity: High"), ("queryFrequency", "queryFrequency: 1h"), ("queryPeriod", "queryPeriod: 1d"),
            ("triggerOperator", "triggerOperator: gt"), ("triggerThreshold", "triggerThreshold: 2"),
            ("relevantTechniques", "tactics:\n  - Persistence\nrelevantTechniques:\n  - T1098\n  - T1110.003"),
            ("query", "query: |\n\n  Okta_CL\n  | count"),
            ("entityMappings", "entityMappings:\n  - entityType: Account\n    fieldMappings:\n      - identifier: FullName\n        columnName: Who"),
            ("version", "version: 1.0.0"), ("kind", "kind: Scheduled"),
        ]
        return lines.compactMap { changes[$0.key] ?? $0.text }.joined(separator: "\n") + "\n"
    }

    @Test("All that a document says")
    func whole() throws {
        let set = ruleSet(Self.rule())
        let query = try #require(set.queries.first), rule = query.rule
        #expect(set.rules.isEmpty && set.refusals == [] && set.skipped == [])
        #expect([rule.id, rule.title, rule.description, rule.level.rawValue] == ["r1", "A rule", "What it means.", "high"])
        #expect(rule.attack == ["T1098", "T1110.003"] && query.tactics == ["Persistence"])
        #expect(rule.isQuery && rule.place == Place(file: "a.yml", line: 1))
        #expect(query.query == "\nOkta_CL\n| count\n")
        #expect([query.frequency, query.period] == [3600, 86_400] && !query.isContinuous)
        #expect(query.trigger.comparison == .greater && query.trigger.threshold == 2)
        #expect(query.entities.map(\.type) == ["Account"] && query.entities[0].fields.map(\.column) == ["Who"])
        #expect(query.place(ofLine: 2) == Place(file: "a.yml", line: 17))
    }

    @Test("The line of a query that is no literal block is that of its beginning", arguments: [
        "query: Okta_CL | count", "query: 'Okta_CL\n\n  | count'", "query: >\n  Okta_CL\n  | count",
    ])
    func folded(text: String) throws {
        let query = try #require(ruleSet(Self.rule(["query": text])).queries.first)
        #expect(query.place(ofLine: 1).line == 15 && query.place(ofLine: 7).line == 15)
    }

    @Test("Spans of time", arguments: [
        ("5m", 300), ("1h", 3600), ("1H", 3600), ("14d", 1_209_600), ("2w", 1_209_600), ("1d12h", 129_600), ("PT1H", 3600),
        ("P1D", 86_400), ("P1DT12H30M", 131_400), ("PT300S", 300), ("P2W", 1_209_600), ("pt5m", 300),
    ])
    func spans(text: String, seconds: Int) {
        let set = ruleSet(Self.rule(["queryPeriod": "queryPeriod: \(text)", "queryFrequency": "queryFrequency: 5m"]))
        #expect(set.queries.map(\.period) == [seconds], "\(set.refusalLines)")
    }

    @Test("Refused, with the line", arguments: [
        ("queryPeriod", "queryPeriod: P10000D", "a.yml:7: `queryPeriod` is `P10000D`, and Sentinel has five minutes to fourteen days"),
        ("queryPeriod", "queryPeriod: PT0S", "a.yml:7: `queryPeriod` is `PT0S`, and Sentinel has five minutes to fourteen days"),
        ("queryPeriod", "queryPeriod: 0d", "a.yml:7: `queryPeriod` is `0d`, and Sentinel has five minutes to fourteen days"),
        ("queryPeriod", "queryPeriod: -1d", "a.yml:7: `-1d` is no span of time"),
        ("queryPeriod", "queryPeriod: P1M", "a.yml:7: `P1M` is no span of time"),
        ("queryPeriod", "queryPeriod: P", "a.yml:7: `P` is no span of time"),
        ("queryPeriod", "queryPeriod: PT", "a.yml:7: `PT` is no span of time"),
        ("queryPeriod", "queryPeriod: 1m1h", "a.yml:7: `1m1h` is no span of time"),
        ("queryPeriod", "queryPeriod: 99999999999999999999d", "a.yml:7: `99999999999999999999d` is no span of time"),
        ("queryPeriod", "queryPeriod: 99999999d", "a.yml:7: `queryPeriod` is `99999999d`, and Sentinel has five minutes to fourteen days"),
        ("queryPeriod", "queryPeriod: [1h]", "a.yml:7: `a list` is no span of time"),
        ("queryPeriod", "queryPeriod: 10m", "a.yml:7: the rule looks back for less time than lies between its runs, and would miss events"),
        ("queryPeriod", nil, "a.yml:1: the rule has no `queryPeriod`"),
        ("triggerOperator", "triggerOperator: more", "a.yml:8: `more` is no comparison"),
        ("triggerThreshold", "triggerThreshold: many", "a.yml:9: `many` is no number of rows"),
        ("triggerThreshold", "triggerThreshold: -1", "a.yml:9: `-1` is no number of rows"),
        ("triggerThreshold", nil, "a.yml:8: the rule does not say how many rows make an alert"),
        ("severity", "severity: Terrible", "a.yml:5: `Terrible` is no level"),
        ("query", nil, "a.yml:1: the rule has no query"), ("query", "query:", "a.yml:15: the rule's query is null"),
        ("query", "query: ''", "a.yml:15: the rule's query is empty"), ("query", "query: |\n\n", "a.yml:15: the rule's query is empty"),
        ("query", "query: [a]", "a.yml:15: the rule's query is a list"),
        ("kind", "kind: Fusion", "a.yml:25: the rule is of the kind `Fusion`"),
        ("query", "query: |\n  Okta_CL\n broken: [", "a.yml:17: the YAML cannot be read"),
        ("id", "id: r1\nid: r2", "a.yml:2: the YAML has the key `id` twice, at column 1"),
    ] as [(String, String?, String)])
    func refused(key: String, text: String?, refusal: String) {
        let changes = [key: text.map { .some($0) } ?? Optional<String>.none]
        let set = ruleSet(Self.rule(changes), Self.rule(["id": "id: sound"]))
        #expect(set.refusalLines.count == 1 && set.refusalLines.first?.hasPrefix(refusal) == true, "\(set.refusalLines)")
        #expect(set.queries.map(\.rule.id) == ["sound"])
        #expect(set.refusals.allSatisfy { !$0.remedy.isEmpty })
    }

    @Test("Passed over: queries without a schedule, and rules that fire when nothing is found", arguments: [
        ("id: h\nname: Hunt\nquery: Okta_CL\ntactics: [Persistence]\n", "a.yml:1: `Hunt` is a query for hunting, which no schedule runs"),
        (rule(["triggerOperator": "triggerOperator: lt", "triggerThreshold": "triggerThreshold: 1"]),
         "a.yml:1: `A rule` fires when its query finds nothing, of which no event tells"),
        (rule(["triggerOperator": "triggerOperator: Equal", "triggerThreshold": "triggerThreshold: 0"]),
         "a.yml:1: `A rule` fires when its query finds nothing, of which no event tells"),
    ])
    func skipped(text: String, reason: String) {
        let set = ruleSet(text)
        #expect(set.queries.isEmpty && set.refusals == [])
        #expect(set.skipped.map { "\($0.place.map(\.description) ?? ""): \($0.problem)" } == [reason])
    }

    @Test("One id is one rule, of whatever kind; rules are chosen by id and by name")
    func chosen() {
        let sigma = sigmaRule("s: {eventType: x}\ncondition: s")
        let set = ruleSet(Self.rule(), sigma, Self.rule(["id": "id: test"]), Self.rule(["id": "id: r2", "name": "name: Other"]))
        #expect(set.refusalLines == ["c.yml:1: the rule `A rule` has the id `test` of the rule at b.yml:1"])
        #expect(set.queries.map(\.rule.id) == ["r1", "r2"] && set.rules.map(\.id) == ["test"])
        let some = set.reporting { $0.name == "Other" }
        #expect(some.queries.map(\.rule.id) == ["r2"] && some.reported.isEmpty)
    }

    @Test("Near-real-time rules need no times and no trigger")
    func continuous() throws {
        let set = ruleSet("id: n\nname: N\nkind: NRT\nquery: Okta_CL\n")
        let query = try #require(set.queries.first)
        #expect(query.isContinuous && query.period == 300 && query.trigger.holds(1) && !query.trigger.holds(0))
        #expect(query.rule.level == .medium)
    }
}
