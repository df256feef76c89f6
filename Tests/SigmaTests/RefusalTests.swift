import Diagnostics
import Sigma
import Testing

/// The rules of a text, the rest of which are refused.
@Suite("A rule that cannot be understood is refused with file, line and reason; the others run")
struct RefusalTests {
    @Test("Sigma rules", arguments: [
        ("s: {a|like: x}\ncondition: s", "a.yml:6: `like` is no modifier of Sigma"),
        ("s: {a|re|base64: x}\ncondition: s", "a.yml:6: `|base64` does not go with `|re`"),
        ("s: {a|re|cidr: x}\ncondition: s", "a.yml:6: `|cidr` does not go with `|re`"),
        ("s: {a|contains|i: x}\ncondition: s", "a.yml:6: `|i` needs `|re` before it"),
        ("s: {a|lt|exists: x}\ncondition: s", "a.yml:6: `|exists` does not go with `|lt`"),
        ("s: {a|i: x}\ncondition: s", "a.yml:6: `|i` needs `|re` before it"),
        ("s: {a|lt|contains: 1}\ncondition: s", "a.yml:6: `|contains` does not go with `|lt`"),
        ("s: {'|cidr': 10.0.0.0/8}\ncondition: s", "a.yml:6: `|cidr` needs a field"),
        ("s:\n    a: b\n    c|gt: much\ncondition: s", "a.yml:8: `much` is no number"),
        ("s: {a|cidr: 10.0.0.0/33}\ncondition: s", "a.yml:6: `10.0.0.0/33` is no network"),
        ("s: {a|cidr: example.com}\ncondition: s", "a.yml:6: `example.com` is no network"),
        ("s: {a|exists: maybe}\ncondition: s", "a.yml:6: `|exists` has `maybe` beside it"),
        ("s: {a|re: '('}\ncondition: s", "a.yml:6: the regular expression does not compile: missing ): ("),
        ("s: {a|re: '(?=x)'}\ncondition: s", "a.yml:6: the regular expression does not compile: invalid perl operator: (?="),
        ("s: {a|base64: 'x*'}\ncondition: s", "a.yml:6: a text with wildcards has no Base64"),
        ("s: {a|contains|base64: x}\ncondition: s", "a.yml:6: a text with wildcards has no Base64"),
        ("s: {a|base64: ''}\ncondition: s", "a.yml:6: an empty text has no Base64"),
        ("s: {a|contains: null}\ncondition: s", "a.yml:6: null is no text, number or address"),
        ("s: {a|hour: noon}\ncondition: s", "a.yml:6: `noon` is no number"),
        ("s: {a|fieldref: ''}\ncondition: s", "a.yml:6: `|fieldref` names no field"),
        ("s: {a|windash: '-a -b -c -d -e -f'}\ncondition: s", "a.yml:6: a value stands for more than 1000 texts"),
        ("s: {a|expand: '%Nobody%'}\ncondition: s",
         "a.yml:6: the placeholder `%Nobody%` has no values, and the rule means nothing without them"),
        ("s: {a|contains|expand: 'x%Empty%'}\ncondition: s",
         "a.yml:6: the placeholder `%Empty%` has no values, and the rule means nothing without them"),
        ("s: {a: []}\ncondition: s", "a.yml:6: `a` has an empty list of values"),
        ("s: {a: {b: c}}\ncondition: s", "a.yml:6: `a` has a map where a value belongs"),
        ("s: {a: [[b]]}\ncondition: s", "a.yml:6: `a` has a list where a value belongs"),
        ("s: {}\ncondition: s", "a.yml:6: a selection is empty"),
        ("s: []\ncondition: s", "a.yml:6: a selection is empty"),
        ("s: {a: b}", "a.yml:6: the rule has no condition"),
        ("s: {a: b}\ncondition: ''", "a.yml:7: the condition ends where a selection belongs"),
        ("s: {a: b}\ncondition: t", "a.yml:7: the condition names the selection `t`, which there is not, at column 1"),
        ("s: {a: b}\ncondition: s and", "a.yml:7: the condition ends where a selection belongs"),
        ("s: {a: b}\ncondition: s s", "a.yml:7: the condition has `s` where `and` or `or` belongs, at column 3"),
        ("s: {a: b}\ncondition: (s", "a.yml:7: the condition has a bracket that is not closed, at column 1"),
        ("s: {a: b}\ncondition: s)", "a.yml:7: the condition has `)` where `and` or `or` belongs, at column 2"),
        ("s: {a: b}\ncondition: 2 of them", "a.yml:7: the condition counts `2 of`, at column 1"),
        ("s: {a: b}\ncondition: 1 of x*", "a.yml:7: the condition has `x*`, which is the name of no selection, at column 6"),
        ("s: {a: b}\ncondition: s | count() > 5",
         "a.yml:7: the condition has `|`, at column 3; Sigma 2 has no aggregations in conditions"),
    ])
    func sigma(detection: String, refusal: String) {
        let rules = ruleSet(sigmaRule(detection), sigmaRule("s: {a: b}\ncondition: s"), placeholders: ["Empty": []])
        #expect(rules.refusalLines == [refusal])
        #expect(rules.rules.count == 1)
        #expect(rules.refusals.allSatisfy { !$0.remedy.isEmpty })
    }

    @Test("Documents", arguments: [
        ("title: x\n", "a.yml:1: the document is no rule: it has neither `detection` nor `correlation` nor `query`"),
        ("- a\n- b\n", "a.yml:1: the document is a list, not a rule"),
        ("just text", "a.yml:1: the document is a single value, not a rule"),
        ("", "a.yml: the file has no rule"),
        ("# only a comment\n", "a.yml: the file has no rule"),
        ("title: x\nlogsource: {product: okta}\n", "a.yml:1: the rule has no `detection`"),
        ("title: x\nlevel: sever\nlogsource: {product: okta}\ndetection: {s: {a: b}, condition: s}", "a.yml:2: `sever` is no level"),
        ("title: x\nfilter: {rules: [a]}\n", "a.yml:1: the document has `filter`, which is not read"),
        ("action: global\ntitle: x\n", "a.yml:1: the document has `action`, which is not read"),
        ("title: x\ndetection: {okta_systemlog: {OIE: eventType equals 1}}",
         "a.yml:2: the filter has `equals` where an operator belongs, at column 11"),
        (#"{"file": "x.yml", "filter": "eventType eq"}"#, "a.yml:1: the filter ends where a value belongs, at column 13"),
        (#"{"file": "x.yml"}"#, "a.yml:1: the line has no `file` and `filter`"),
        (#"{"file": "x.yml", "#, "a.yml:1: the JSON needs a key in quotes, at byte 18"),
    ])
    func documents(text: String, refusal: String) {
        let rules = ruleSet(text)
        #expect(rules.refusalLines == [refusal])
        #expect(rules.rules.isEmpty && rules.refusals.allSatisfy { !$0.remedy.isEmpty })
    }

    @Test("Of several documents each stands for itself, up to one that is no YAML")
    func neighbours() {
        let good = { (id: String) in sigmaRule("s: {a: b}\ncondition: s").replacing("id: test", with: "id: \(id)") }
        let bad = sigmaRule("s: {a|like: b}\ncondition: s")
        let rules = ruleSet([good("one"), bad, good("two"), "a: [", good("three")].joined(separator: "---\n"))
        #expect(rules.rules.map(\.id) == ["one", "two"])
        #expect(rules.refusalLines == [
            "a.yml:14: `like` is no modifier of Sigma",
            "a.yml:26: the YAML cannot be read: did not find expected ',' or ']', at column 6",
        ])
    }

    @Test("Lines of filters stand for themselves")
    func filterLines() {
        let rules = ruleSet("\(filterRule("a eq"))\n\n{\"file\": \"folder/b.c.yml\", \"filter\": \"eventType pr\"}\nnonsense\n")
        #expect(rules.rules.map(\.id) == ["b.c"])
        #expect(rules.refusalLines.map { $0.prefix(8) } == ["a.yml:1:", "a.yml:4:"])
    }

    @Test("Two rules of one id: the first runs; a file that is named twice is read once")
    func sameID() {
        let rule = sigmaRule("s: {a: b}\ncondition: s")
        let rules = ruleSet(rule, rule)
        #expect(rules.rules.count == 1)
        #expect(rules.refusalLines == ["b.yml:1: the rule `Test` has the id `test` of the rule at a.yml:1"])
        let text = RuleText(name: "a.yml", bytes: Array(rule.utf8))
        #expect(RuleSet([text, text]).refusals == [])
    }

    @Test("Rules for other logs are skipped, and said to be", arguments: [
        ("product: windows", "product windows"), ("product: okta\n    service: sshd", "service sshd"),
        ("service: o365", "service o365"), ("product: okta\n    service: okta", nil), ("product: OKTA", nil),
        ("category: authentication", nil),
    ] as [(String, String?)])
    func otherLogs(logSource: String, reason: String?) {
        let rules = ruleSet("title: T\nlogsource:\n    \(logSource)\ndetection:\n    s: {a: b}\n    condition: s\n")
        #expect(rules.refusals == [] && rules.rules.isEmpty == (reason != nil))
        #expect(rules.skipped.map(\.problem) == (reason.map { ["the rule `T` is for \($0), not for Okta's log"] } ?? []))
        #expect(rules.skipped.allSatisfy { $0.place?.line == 1 })
    }

    @Test("Messages stay short and visible, whatever the rule holds")
    func hostileNames() {
        let name = "\u{1B}[31m" + String(repeating: "x", count: 10_000)
        let escaped = "\\e[31m" + String(repeating: "x", count: 10_000)
        for text in [
            sigmaRule("s: {\"a|\(escaped)\": b}\ncondition: s"), sigmaRule("s: {a: b}\ncondition: \"\(escaped)\""),
            sigmaRule("s: {a|gt: \"\(escaped)\"}\ncondition: s"), filterRule("eventType eq \(name)"),
            filterRule("eventType \(name.dropFirst()) 1"),
        ] {
            let rules = ruleSet(text)
            #expect(rules.refusals.count == 1)
            #expect(rules.refusals.allSatisfy { $0.rendered.utf8.count < 600 && !$0.rendered.contains("\u{1B}") })
        }
    }
}
