import Investigation
import Testing

@testable import Shell

/// What Tab offers inside a query.
@Suite struct QueryCompletionTests {
    private let completion = QueryCompletion(
        tables: [("OktaSystemLog", ["uuid", "eventType", "actor_id", "outcome_result"]), ("Risks", ["user", "risk"])],
        saved: ["daily"])

    private func candidates(_ query: String) -> [String] { completion.complete(query, line: query).candidates }

    @Test(arguments: [
        ("Okta", ["OktaSystemLog"]), ("okta", ["OktaSystemLog"]), ("@", ["@daily"]), ("pri", ["print"]),
        ("sav", ["save"]),
        ("OktaSystemLog | whe", ["where"]), ("OktaSystemLog |su", ["summarize"]),
        ("OktaSystemLog | project-a", ["project-away"]),
        ("OktaSystemLog\n| take 5\n| exte", ["extend"]),
        ("OktaSystemLog | where event", ["eventType"]), ("OktaSystemLog | where EVENTT", ["eventType"]),
        // The columns of tables that are named, and of no others.
        ("OktaSystemLog | where ris", []), ("OktaSystemLog | join (Risks | where ris", ["risk"]),
        ("OktaSystemLog | join kind=inner (Ri", ["Risks"]),
        ("OktaSystemLog | extend place = 1 | where pla", ["place"]), ("let limit_ = 5; Risks | take limi", ["limit_"]),
        ("Risks | where user == limi", []),
        ("Risks | summarize arg_mi", ["arg_min"]), ("Risks | where arg_mi", []),
        ("Risks | where user endswi", ["endswith", "endswith_cs"]), ("Risks | extend tolowe", ["tolower"]),
        ("Risks | where user startsw", ["startswith", "startswith_cs"]),
        ("Risks | where user == \"ris", []), ("Risks | where user == 'a|b' and ris", ["risk"]),
        ("let x = Okt", ["OktaSystemLog"]), ("Risks; Okt", ["OktaSystemLog"]),
    ])
    func words(_ query: String, _ expected: [String]) { #expect(candidates(query) == expected) }

    /// Where nothing is written yet, what is likely.
    @Test func atABlank() {
        #expect(candidates("Risks | where ") == ["user", "risk"])
        #expect(candidates("Risks | ").contains("summarize"))
        #expect(candidates("").starts(with: ["OktaSystemLog", "Risks"]))
        #expect(candidates("Risks | summarize ").contains("count"))
    }

    @Test(arguments: [
        ("Risks | extend tolow", 15, "("), ("Risks | where us", 14, " "), ("Risks | wher", 8, " "),
        ("Risks | summarize dcountif", 18, "("),
    ])
    func whatFollows(_ query: String, _ start: Int, _ suffix: String) {
        let completion = completion.complete(query, line: query)
        #expect(completion.wordStart == start && completion.suffix == suffix)
    }

    /// On a later line the word begins in that line.
    @Test func onALaterLine() {
        let completion = completion.complete("Risks |\nwhere us", line: "where us")
        #expect(completion.candidates == ["user"] && completion.wordStart == 6)
    }
}

/// Where the shell takes a line for a query.
@Suite struct QueryLineCompletionTests {
    private func candidates(_ line: String, after earlier: String = "") -> [String] {
        var completer = Completer(state: .init(), sessions: "")
        completer.earlierLines = earlier
        return completer.complete(CompletionRequest(line: line, cursor: line.count)).candidates
    }

    @Test(arguments: [
        ("kql OktaSys", "", ["OktaSystemLog"]), ("kql --format json OktaSys", "", ["OktaSystemLog"]),
        ("kql --bat", "", ["--batch"]),
        ("| whe", "kql OktaSystemLog", ["where"]), ("whe", "kql OktaSystemLog |", ["where"]),
        ("where outcome_res", "kql OktaSystemLog |", ["outcome_result"]), ("kqlx Okta", "", []), ("kq", "", ["kql"]),
    ] as [(String, String, [String])])
    func lines(_ line: String, _ earlier: String, _ expected: [String]) {
        #expect(candidates(line, after: earlier) == expected)
    }
}
