internal import Diagnostics
internal import JSON
public import Models
internal import Pipeline

/// What a model is told so that it can write a query: clock, range, tables, examples, and the question as data.
struct HuntMaterial {
    let grammar: HuntGrammar
    /// What the grammar makes of the question; it says which tables matter.
    let draft: HuntDraft?

    /// Tables that are listed with all columns and with some, and columns of one table, at most.
    private static let wholeTables = 4, tables = 20, columns = 90, someColumns = 12

    func text(_ question: String, _ range: HuntRange, nonce: String) -> String {
        let asked: JSONValue = ["question": .string(question.visible(limit: HuntReading.limit))]
        return """
            clock: \(grammar.catalog.now)
            range: \(range.from) until \(range.until)
            rows: at most \(grammar.limits.rows)

            tables:
            \(schemas.joined(separator: "\n"))

            examples:
            \(examples)

            The question:
            \(EvidenceFence.block(asked, nonce: nonce))
            """
    }

    /// The tables that the grammar would ask and those that know of the same, whole; of the others what tells them
    /// apart.
    private var schemas: [String] {
        let subject = HuntSubject.all.first { $0.name == draft?.intent.subject }
        let near = (draft?.intent.tables ?? []) + (subject?.meanings.map(\.table) ?? [])
        let first = near.reduce(into: [String]()) { if !$0.contains($1), grammar.catalog.has($1) { $0.append($1) } }
        let whole =
            first.isEmpty
            ? Array(grammar.catalog.names.prefix(Self.wholeTables)) : Array(first.prefix(Self.wholeTables))
        let rest = grammar.catalog.names.filter { !whole.contains($0) }.prefix(Self.tables)
        return whole.map { schema($0, Self.columns) } + rest.map { schema($0, Self.someColumns) }
    }

    private func schema(_ table: String, _ limit: Int) -> String {
        let all = grammar.catalog.columns(of: table).filter {
            // Some servers read such marks as the start of another speaker's turn; names come from files.
            !$0.name.hasPrefix("_") && !$0.name.contains("VersionInfo") && !$0.name.contains { "<`[".contains($0) }
        }
        let shown = grammar.catalog.profile(of: table).shown
        let columns =
            limit >= all.count ? all : all.filter { shown.contains($0.name) } + all.filter { !shown.contains($0.name) }
        let time = grammar.catalog.timeColumn(of: table).map { " (time: \($0))" } ?? ""
        let list = columns.prefix(limit).map { "\($0.name.visible(limit: 100)) \($0.type)" }.joined(separator: ", ")
        return "\(table.visible(limit: 100))\(time): \(list)\(columns.count > limit ? ", …" : "")"
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
