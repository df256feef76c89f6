import Testing

@testable import KQL

/// The refusals of the engine in which the parser's answer is of another family, and why. It only shrinks.
private let disagreements = [
    "laerr-1068": "the engine says SYN of a regular expression that is ill-formed, which the binder checks",
    "laerr-1069": "the same",
    "laerr-0730": "the same: a look-behind",
]

@Suite("Queries that the real engine has answered or refused", .enabled(if: !RecordedQueries.answered.isEmpty))
struct RecordedQueryTests {
    @Test(
        "What the engine answers is parsed; printed and parsed again it is the same",
        arguments: RecordedQueries.answered)
    func answered(row: RecordedQuery) throws {
        let query = try Query.parse(row.query)
        let again = try Query.parse(query.description)
        #expect(again.description == query.description)
    }

    @Test("What the engine could not parse is refused for its syntax, and what it could is not")
    func refused() {
        let coded = RecordedQueries.refused.filter { $0.code != nil }
        let others = coded.filter {
            ($0.code?.hasPrefix("SYN") ?? false) != (fault(of: $0)?.code.hasPrefix("SYN") ?? false)
        }
        let syntax = coded.filter { $0.code?.hasPrefix("SYN") ?? false }
        print(
            "KQL syntax: \(coded.count - others.count) of \(coded.count) refusals agree; \(syntax.count) are of syntax"
        )
        #expect(others.map(\.id).sorted() == disagreements.keys.sorted())
        #expect(coded.count > 300 && syntax.count > 100)
    }

    @Test("Errors stand where the engine sees them, in 105 of 120 queries at least")
    func places() {
        let placed = RecordedQueries.refused.compactMap { row in row.place.map { (row: row, place: $0) } }
        let equal = placed.filter { row, place in
            fault(of: row).map { $0.span.place(in: row.query) }.map { [$0.line, $0.column] == place } ?? false
        }
        print("KQL syntax: \(equal.count) of \(placed.count) errors stand where the engine's do")
        #expect(equal.count >= min(105, placed.count))
    }

    private func fault(of row: RecordedQuery) -> KQLFault? {
        do throws(KQLFault) { _ = try Query.parse(row.query) } catch { return error }
        return nil
    }
}

extension RecordedQuery {
    /// The line and column that the engine names.
    fileprivate var place: [Int]? {
        message?.firstMatch(of: /on line \[(\d+),(\d+)\]/).map { [Int($0.1) ?? 0, Int($0.2) ?? 0] }
    }
}
