internal import Diagnostics
internal import Hunting
internal import KQL
internal import Tables

/// Where a hunt looks: the tables, the rules for queries of them, and what is said when a question does not fit.
struct HuntGround {
    let request: HuntRequest
    let place: Hunt.Place
    let grammar: HuntGrammar
    let guardrail: HuntGuardrail

    /// - Parameter tables: Those of the session; of them the ones with rows are asked, as the others answer nothing.
    init(_ request: HuntRequest, tables: [LocalTable], now: Timestamp, limits: HuntLimits) throws(Diagnostic) {
        self.request = request
        place = request.place ?? .local
        let catalog = switch place {
        case .local: HuntCatalog(local: tables.filter { $0.rowCount > 0 }, now: now)
        case .loganalytics: HuntCatalog.remote(now: now)
        case .graph: HuntCatalog.graph(now: now)
        }
        grammar = HuntGrammar(catalog: catalog, limits: limits)
        guardrail = HuntGuardrail(catalog: catalog, limits: limits)
        if place == .local { try checkLoaded() }
    }

    /// The plan for the question. What cannot be hunted here but elsewhere is refused with the way there.
    func plan(by writer: HuntWriter) async throws -> HuntPlan {
        do {
            return try await writer.plan(request.question)
        } catch {
            if error.kind == .interrupted { throw error }
            if place == .local, let table = elsewhere.first {
                throw Diagnostic(
                    "no loaded table answers this: it is a question for `\(table)`", remedy: Self.ways(to: table))
            }
            throw Self.failure(error)
        }
    }

    /// A query that the analyst has edited.
    func edited(_ plan: HuntPlan, to text: String) throws(Diagnostic) -> HuntPlan {
        plan.with(query: try guardrail.checked(text, plan.intent.range))
    }

    /// A question that cannot be answered is a command that failed, and no wrong usage.
    static func failure(_ fault: Diagnostic) -> Diagnostic {
        guard fault.kind == .usage else { return fault }
        return Diagnostic(fault.problem, remedy: fault.remedy, kind: .failed, at: fault.place)
    }

    // MARK: What is not here

    /// Refuses a question that names a table which is not loaded, and any while nothing is.
    private func checkLoaded() throws(Diagnostic) {
        let words = Set(request.question.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map { $0.lowercased() })
        if let table = HuntCatalog.huntTables.first(where: {
            words.contains($0.lowercased()) && !grammar.catalog.has($0)
        }) {
            throw Diagnostic("the table `\(table)` is not loaded", remedy: Self.ways(to: table))
        }
        guard grammar.catalog.names.isEmpty else { return }
        if let table = elsewhere.first {
            throw Diagnostic("nothing is loaded, and this is a question for `\(table)`", remedy: Self.ways(to: table))
        }
        throw Diagnostic(
            "nothing is loaded, so there is nothing to hunt in",
            remedy: "Load events first (`ingest FILE`), or hunt in Azure Monitor Logs: `hunt --on loganalytics …`")
    }

    /// The tables that would answer the question if they were here.
    private var elsewhere: [String] {
        let remote = HuntGrammar(catalog: HuntCatalog.remote(now: grammar.catalog.now), limits: grammar.limits)
        return (try? remote.draft(request.question))?.intent.tables ?? []
    }

    private static func ways(to table: String) -> String {
        "Hunt in Azure Monitor Logs with `hunt --on loganalytics …`, or load it: `ingest FILE --as \(table)`"
    }
}
