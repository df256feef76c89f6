import Testing

@testable import Pipeline

@Suite("A source")
struct SourceTests {
    static let forms: [(source: Source, description: String, words: String)] = [
        (.rules, "rules", "built-in analyst"),
        (.model("gpt-oss-20b"), "model:gpt-oss-20b", "model gpt-oss-20b"),
        (.fallback("it timed out"), "rules: it timed out", "model unavailable: it timed out"),
    ]

    @Test("is written as the contract has it, and read back", arguments: forms)
    func isWritten(source: Source, description: String, words: String) {
        #expect(source.description == description)
        #expect(source.words == words)
        #expect(Source(description) == source)
    }

    @Test("is nothing else", arguments: ["", "rule", "model", "Rules", "rules:"])
    func others(text: String) { #expect(Source(text) == nil) }
}
