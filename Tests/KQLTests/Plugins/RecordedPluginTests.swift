import JSON
import Testing

@testable import KQL

@Suite(
    "Plugins give what the real engine gave",
    .enabled(if: RecordedAnswers.all != nil, "the answers are not beside the repository"))
struct RecordedPluginTests {
    @Test("Every recorded answer of a plugin over rows that are written out")
    func answers() throws {
        var compared = 0
        for answer in RecordedAnswers.all ?? [] where answer.query.contains("evaluate") {
            let result: (columns: [String], rows: [[String]])
            do { result = try PluginRun.result(answer.query) } catch { continue }
            compared += 1
            #expect(result.columns == answer.columns.map { "\($0.name):\($0.type)" }, "\(answer.id)")
            let expected = answer.rows.map { $0.map { $0.string ?? $0.text } }
            #expect(result.rows == expected, "\(answer.id)")
        }
        #expect(compared >= 4, "only \(compared) answers were compared")
    }
}
