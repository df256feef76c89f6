import JSON
import Testing

@testable import KQL

@Suite(
    "Functions give what the real engine gave",
    .enabled(if: RecordedAnswers.all != nil, "the answers are not beside the repository"))
struct RecordedAnswersTests {
    @Test("Every recorded answer that prints constant expressions")
    func answers() throws {
        var compared = 0
        for answer in RecordedAnswers.all ?? [] where answer.rows.count == 1 {
            guard let row = try Self.row(answer) else { continue }
            compared += 1
            let types = answer.columns.map(\.type), own = row.map(\.value.type.rawValue)
            #expect(own == types, "\(answer.id): \(answer.query)")
            for (value, expected) in zip(row.map(\.value.json), answer.rows[0]) {
                #expect(RecordedAnswers.agree(value, expected), "\(answer.id): \(value.text) is not \(expected.text)")
            }
        }
        #expect(compared > 125, "only \(compared) answers were compared")
    }

    /// `nil` for a query that the evaluator does not know.
    private static func row(_ answer: RecordedAnswers.Answer) throws -> [(name: String, value: Scalar)]? {
        do {
            var evaluator = try ExpressionEvaluator(answer.query)
            return try evaluator.row()
        } catch is ExpressionEvaluator.Unsupported {
            return nil
        }
    }
}
