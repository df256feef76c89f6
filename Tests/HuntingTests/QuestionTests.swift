import Foundation
import Testing

@testable import Hunting

@Suite("Questions of analysts, answered by the built-in analyst")
struct QuestionTests {
    @Test("Of the questions that were frozen before the grammar was written, four in five are asked rightly")
    func frozen() { check("questions-frozen.ndjson", 100, atLeast: 80) }

    @Test("Of the questions that were written with it, four in five are asked rightly")
    func others() { check("questions.ndjson", 100, atLeast: 80) }

    @Test("Of the questions that the grammar had not seen when they were written, and learnt from since")
    func unseen() { check("questions-unseen.ndjson", 187, atLeast: 180, silentAtMost: 2) }

    @Test("Of the questions that were written afterwards, three in four: 45 of 60 when they were first asked")
    func heldOut() { check("questions-heldout.ndjson", 60, atLeast: 43, silentAtMost: 7) }

    @Test("Of a second such file, written later, four in five: 42 of 50 when they were first asked")
    func heldOutAgain() { check("questions-heldout-2.ndjson", 50, atLeast: 40, silentAtMost: 2) }

    /// - Parameter silentAtMost: Questions that may be answered wrongly without a word that something was left out.
    private func check(_ file: String, _ count: Int, atLeast floor: Int, silentAtMost limit: Int = 5) {
        let questions = HuntQuestion.read(file)
        #expect(questions.count == count)
        var right = 0
        var silent = 0
        for question in questions {
            let verdict = QuestionCheck(question: question).verdict()
            switch verdict {
            case .right: right += 1
            case .silent: silent += 1
            default: break
            }
            if isShown, let fault = verdict.fault { print("✗ \(question.testDescription)\n  \(fault)") }
        }
        if isShown { print("\(file): \(right) of \(questions.count), \(silent) wrong in silence") }
        #expect(right >= floor && silent <= limit, "\(right) right, \(silent) wrong in silence")
    }

    private var isShown: Bool { ProcessInfo.processInfo.environment["SHOW"] != nil }
}
