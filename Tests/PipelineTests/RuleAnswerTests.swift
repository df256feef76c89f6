import Foundation
import Testing
@testable import Pipeline

@Suite struct RuleAnswerTests {
    @Test func explore() async throws {
        let file = try await DemoCase.solved()
        var out = ""
        for q in try String(contentsOfFile: "/tmp/q2.txt", encoding: .utf8).split(separator: "\n") {
            let t = RuleAnalyst().reply(to: String(q), in: file).text.split(separator: "\n", omittingEmptySubsequences: false)
            out += "        (\n            \"\(q)\",\n            \"\"\"\n" + t.map { "            \($0)\n" }.joined() + "            \"\"\"\n        ),\n"
        }
        try out.write(toFile: "/tmp/rows.txt", atomically: true, encoding: .utf8)
    }
}
