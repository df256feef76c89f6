internal import Connectors
internal import Detection
internal import Diagnostics
internal import Events
internal import Hunting
internal import JSON
internal import KQL
internal import Pipeline
internal import Tables

// Rules of hunts: the hunt's query without the one account, machine or address, tried where the hunt ran.
extension Session {
    /// Writes the rule of a hunt and tries it.
    ///
    /// - Parameters:
    ///   - record: As `hunts.jsonl` has it.
    ///   - subject: The id that was asked for: the hunt's, or that of a finding or incident of it.
    func writeRule(
        ofHunt record: JSONValue, subject: String, notes: [String] = [], _ request: RuleRequest, watch: Watch
    ) async throws -> RuleOutcome {
        let hunt = try Hunt(json: record), rule = try HuntRule(of: hunt, in: catalog(for: hunt))
        var source = RuleSource(hunt, rule, subject: subject)
        source.notes = notes
        let written = try RuleWriter.write(source, detectors: [])
        let dryRun: RuleDryRun
        if hunt.place == .local {
            dryRun = try await tryHere(written, rule, of: hunt, source)
        } else {
            dryRun = try await tryThere(written, HuntTrial(hunt: hunt, rule: rule, written: written), request, watch)
        }
        return try await finish(written, dryRun, subject: subject, deploys: request.deploys, watch: watch)
    }

    /// The tables that a hunt asked; of those of the session that are gone, the columns alone.
    private func catalog(for hunt: Hunt) -> HuntCatalog {
        switch hunt.place {
        case .loganalytics: return HuntCatalog.remote(now: clock.time)
        case .graph: return HuntCatalog.graph(now: clock.time)
        case .local:
            let there = queryTables, names = Set(there.map(\.name))
            let gone = hunt.tables.filter { !names.contains($0) }.compactMap { LocalTable(known: $0) }
            return HuntCatalog(local: there + gone, now: clock.time)
        }
    }

    // MARK: On the loaded tables

    private func tryHere(
        _ written: WrittenRule, _ rule: HuntRule, of hunt: Hunt, _ source: RuleSource
    ) async throws -> RuleDryRun {
        let tables = queryTables
        let there = Set(tables.filter { $0.rowCount > 0 }.map(\.name))
        if let missing = hunt.tables.first(where: { !there.contains($0) }) {
            let name = missing.visible(limit: 80)
            return .untried("`\(name)` is not loaded here, or is empty: load it again (`ingest FILE --as \(name)`)")
        }
        do {
            var source = source
            let window = HuntRange(from: hunt.from, until: hunt.until).window
            let rows = try await result(of: rule.huntQuery, in: tables, window: window)
            source.entities = Self.entities(in: rows, written.entities.map(\.column))
            source.hasResults = hunt.rowCount > 0
            var dry = try await tried(written, source, over: try await times(of: hunt.tables, tables))
            dry.noteLosses(of: source)
            dry.noteFlood()
            return dry
        } catch let fault as QueryFault where fault.fault.code != KQLFault.timeIsOver.code {
            return .untried(fault.diagnostic.problem)
        }
    }

    /// When the rows of tables came about, in order.
    private func times(of names: [String], _ tables: [LocalTable]) async throws -> [Timestamp] {
        let hidden = Set(state.tables.map(\.name)), catalog = HuntCatalog(local: tables, now: clock.time)
        var times: [Timestamp] = []
        for name in names {
            if QueryTables.builtIn.contains(name), !hidden.contains(name) {
                times += state.events.timeOrder.compactMap { state.events.time(at: $0) }
            } else if let column = catalog.timeColumn(of: name) {
                let query = "\(name) | where isnotnull(\(column)) | distinct \(column)"
                let result = try await result(of: query, in: tables)
                times += (0..<result.count).compactMap { Timestamp(result.text(row: $0, column: 0)) }
            }
        }
        return times.sorted()
    }

    /// The entities in the hunt's own rows; `nil` where its rows do not have all the columns.
    private static func entities(in result: QueryResult, _ columns: [String]) -> Set<[ByteText]>? {
        let places = columns.compactMap { name in result.columns.firstIndex { isSame($0.name, name) } }
        guard places.count == columns.count, !columns.isEmpty else { return nil }
        return Set((0..<result.count).map { row in places.map { ByteText(result.text(row: row, column: $0)) } })
    }

    private func result(
        of text: String, in tables: [LocalTable], window: ClosedRange<Timestamp>? = nil
    ) async throws -> QueryResult {
        let limits = QueryLimits(rows: 2_000_000, time: settings.queryDuration, window: window)
        switch await QueryRun(engine: QueryEngine(tables: tables, now: clock.time), limits: limits, seed: 0).run(text) {
        case .result(let result): return result
        case .fault(let fault): throw QueryFault(fault, in: text)
        case .cancelled: throw Diagnostic.interrupted
        }
    }

    // MARK: In a service

    /// Tries a rule where its hunt ran: once, over the stretch that was hunted. Nothing is sent before the
    /// confirmation; without one, or where the service refuses, the rule stays untried.
    private func tryThere(
        _ written: WrittenRule, _ trial: HuntTrial, _ request: RuleRequest, _ watch: Watch
    ) async throws -> RuleDryRun {
        do {
            let guardrail = HuntGuardrail(catalog: catalog(for: trial.hunt), limits: settings.huntLimits)
            let query = try guardrail.checked(written.wholeQuery, trial.range)
            let plan = trial.hunt.plan(trying: query, notes: trial.notes)
            let steps = try await trialSteps(trial.hunt.place, watch)
            try await confirm(plan, at: trial.hunt.place, steps, isConfirmed: request.isConfirmed)
            var dry = trial.dryRun(of: try await steps.rows(query))
            dry.noteFlood()
            return dry
        } catch let fault as Diagnostic where fault.kind != .interrupted && fault.kind != .difference {
            return .untried("\(fault.problem). \(fault.remedy)")
        }
    }

    private func trialSteps(_ place: Hunt.Place, _ watch: Watch) async throws -> HuntSteps {
        if let recorded { return try HuntSteps(recorded: recorded) }
        let engine: any RemoteEngine
        do { engine = try services.remoteEngine(place) } catch {
            try await HuntSteps.keep(error, of: place, in: transcript)
            throw error
        }
        return try await HuntSteps(place, engine, hidesNames: hidesNames, transcript: transcript, watch: watch)
    }

    /// Returns when the query may be sent.
    private func confirm(
        _ plan: HuntPlan, at place: Hunt.Place, _ steps: HuntSteps, isConfirmed: Bool
    ) async throws {
        var fault: Diagnostic?
        while true {
            let proposal = HuntProposal(
                plan: plan, place: place, service: steps.service, fault: fault, isConfirmed: isConfirmed)
            let decision = try await steps.decide(proposal)
            if Task.isCancelled { throw Diagnostic.interrupted }
            switch decision {
            case .interrupted: throw Diagnostic.interrupted
            case _ where isConfirmed: return
            case .run: return
            case .decline:
                throw Diagnostic("not confirmed, so it was not sent", remedy: "Write the rule again, and say yes")
            case .edited:
                fault = Diagnostic(
                    "a rule is tried as it is written",
                    remedy: "Edit the hunt's query instead, and write the rule of that")
            case .unavailable:
                throw Diagnostic(
                    "there is no terminal to confirm the query at, so \(steps.service ?? "the service") was not asked",
                    remedy: "Read the query, then add `--yes`")
            }
        }
    }
}
