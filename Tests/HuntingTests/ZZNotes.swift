import Foundation
import Testing
@testable import Hunting
@Suite struct ZZNotes {
    @Test func dump() {
        guard let path = ProcessInfo.processInfo.environment["NOTES"] else { return }
        if path == "ask" {
            let text = (try? String(contentsOfFile: "/tmp/asking/ask.txt", encoding: .utf8)) ?? ""
            for line in text.split(separator: "\n") {
                print("» \(line)")
                do { let d = try HuntGrammar(catalog: QuestionCheck.catalog).draft(String(line))
                    print(d.intent.words, "\n  ", d.intent.notes, "\n  ", d.intent.range.shown, "\n", d.query.split(separator: "\n").filter{!$0.contains("project ") && !$0.contains("where TimeGenerated")}.joined(separator: "\n"))
                } catch { print("  REFUSED", error) }
            }
            return
        }
        for file in ["questions.ndjson", "questions-frozen.ndjson", "questions-unseen.ndjson"] {
            for q in HuntQuestion.read(file) where q.understood == nil {
                guard let d = try? HuntGrammar(catalog: QuestionCheck.catalog).draft(q.question) else { continue }
                let n = d.intent.notes.filter { $0.hasPrefix("not used") || $0.hasPrefix("not understood") }
                if !n.isEmpty { print("§ \(q.id) \(q.question)\n     \(n)") }
            }
        }
    }
}
