import Foundation
import JSON

@testable import KQL

/// The recorded answers of the real engine that lie beside the repository, or `nil` where they are not.
enum RecordedAnswers {
    struct Answer: Sendable {
        let id: String
        let query: String
        let columns: [(name: String, type: String)]
        let rows: [[JSONValue]]
    }

    static let all: [Answer]? = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let file = root.appending(path: "../shared/kql/cases.ndjson")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
        return text.split(separator: "\n").compactMap { line in
            guard let record = try? JSONValue(parsing: String(line)) else { return nil }
            let columns = record["columns"]?.array ?? []
            return Answer(
                id: record["id"]?.string ?? "", query: record["query"]?.string ?? "",
                columns: columns.map { ($0["name"]?.string ?? "", $0["type"]?.string ?? "") },
                rows: (record["rows"]?.array ?? []).map { $0.array ?? [] })
        }
    }()

    /// Equal as the contract compares answers: numbers to a relative 1e-9.
    static func agree(_ left: JSONValue, _ right: JSONValue) -> Bool {
        switch (left, right) {
        case (.array(let left), .array(let right)):
            left.count == right.count && zip(left, right).allSatisfy { agree($0, $1) }
        case (.object(let one), .object(let other)):
            one.count == other.count
                && one.allSatisfy { member in right[member.key].map { agree(member.value, $0) } ?? false }
        case (.integer, _), (.number, _):
            right.double.map { abs($0 - (left.double ?? .nan)) <= 1e-9 * max(abs($0), 1e-300) } ?? false
        default: left == right
        }
    }
}
