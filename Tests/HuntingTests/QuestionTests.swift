import Foundation
import Testing

@testable import Hunting

@Suite("Questions of analysts, answered by the built-in analyst")
struct QuestionTests {
    @Test("Of the questions that were frozen before the grammar was written, four in five are asked rightly")
    func frozen() { check("questions-frozen.ndjson", atLeast: 80) }

    @Test("Of the questions that were written with it, four in five are asked rightly")
    func others() { check("questions.ndjson", atLeast: 80) }

    private func check(_ file: String, atLeast floor: Int) {
        let questions = HuntQuestion.read(file)
        #expect(questions.count == 100)
        let faults = questions.compactMap { question in QuestionCheck(question: question).fault().map { (question, $0) }
        }
        if ProcessInfo.processInfo.environment["SHOW"] != nil {
            for (question, fault) in faults { print("✗ \(question.testDescription)\n  \(fault)") }
            print("\(file): \(questions.count - faults.count) of \(questions.count)")
        }
        #expect(questions.count - faults.count >= floor)
    }
}
