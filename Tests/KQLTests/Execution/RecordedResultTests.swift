import Foundation
import JSON
import Tables
import Testing

@testable import KQL

@Suite("Answers of the real engine", .enabled(if: !RecordedResults.all.isEmpty))
struct RecordedResultTests {
    @Test("Each recorded query gives the engine's columns and rows, or is refused by name")
    func answers() {
        var right = 0
        var rightOutsideGeo = 0
        var refused: [String] = []
        for answer in RecordedResults.all {
            do throws(KQLFault) {
                let result = try QueryEngine(tables: [], now: RecordedResults.now).run(answer.query)
                let difference = answer.difference(from: result)
                #expect(difference == nil, "\(answer.id): \(difference ?? "")")
                right += difference == nil ? 1 : 0
                rightOutsideGeo += difference == nil && !answer.isAboutGeography ? 1 : 0
            } catch {
                refused.append(answer.id)
                print("  \(error.code) \(answer.id): \(error.message)")
            }
        }
        let outsideGeo = RecordedResults.all.filter { !$0.isAboutGeography }.count
        print("KQL: \(right) of \(RecordedResults.all.count) answers are the engine's;")
        print("  without geo functions \(rightOutsideGeo) of \(outsideGeo)")
        let pages = refused.reduce(into: [:]) { $0[String($1.dropLast(3)), default: 0] += 1 }
        #expect(pages == RefusedResults.pages)
        // At least 97 % of those that ask for no geography.
        #expect(rightOutsideGeo * 100 >= outsideGeo * 97)
    }
}

/// A recorded query and what the engine answered.
struct RecordedResult {
    let id: String
    let query: String
    let columns: [String]
    let rows: [[JSONValue]]
    let isOrdered: Bool

    var isAboutGeography: Bool { query.contains("geo_") }

    /// What is wrong with a result; `nil` where it is the engine's. Rows are a bag unless they are ordered.
    func difference(from result: QueryResult) -> String? {
        let names = result.columns.map { "\($0.name):\($0.type)" }
        guard names == columns else { return "columns \(names) are not \(columns)" }
        let own = (0..<result.count).map { row in columns.indices.map { result.json(row: row, column: $0) } }
        guard own.count == rows.count else { return "\(own.count) rows are not \(rows.count): \(own.prefix(3))" }
        let pairs = isOrdered ? Array(zip(own, rows)) : Array(zip(sorted(own), sorted(rows)))
        for (own, other) in pairs where !zip(own, other).allSatisfy(isSame) {
            return "\(own) is not \(other)"
        }
        return nil
    }

    private func sorted(_ rows: [[JSONValue]]) -> [[JSONValue]] {
        rows.map { ($0, $0.map(key).joined(separator: "\u{1}")) }.sorted { $0.1 < $1.1 }.map(\.0)
    }

    /// Numbers by nine digits, and arrays without their order.
    private func key(_ value: JSONValue) -> String {
        switch value {
        case .number(let number): String(format: "%.9g", number)
        case .integer(let number): String(format: "%.9g", Double(number))
        case .array(let elements): "[" + elements.map(key).sorted().joined(separator: ",") + "]"
        case .object(let members):
            "{" + members.map { "\($0.key):\(key($0.value))" }.sorted().joined(separator: ",") + "}"
        default: "\(value)"
        }
    }

    private func isSame(_ own: JSONValue, _ other: JSONValue) -> Bool {
        switch (own, other) {
        case (.array(let own), .array(let others)):
            guard own.count == others.count else { return false }
            if zip(own, others).allSatisfy(isSame) { return true }
            let isSet = query.contains("set") || query.contains("make_bag")
            return isSet && own.map(key).sorted() == others.map(key).sorted()
        case (.object(let own), .object(let others)):
            return own.count == others.count
                && own.allSatisfy { member in
                    others.contains { $0.key == member.key && isSame(member.value, $0.value) }
                }
        default:
            if own == other { return true }
            guard let own = own.double, let other = other.double else { return false }
            return abs(own - other) <= 1e-9 * max(abs(own), abs(other))
        }
    }
}

enum RecordedResults {
    /// When the answers were recorded does not matter to those that were kept.
    static let now = Timestamp(ticks: 17_356_896_000_000_000)

    static let all: [RecordedResult] = {
        let tests = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        let url = tests.appending(path: "../../../../shared/kql/cases.ndjson").standardizedFileURL
        guard let text = try? String(contentsOf: url, encoding: .utf8) else { return [] }
        return text.split(separator: "\n").compactMap { line in
            guard let row = try? JSONValue(parsing: String(line)), let id = row["id"]?.string,
                let query = row["query"]?.string, let columns = row["columns"]?.array, let rows = row["rows"]?.array
            else { return nil }
            return RecordedResult(
                id: id, query: query,
                columns: columns.map { "\($0["name"]?.string ?? ""):\($0["type"]?.string ?? "")" },
                rows: rows.map { $0.array ?? [] }, isOrdered: row["ordered"]?.bool ?? false)
        }
    }()
}
