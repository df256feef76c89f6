import Detection
import Diagnostics
import Events
import Investigation
import JSON
import Pipeline

/// Turns an operation's result into the text for standard output.
struct ResultPrinter {
    /// `nil` where neither an option nor a terminal decides: then rows are `jsonl` and all else is `json`.
    let format: OutputFormat?
    let screen: Screen

    /// The text, ending in a newline.
    func text(for result: OperationResult, in state: SessionState) -> String {
        let format = format ?? (result.isRows ? .jsonl : .json)
        let printer = RecordPrinter(format: format, screen: screen)
        guard format == .table else {
            if result.isRows, let records = result.json.array { return printer.rows(records, table: TextTable(columns: [])) }
            return printer.value(result.json, lines: [])
        }
        return lines(for: result, in: state).map { $0 + "\n" }.joined()
    }

    /// The same in pieces that end in newlines; of a query's table at most so many rows.
    func pieces(of result: OperationResult, in state: SessionState, rows: Int? = nil, emit: (String) -> Void) {
        if case .hunt(let outcome) = result, format == .table {
            return emit(HuntText(outcome: outcome, screen: screen).lines(rows: rows).map { $0 + "\n" }.joined())
        }
        guard case .query(let outcome) = result else { return emit(text(for: result, in: state)) }
        QueryPrinter(outcome: outcome, format: format ?? .jsonl, screen: screen).print(rows: rows, emit)
    }

    /// What follows an answer that was shown as it came: a line end, and who answered.
    func ending(of result: OperationResult) -> String {
        guard case .answer(let answer) = result else { return "" }
        return "\n" + AnswerText(answer, screen: screen).footer.map { $0 + "\n" }.joined()
    }

    /// The ids of the rows that a table of this result numbers; `nil` where it has no such table, and the one printed
    /// before it stays the last.
    static func ids(of result: OperationResult) -> [String]? {
        switch result {
        case .query(let outcome): QueryTable(outcome, screen: Screen(width: 80)).ids
        case .hunt(let outcome): QueryTable(ResultRows(outcome), screen: Screen(width: 80)).ids ?? []
        case .findings(let outcome): ResultTables.ranked(outcome.findings).map(\.id)
        case .scores(let outcome): outcome.scores.map(\.findingID)
        case .run(let outcome): ResultTables.ranked(outcome.found.findings).map(\.id)
        case .events(let outcome): outcome.events.map(\.id)
        case .suppressions(let outcome): SuppressionText.ids(of: outcome)
        case .rules(let entries): entries.map(\.id)
        case .records(let records): records.map { $0["id"]?.string ?? $0["uuid"]?.string ?? "" }
        case .timeline(let outcome): outcome.entries.map(\.event.id)
        case .plot(let outcome): PlotText.ids(of: outcome)
        default: nil
        }
    }

    func lines(for result: OperationResult, in state: SessionState) -> [String] {
        let tables = ResultTables(screen: screen)
        switch result {
        case .table(let outcome): return TableText(outcome).lines(on: screen)
        case .query(let outcome): return QueryTable(outcome, screen: screen).lines()
        case .hunt(let outcome): return HuntText(outcome: outcome, screen: screen).lines()
        case .ingest(let outcome): return IngestText(outcome).lines(on: screen)
        case .findings(let outcome):
            return tables.findings(outcome) + tables.pace(of: outcome, events: state.events.count)
        case .routes(let routes): return routes.flatMap(tables.route)
        case .scores(let outcome): return tables.scores(outcome)
        case .plans(let plans): return plans.flatMap { tables.plan($0, of: state.incidents) }
        case .commands(let commands): return CommandText(screen: screen).lines(commands, plans: state.plans)
        case .escalations(let outcome): return EscalationText(outcome: outcome, screen: screen).lines
        case .action(let record): return ActionText(record: record, screen: screen).lines
        case .run(let outcome): return RunText(outcome, screen: screen).lines(state)
        case .answer(let answer): return AnswerText(answer, screen: screen).lines
        case .events(let outcome): return EventListing(outcome: outcome, screen: screen).lines
        case .timeline(let outcome): return screen.shown(TimelineText(outcome: outcome, screen: screen).lines)
        case .entity(let story): return screen.shown(EntityText(story: story, screen: screen).lines)
        case .plot(let outcome): return screen.shown(PlotText(outcome: outcome, screen: screen).lines)
        case .event(let event): return EventText(event: event, screen: screen).lines
        case .suppressions(let outcome): return SuppressionText(outcome: outcome, screen: screen).lines
        case .rule(let outcome): return RuleText(outcome: outcome, screen: screen).lines
        case .rules(let entries): return RuleListing(entries: entries, screen: screen).lines
        case .records(let records): return render(RecordTable(records).table, on: screen)
        case .record(let record): return RecordText(record, screen: screen).lines
        case .why(let record): return WhyText(record, screen: screen).lines
        }
    }
}
