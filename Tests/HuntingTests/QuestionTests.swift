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
    func unseen() { check("questions-unseen.ndjson", 187, atLeast: 180) }

    @Test("Of the questions that were written afterwards, three in four: 45 of 60 when they were first asked")
    func heldOut() { check("questions-heldout.ndjson", 60, atLeast: 43) }

    private func check(_ file: String, _ count: Int, atLeast floor: Int) {
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
        #expect(right >= floor)
    }

    private var isShown: Bool { ProcessInfo.processInfo.environment["SHOW"] != nil }
}
