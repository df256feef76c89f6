internal import Diagnostics
internal import JSON
internal import KQL

/// A hunt that is to become a rule, with the tables that it asked.
struct HuntRuleSubject {
    let hunt: Hunt
    let catalog: HuntCatalog
    /// What the question named, as the record has it.
    let named: [HuntEntity]

    init(_ hunt: Hunt, _ catalog: HuntCatalog) {
        self.hunt = hunt
        self.catalog = catalog
        named = (hunt.intent["entities"]?.array ?? []).compactMap { entity in
            guard let role = entity["role"]?.string.flatMap({ HuntRole(rawValue: $0) }),
                let values = entity["values"]?.strings
            else { return nil }
            return HuntEntity(role, values, isExcluded: entity["excluded"]?.bool ?? false)
        }
    }

    // MARK: The query

    /// What tables call the time of a row.
    private static let times = ["TimeGenerated", "Timestamp", "published"]

    /// Tables that hold what this program made of events, and that no workspace has.
    private static let own = ["Findings", "Incidents", "Plans", "Commands"]

    /// Refuses tables that are not there, or that a rule cannot read.
    func checkTables() throws(Diagnostic) {
        for table in hunt.tables {
            if Self.own.contains(table) {
                throw Diagnostic(
                    "the hunt reads `\(table)`, which is this program's own, so it cannot become a rule",
                    remedy: "Hunt in the events themselves; of a finding write `rule FINDING`")
            }
            guard catalog.has(table) else {
                throw Diagnostic(
                    "the hunt's table `\(table.visible(limit: 80))` is not there",
                    remedy: "Load it again: `ingest FILE --as \(table.visible(limit: 80))`")
            }
        }
    }

    func general() throws(Diagnostic) -> GeneralQuery {
        let columns = EntityColumns(
            profiles: hunt.tables.map { catalog.profile(of: $0) },
            times: Set(hunt.tables.compactMap { catalog.timeColumn(of: $0) } + Self.times),
            named: named)
        let shown = hunt.tables.flatMap { table in
            [catalog.timeColumn(of: table)].compactMap { $0 }
                + RuleEntities.identifying(catalog.columns(of: table).map(\.name))
        }
        if let pattern = (try? catalog.engine.outline(of: hunt.query))?.patterns.first {
            throw Diagnostic(
                "the hunt reads tables by the pattern `\(pattern.visible(limit: 80))`, which would be others in a workspace",
                remedy: "Hunt with the tables' names")
        }
        do {
            return try catalog.engine.generalised(hunt.query, showing: Self.unique(shown), about: names) {
                columns.meaning(of: $0, $1)
            }
        } catch {
            let reason = error.diagnostic(for: hunt.query)
            throw Diagnostic(
                "the hunt's query cannot be made general: \(reason.problem)",
                remedy: "Hunt with a simpler query (`e` at the question edits it). \(reason.remedy)")
        }
    }

    /// The query as a workspace runs it.
    func query(of general: GeneralQuery) throws(Diagnostic) -> (text: String, obstacle: String?) {
        guard readsOwnLog else { return (general.text, nil) }
        let columns = catalog.columns(of: Self.log).map(\.name)
        let (statement, missing) = OktaRuleTable.statement(
            // A column's name may be written as a string in brackets.
            for: general.words.union(general.texts), columns: columns)
        guard missing.isEmpty, catalog.has(OktaRuleTable.table) else {
            let what = missing.map { "`\($0)`" }.joined(separator: ", ")
            return (
                general.text, "it reads \(Self.log), and Sentinel's \(OktaRuleTable.table) has nothing for \(what)"
            )
        }
        let text = statement + "\n" + general.text
        do { _ = try catalog.engine.outline(of: text) } catch {
            throw Diagnostic(
                "the rule's query does not hold over \(OktaRuleTable.table): \(error.diagnostic(for: text).problem)",
                remedy: "Hunt in \(OktaRuleTable.table) itself")
        }
        return (text, nil)
    }

    private static let log = "OktaSystemLog"
    private var readsOwnLog: Bool { hunt.place == .local && hunt.tables.contains(Self.log) }

    /// The hunt's query as a workspace would run it; as it is where it would not.
    var huntQuery: String {
        guard readsOwnLog else { return hunt.query }
        let columns = catalog.columns(of: Self.log).map(\.name)
        let named = Set(columns.filter { hunt.query.contains($0) })
        let text = OktaRuleTable.statement(for: named, columns: columns).text + "\n" + hunt.query
        return (try? catalog.engine.outline(of: text)) == nil ? hunt.query : text
    }

    /// Of a row the time of its table; of a group the newest, where it was asked for.
    func time(in general: GeneralQuery) -> String? {
        let times = general.columns.filter { $0.type == "datetime" }.map(\.name)
        let own = general.isGrouped
            ? ["last_seen", "LastSeen", "last"] : hunt.tables.compactMap { catalog.timeColumn(of: $0) } + Self.times
        return own.first(where: times.contains)
    }

    // MARK: What is left

    /// Refuses what would match every row, or every sign-in.
    func checkConditions(_ general: GeneralQuery) throws(Diagnostic) {
        if general.remarks.contains(.comparesInstants) {
            throw Diagnostic(
                "the hunt compares stretches of time by fixed instants, which would be the same each time a rule runs",
                remedy: "Hunt with times that count back, such as `ago(14d)`, and write the rule of that")
        }
        let flat = general.conditions.flatMap(\.parts)
        guard flat.allSatisfy(EverydayEvents.isEveryday) else { return }
        let taken = general.removals.map { "`\($0.text.visible(limit: 120))`" }.joined(separator: " and ")
        let what = flat.isEmpty ? "row of \(hunt.tables.joined(separator: ", "))" : "everyday event of its kind"
        throw Diagnostic(
            (taken.isEmpty ? "the hunt" : "without \(taken) the hunt") + " would match every \(what), so it is no rule",
            remedy: "Hunt for what they did as well: an outcome, a program, a command line, a port, or how often, such "
                + "as `hunt failed sign-ins` or `hunt users with more than 10 failed logins`")
    }
}

extension QueryCondition {
    /// What an `and` is made of.
    fileprivate var parts: [QueryCondition] {
        if case .all(let parts) = self { return parts.flatMap(\.parts) }
        return [self]
    }
}
