internal import Diagnostics
internal import Events
internal import KQL
internal import Sigma
internal import Tables

/// What became of a rule that is a query.
enum QueryRuleOutcome: Sendable {
    /// - Parameter note: What was other than the rule says.
    case ran([DetectionFinding], note: Diagnostic?)
    /// It cannot be understood, or failed.
    case refused(Diagnostic)
    /// It is not for Okta's log.
    case skipped(Diagnostic)
}

/// The runs of one query's rule over a log.
struct QueryRuleRun {
    /// How long all runs of a rule may take together.
    static let patience: Duration = .seconds(300)
    /// Rows of a run that are looked at; more are counted for the trigger.
    static let rowLimit = 10_000
    /// Rows of any step of a query.
    static let stepLimit = 20_000_000

    private let rule: QueryRule
    private let log: QueriedLog
    private let tables: [LocalTable]

    init(_ rule: QueryRule, over log: QueriedLog) {
        self.rule = rule
        self.log = log
        let loose = LocalTable.looseColumns(in: rule.query)
        tables = loose.isEmpty ? log.tables : LocalTable.okta(log.events, extra: loose)
    }

    /// Binds the query, and runs it over each stretch of time.
    ///
    /// - Throws: `CancellationError` when the task is cancelled.
    func outcome() throws -> QueryRuleOutcome {
        do throws(KQLFault) {
            let outline = try engine(Timestamp(ticks: log.times.last ?? 0)).outline(of: rule.query)
            guard !outline.reads.isEmpty else {
                return .skipped(problem("reads no events", "Let it read OktaSSO, Okta_CL, OktaV2_CL or OktaSystemLog"))
            }
            let windows = QueryWindows(rule, times: log.times)
            let subjects = try subjects(windows)
            let note = windows.note.map { problem($0, "Load less of the log to have it as the rule says") }
            return .ran(RuleFindings(log.events).findings(of: rule, subjects), note: note)
        } catch {
            try Task.checkCancellation()
            return refusal(error)
        }
    }

    private func engine(_ now: Timestamp) -> QueryEngine { QueryEngine(tables: tables, now: now) }

    private func subjects(_ windows: QueryWindows) throws(KQLFault) -> QuerySubjects {
        var subjects = QuerySubjects(log.events)
        let deadline = ContinuousClock.now + Self.patience
        for (run, window) in windows.stretches.enumerated() {
            var limits = QueryLimits(rows: Self.rowLimit, stepRows: Self.stepLimit, window: window)
            limits.time = deadline - .now
            let engine = engine(window.upperBound)
            let result = try engine.run(rule.query, limits: limits)
            guard rule.trigger.holds(result.totalCount), result.count > 0 else { continue }
            limits.rows = .max
            var events = try sources(engine, limits)
            let columns = ResultColumns(result.columns, of: rule)
            for row in 0..<result.count {
                let row = ResultRow(result: result, row: row, columns: columns)
                subjects.add(row, events.rows(of: row), run: run)
            }
        }
        return subjects
    }

    /// The events that a run took into account.
    private func sources(_ engine: QueryEngine, _ limits: QueryLimits) throws(KQLFault) -> QueriedEvents {
        let ids = try engine.sourceRows(of: rule.query, columns: QueriedLog.idColumns, limits: limits)
        return QueriedEvents(ids.map { $0.compactMap { log.events.row(ofID: $0) } }, in: log.events)
    }
}

// MARK: Refusals

extension QueryRuleRun {
    private func problem(_ problem: String, _ remedy: String) -> Diagnostic {
        Diagnostic("the rule `\(shownTitle)` \(problem)", remedy: remedy, at: rule.rule.place)
    }

    private var shownTitle: String { rule.rule.title.visible(limit: 80) }

    /// A query that means nothing here is not for Okta's log where it, or what its rule says it needs, names another.
    private func refusal(_ fault: KQLFault) -> QueryRuleOutcome {
        let (line, column) = fault.span.place(in: rule.query)
        let place = rule.place(ofLine: line), position = "\(fault.code), line \(line), column \(column) of the query"
        let message = fault.message.visible(limit: 300)
        if fault.code.hasPrefix("SEM"), let other = other(fault) {
            return .skipped(
                Diagnostic(
                    "the rule `\(shownTitle)` is for \(other), not for Okta's log: \(message) (\(position))",
                    remedy: "Leave it out, or let it read OktaSSO, Okta_CL, OktaV2_CL or OktaSystemLog", at: place))
        }
        let verb = fault.code.hasPrefix("RUN") ? "the query failed" : "the query is not understood"
        let remedy = fault.suggestion?.visible(limit: 300) ?? "Correct the query at that place, or leave the rule out"
        return .refused(Diagnostic("\(verb): \(message) (\(position))", remedy: remedy, at: place))
    }

    private func other(_ fault: KQLFault) -> String? {
        let word = String(rule.query.utf8.dropFirst(fault.span.start).prefix(fault.span.end - fault.span.start)) ?? ""
        if KnownTables.names.contains(word) { return word }
        let isForOkta = rule.sources.isEmpty || rule.sources.contains { $0.lowercased().contains("okta") }
        return isForOkta ? nil : rule.sources[0].visible(limit: 80)
    }
}
