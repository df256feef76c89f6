import Testing

@testable import KQL

@Suite("Columns and refusals of the real engine", .enabled(if: !RecordedQueries.answered.isEmpty))
struct RecordedBindingTests {
    @Test("Answered queries are bound, with the engine's columns and types")
    func answered() {
        var equal = 0
        var faults: [String: [String]] = [:]
        var others: [String] = []
        for row in RecordedQueries.answered {
            do throws(KQLFault) {
                let bound = try bind(row.query, Catalog([:]))
                let columns = bound.columns.map { "\($0.name):\($0.type.rawValue)" }
                if columns == RecordedTables.answers[row.id] {
                    equal += 1
                } else {
                    others.append("\(row.id): \(columns) is not \(RecordedTables.answers[row.id] ?? [])")
                }
            } catch { faults[error.code, default: []].append("\(row.id): \(error.message)") }
        }
        print("KQL binder: columns of \(equal) of \(RecordedQueries.answered.count) answers are the engine's")
        others.forEach { print("  other columns: \($0)") }
        for (code, rows) in faults.sorted(by: { $0.key < $1.key }) { rows.forEach { print("  \(code) \($0)") } }
        // A floor that only rises; the rest needs geo functions.
        #expect(equal >= 258)
        #expect(others.isEmpty)
    }

    @Test("Refused queries are refused, in the engine's family of errors")
    func refused() {
        var equal = 0
        var family = 0
        var others: [String] = []
        var numbers: [String] = []
        // Of syntax only what the parser cannot see: ill-formed patterns.
        let rows = RecordedQueries.refused.filter { $0.code?.hasPrefix("SEM") ?? true || $0.code == "SYN" }
        for row in rows {
            let code = code(of: row.query)
            if let code, code.hasPrefix(row.code?.prefix(3) ?? "S"), !code.hasPrefix("UNS") {
                family += 1
            } else {
                others.append("\(row.id) \(row.code ?? "-") \(row.message ?? ""): \(code ?? "bound")")
            }
            if code == row.code {
                equal += 1
            } else if row.code != nil {
                numbers.append("\(row.id) \(row.message ?? ""): \(fault(of: row.query)?.message ?? "")")
            }
        }
        print("KQL binder: \(family) of \(rows.count) refusals agree, \(equal) with the engine's number")
        others.forEach { print("  not refused: \($0)") }
        numbers.forEach { print("  other number: \($0)") }
        #expect(family >= 228 && equal >= 186)
    }

    @Test("Where the engine names what it does not know, the same name is at fault")
    func names() {
        let named = RecordedQueries.refused.compactMap { row in
            row.message?.firstMatch(of: /(?:named|function:|expression) '([^']+)'/).map { (row, String($0.1)) }
        }
        let others = named.filter { row, name in
            guard let fault = fault(of: row.query) else { return true }
            let start = row.query.utf8.index(row.query.startIndex, offsetBy: fault.span.start)
            let words = String(row.query.utf8[start...].prefix(fault.span.end - fault.span.start)) ?? ""
            return words != name && !fault.message.contains("'\(name)'")
        }
        print("KQL binder: \(named.count - others.count) of \(named.count) faults name what the engine's do")
        for (row, name) in others {
            let message = fault(of: row.query).map { "\($0.code) \($0.message)" } ?? "bound"
            print("  other name: \(row.id) \(row.code ?? "") \(name): \(message)")
        }
        #expect(named.count - others.count >= min(132, named.count))
    }

    private func fault(of query: String) -> KQLFault? {
        do throws(KQLFault) { _ = try bind(query, RecordedTables.catalog) } catch { return error }
        return nil
    }

    private func code(of query: String) -> String? {
        fault(of: query)?.code
    }
}

/// Parses and binds.
func bind(_ text: String, _ catalog: Catalog) throws(KQLFault) -> BoundQuery {
    try Binder(catalog, context: EvaluationContext(now: 0)).bind(try Query.parse(text))
}
