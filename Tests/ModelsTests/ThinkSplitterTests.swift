import Testing

@testable import Models

@Suite struct ThinkSplitterTests {
    @Test(
        arguments: [
            ("plain", "plain", ""),
            ("", "", ""),
            ("  plain", "  plain", ""),
            ("<think>why</think>because", "because", "why"),
            ("\n <think>why</think>\n\nbecause", "because", "why"),
            ("<think>a < b </thin</think>x", "x", "a < b </thin"),
            ("<think></think>x", "x", ""),
            ("<think>never ends", "", "never ends"),
            ("<thinking>no</thinking>", "<thinking>no</thinking>", ""),
            ("<thi", "<thi", ""),
            ("a <think>late</think>", "a <think>late</think>", ""),
            ("<think>one</think><think>two</think>", "<think>two</think>", "one"),
        ], [1, 2, 5, 1000])
    func split(row: (text: String, visible: String, reasoning: String), size: Int) {
        var splitter = ThinkSplitter(), whole = ThinkSplitter.Output(), rest = row.text[...]
        while !rest.isEmpty {
            let output = splitter.consume(String(rest.prefix(size)))
            rest = rest.dropFirst(size)
            whole.visible += output.visible
            whole.reasoning += output.reasoning
        }
        let last = splitter.finish()
        #expect(whole.visible + last.visible == row.visible)
        #expect(whole.reasoning + last.reasoning == row.reasoning)
    }
}
