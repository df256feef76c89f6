internal import Diagnostics
internal import JSON
public import Models
internal import Pipeline

/// What a model is told so that it can write a query: clock, range, tables, examples, and the question as data.
struct HuntMaterial {
    let grammar: HuntGrammar
    /// What the grammar makes of the question; it says which tables matter.
    let draft: HuntDraft?

    /// Tables and columns that are listed at most.
    private static let tableLimit = 10, columnLimit = 90

    func text(_ question: String, _ range: HuntRange, nonce: String) -> String {
        let asked: JSONValue = ["question": .string(question.visible(limit: HuntReading.limit))]
        return """
            clock: \(grammar.catalog.now)
            range: \(range.from) until \(range.until)
            rows: at most \(grammar.limits.rows)

            tables:
            \(tables.map(schema).joined(separator: "\n"))

            examples:
            \(examples)

            The question:
            \(EvidenceFence.block(asked, nonce: nonce))
            """
    }

    /// The tables that the grammar would ask first, then the others.
    private var tables: [String] {
        let first = draft?.intent.tables ?? []
        let known = HuntCatalog.huntTables + ["OktaSystemLog"]
        let rest = grammar.catalog.names.filter { !first.contains($0) }
        return Array((first + rest.filter(known.contains) + rest.filter { !known.contains($0) }).prefix(Self.tableLimit))
    }

    private func schema(_ table: String) -> String {
        let columns = grammar.catalog.columns(of: table)
            .filter { !$0.name.hasPrefix("_") && !$0.name.contains("VersionInfo") }.prefix(Self.columnLimit)
        let time = grammar.catalog.timeColumn(of: table).map { " (time: \($0))" } ?? ""
        return "\(table.visible(limit: 100))\(time): " + columns.map { "\($0.name.visible(limit: 100)) \($0.type)" }.joined(separator: ", ")
    }

    /// Questions with the queries that the grammar makes of them over the tables that there are.
    private var examples: String {
        let questions = [
            "failed logins per user today", "encoded powershell on any host in the last 4 hours",
            "top 5 source ips with failed signins", "admin role changes in the last 7 days", "alerts for pc-01",
        ]
        let made = questions.compactMap { question in
            (try? grammar.draft(question)).map { "- \(question)\n\($0.query)" }
        }
        return made.prefix(3).joined(separator: "\n")
    }
}

extension HuntGrammar {
    /// The names in a question that must not leave for a model elsewhere, for `Pseudonyms`.
    public func names(of question: String) -> [(text: String, kind: Pseudonyms.Kind)] {
        HuntReading(question, catalog, limits).entities.flatMap { entity -> [(text: String, kind: Pseudonyms.Kind)] in
            switch entity.role {
            case .user: entity.values.map { ($0, .user) }
            case .address: entity.values.map { ($0, .address) }
            case .host: entity.values.map { ($0, .name) }
            default: []
            }
        }
    }
}
