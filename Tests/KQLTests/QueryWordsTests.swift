import Testing

@testable import KQL

/// What completion offers, word by word.
@Suite struct QueryWordsTests {
    @Test(arguments: [
        ("where", true), ("summarize", true), ("project-away", true), ("mv-expand", true), ("take", true),
        // Only at the beginning of a query, an older spelling, and what is refused.
        ("print", false), ("mvexpand", false), ("graph-match", false), ("wher", false),
    ])
    func operators(_ word: String, _ isOffered: Bool) { #expect(QueryWords.operators.contains(word) == isOffered) }

    @Test(arguments: [
        ("print", true), ("let", true), ("union", true), ("range", true), ("where", false), ("macro-expand", false),
    ])
    func beginnings(_ word: String, _ isOffered: Bool) { #expect(QueryWords.beginnings.contains(word) == isOffered) }

    @Test(arguments: [
        (QueryWords.functions, "tolower"), (QueryWords.functions, "ago"), (QueryWords.aggregations, "dcount"),
        (QueryWords.aggregations, "count"), (QueryWords.comparisons, "has_any"), (QueryWords.comparisons, "between"),
    ])
    func words(_ words: [String], _ word: String) { #expect(words.contains(word)) }

    @Test(arguments: [
        QueryWords.operators, QueryWords.beginnings, QueryWords.functions, QueryWords.aggregations,
        QueryWords.comparisons,
    ])
    func everyListIsSortedAndSaysNothingTwice(_ words: [String]) {
        #expect(words == Array(Set(words)).sorted())
    }

    @Test(arguments: QueryWords.operators)
    func everyOperatorIsKnownToTheParser(_ word: String) {
        let fault = #expect(throws: KQLFault.self) { try Query.parse("T | \(word) )") }
        #expect(fault?.message.contains("unknown operator") == false, "\(word)")
    }
}
