import Foundation
import JSON
import Tables
import Testing

/// One line of `Fixtures/hunting`: see the README there.
struct HuntQuestion: Sendable, CustomTestStringConvertible {
    let id: String
    let question: String
    /// What a refusal must name; `nil` where the question is to be answered.
    let understood: [String]?
    let from: Timestamp
    let until: Timestamp
    let shapes: [String]
    let top: Int
    let over: Int
    let alternatives: [Alternative]
    /// The only tables at hand; all of them where empty.
    let tables: [String]
    /// Words that no query need understand, but that must not be passed over in silence.
    let unused: [String]

    struct Alternative: Sendable {
        let table: String
        let conditions: [(column: String, operation: String, value: JSONValue)]
        let with: [(column: String, value: JSONValue)]
        let by: [String]
        let of: String?
    }

    var testDescription: String { "\(id) \(question)" }

    /// 2025-11-12T03:04:00Z, a Wednesday.
    static let now = Timestamp("2025-11-12T03:04:00Z") ?? Timestamp(ticks: 0)

    init?(_ json: JSONValue) {
        guard let id = json["id"]?.string, let question = json["question"]?.string else { return nil }
        self.id = id
        self.question = question
        understood = json["refuse"]?.bool == true ? json["understood"]?.strings ?? [] : nil
        from = json["from"]?.string.flatMap { Timestamp($0) } ?? Self.now
        until = json["until"]?.string.flatMap { Timestamp($0) } ?? Self.now
        shapes = (json["shape"]?.string ?? "rows").split(separator: "|").map(String.init)
        top = Int(json["top"]?.integer ?? 10)
        over = Int(json["over"]?.integer ?? 0)
        alternatives = (json["alternatives"]?.array ?? []).map(Alternative.init)
        tables = json["tables"]?.strings ?? []
        unused = json["unused"]?.strings ?? []
    }

    static func read(_ name: String) -> [HuntQuestion] {
        let tests = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        let url = tests.appending(path: "../../Fixtures/hunting/\(name)").standardizedFileURL
        let text = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").compactMap {
            (try? JSONValue(parsing: String($0))).flatMap(HuntQuestion.init)
        }
    }
}

extension HuntQuestion.Alternative {
    init(_ json: JSONValue) {
        table = json["table"]?.string ?? ""
        conditions = (json["conditions"]?.array ?? []).compactMap { condition in
            guard let parts = condition.array, parts.count == 3, let column = parts[0].string,
                let operation = parts[1].string
            else { return nil }
            return (column, operation, parts[2])
        }
        with = (json["with"]?.members ?? []).map { ($0.key, $0.value) }
        by = json["by"]?.strings ?? []
        of = json["of"]?.string
    }
}
