import Diagnostics
import Events
import JSON
import Tables

@testable import Hunting
@testable import KQL

/// Whether the built-in analyst's query for a question asks the right thing: told by the rows that it gives.
struct QuestionCheck {
    let question: HuntQuestion

    static let catalog = HuntCatalog(
        local: HuntCatalog.huntTables.dropLast(2).compactMap { LocalTable(known: $0) } + [.oktaSystemLog(EventTable())],
        now: HuntQuestion.now)

    /// How a question fared.
    enum Verdict {
        case right
        /// Nothing was asked, though it could have been.
        case refused(String)
        /// Something else was asked, and the answer says that words were left out.
        case said(String)
        /// Something else was asked without a word.
        case silent(String)

        /// What is wrong; `nil` when all is right.
        var fault: String? {
            switch self {
            case .right: nil
            case .refused(let text): "refused: \(text)"
            case .said(let text): "said: \(text)"
            case .silent(let text): text
            }
        }
    }

    /// `nil` when all is right; else what is wrong.
    func fault() -> String? { verdict().fault }

    func verdict() -> Verdict {
        let draft: HuntDraft
        do throws(Diagnostic) {
            draft = try HuntGrammar(catalog: catalog).draft(question.question)
        } catch {
            guard let understood = question.understood else {
                return question.unused.isEmpty ? .refused(error.problem) : .right
            }
            let missing = understood.filter { !error.problem.contains($0) }
            return missing.isEmpty ? .right : .refused("and does not name \(missing): \(error.problem)")
        }
        if question.understood != nil { return .silent("is no hunt, but gave \(draft.query)") }
        guard let wrong = question.unused.isEmpty ? fault(of: draft) : silence(of: draft) else { return .right }
        let isSaid = draft.intent.notes.contains { $0.hasPrefix("not understood") || $0.hasPrefix("not used") }
        return isSaid ? .said("\(draft.intent.notes) \(wrong)") : .silent("\(draft.intent.notes) \(wrong)")
    }

    private var catalog: HuntCatalog {
        question.tables.isEmpty ? Self.catalog : .remote(question.tables, now: HuntQuestion.now)
    }

    /// The words that neither the query nor its notes know.
    private func silence(of draft: HuntDraft) -> String? {
        let said = (draft.intent.notes + [draft.query]).joined(separator: " ").lowercased()
        let missing = question.unused.filter { !said.contains($0.lowercased()) }
        return missing.isEmpty ? nil : "passes over \(missing)\n\(draft.query)"
    }

    private func fault(of draft: HuntDraft) -> String? {
        let candidates = question.alternatives.filter { draft.intent.tables == [$0.table] }
        guard !candidates.isEmpty else { return "asks \(draft.intent.tables)\n\(draft.query)" }
        let faults = candidates.flatMap { alternative in question.shapes.map { fault(draft.query, alternative, $0) } }
        return faults.contains { $0 == nil }
            ? nil : "\(faults.compactMap { $0 }.joined(separator: " / "))\n\(draft.query)"
    }

    private func fault(_ query: String, _ alternative: HuntQuestion.Alternative, _ shape: String) -> String? {
        let types = Dictionary(catalog.columns(of: alternative.table).map { ($0.name, $0.type) }) { first, _ in
            first
        }
        var rows = SyntheticRows(question, alternative, types: types)
        switch shape {
        case "spray": return spray(query, alternative, &rows)
        case "burst": return burst(query, alternative, &rows)
        case "top", "by", "list", "distinct": addGroups(alternative, &rows, shape)
        default: break
        }
        do throws(KQLFault) {
            let result = try run(query, alternative.table, rows.rows)
            return ShapeCheck(result: result, rows: rows, alternative: alternative, question: question).fault(shape)
        } catch {
            return "does not run: \(error.message)"
        }
    }

    private func addGroups(_ alternative: HuntQuestion.Alternative, _ rows: inout SyntheticRows, _ shape: String) {
        guard let column = alternative.by.first, !alternative.conditions.contains(where: { $0.column == column }) else {
            return
        }
        let extra = shape == "top" ? question.top + 2 : 3
        rows.addGroups(column, (1...extra).map { ("\(400 + $0)", $0 + 3) })
    }

    private func run(_ query: String, _ table: String, _ rows: [JSONValue]) throws(KQLFault) -> QueryResult {
        let columns = catalog.columns(of: table).compactMap { column in
            ScalarType(written: column.type).map { ColumnSchema(column.name, $0) }
        }
        let engine = QueryEngine(
            tables: [LocalTable(name: table, columns: columns, records: rows)], now: HuntQuestion.now)
        return try engine.run(query)
    }

    // MARK: Groups that are many

    private func spray(_ query: String, _ alternative: HuntQuestion.Alternative, _ rows: inout SyntheticRows) -> String?
    {
        guard let by = alternative.by.first, let of = alternative.of else { return "no columns" }
        rows.removeAll()
        rows.addGroups(by, [("198.51.100.1", 15)], other: (of, { "user\($0)@corp.example" }))
        rows.addGroups(by, [("198.51.100.2", 15)], other: (of, { _ in "one@corp.example" }))
        return groups(query, alternative, rows, by, ["198.51.100.1"])
    }

    private func burst(_ query: String, _ alternative: HuntQuestion.Alternative, _ rows: inout SyntheticRows) -> String?
    {
        guard let by = alternative.by.first else { return "no column" }
        rows.removeAll()
        rows.addGroups(
            by, [("601", question.over > 0 ? question.over + 1 : 50), ("602", question.over > 0 ? question.over : 2)])
        return groups(query, alternative, rows, by, ["601"])
    }

    private func groups(
        _ query: String, _ alternative: HuntQuestion.Alternative, _ rows: SyntheticRows, _ by: String,
        _ expected: Set<String>
    ) -> String? {
        do throws(KQLFault) {
            let result = try run(query, alternative.table, rows.rows)
            guard let column = result.columns.firstIndex(where: { $0.name == by }) else { return "has no \(by)" }
            let found = Set((0..<result.count).map { result.text(row: $0, column: column) })
            return found == expected ? nil : "finds \(found.sorted()) and not \(expected.sorted())"
        } catch {
            return "does not run: \(error.message)"
        }
    }
}

/// Whether a result has the shape that a question asks for.
struct ShapeCheck {
    let result: QueryResult
    let rows: SyntheticRows
    let alternative: HuntQuestion.Alternative
    let question: HuntQuestion

    func fault(_ shape: String) -> String? {
        switch shape {
        case "rows":
            times == rows.wanted
                ? nil : "rows: \(times.count) of \(rows.wanted.count), \(times.subtracting(rows.wanted).count) wrong"
        case "last": times == Set([rows.wanted.max() ?? ""]) ? nil : "is not the last row"
        case "first": times == Set([rows.wanted.min() ?? ""]) ? nil : "is not the first row"
        case "distinct": result.count == 1 && total == groupCount ? nil : "counts \(total) of \(groupCount)"
        case "count": result.count == 1 && total == rows.wanted.count ? nil : "counts \(total) of \(rows.wanted.count)"
        case "series": series
        case "by", "list": grouped(result.count)
        default: grouped(question.top)
        }
    }

    private var times: Set<String> {
        guard let column = result.columns.firstIndex(where: { $0.name == "TimeGenerated" }) else { return [] }
        return Set(
            (0..<result.count).map {
                result.json(row: $0, column: column).string.flatMap { Timestamp($0) }?.description ?? ""
            })
    }

    private var total: Int { sum(0..<result.count) }

    /// The sum of the first whole-number column.
    private func sum(_ rows: Range<Int>) -> Int {
        guard let column = result.columns.firstIndex(where: { $0.type == "long" && !alternative.by.contains($0.name) })
        else { return -1 }
        return rows.reduce(0) { $0 + Int(result.number(row: $1, column: column) ?? 0) }
    }

    private var series: String? {
        let hasTime = result.columns.contains { $0.type == "datetime" }
        return hasTime && result.count > 1 && total == rows.wanted.count
            ? nil : "series: \(total) of \(rows.wanted.count)"
    }

    /// Counts of each group; with a limit, the largest of them.
    private func grouped(_ limit: Int) -> String? {
        let missing = alternative.by.filter { by in !result.columns.contains { $0.name == by } && !by.contains(".") }
        guard missing.isEmpty, !alternative.by.isEmpty else { return "is not by \(missing)" }
        guard result.count <= limit else { return "gives \(result.count) groups, not \(limit)" }
        let whole = limit == result.count && question.shapes != ["top"]
        if whole { return total == rows.wanted.count ? nil : "counts \(total) of \(rows.wanted.count)" }
        return result.count == min(limit, groupCount) && total <= rows.wanted.count && total >= rows.wanted.count / 2
            ? nil : "top: \(result.count) groups, \(total) of \(rows.wanted.count)"
    }

    private var groupCount: Int {
        guard let by = alternative.by.first else { return 0 }
        let wanted = rows.rows.filter { rows.wanted.contains($0["TimeGenerated"]?.string ?? "") }
        return Set(wanted.map { $0[by]?.text ?? "" }).count
    }
}
