import Connectors
import Detection
import Diagnostics
import Events
import Hunting
import Investigation
import KQL
import Pipeline

// Operations: what they show, and what they mean for the exit status.
extension Console {
    /// Does one thing in the session and prints what it gives.
    ///
    /// - Parameter ascii: Whether pictures are drawn with ASCII alone.
    func perform(_ operation: Investigation.Operation, options: GlobalOptions, ascii: Bool = false) async throws {
        let options = options.over(launch.options)
        try await loadInputs(
            options, window: operation.name == "run" ? runWindow : nil, forQuery: ["kql", "hunt"].contains(operation.name))
        try await perform(operation, options: options, prints: true, ascii: ascii)
    }

    /// - Parameter prints: Whether the result is shown; what the user should not miss is told either way.
    func perform(
        _ operation: Investigation.Operation, options: GlobalOptions, prints: Bool, ascii: Bool = false
    ) async throws {
        let session = try await session()
        let progress = ProgressLine(isOn: launch.terminal.isTerminal(.error) && !launch.terminal.isDumb && !options.quiet)
        defer { progress.finish() }
        let printer = ResultPrinter(format: format(of: options), screen: launch.screen(ascii: ascii))
        let live = prints && session.asksModel && printer.format == .table && operation.name == "ask"
        let result: OperationResult
        do {
            let clock = operation.name == "kql" ? progress.showTime("querying") : nil
            defer { clock?.cancel() }
            result = try await session.perform(operation, words: words, watch: watch(options, progress, live: live))
        } catch {
            progress.finish()
            noteUsage(of: session, options)
            throw error
        }
        progress.finish()
        let state = await session.state
        if prints { show(result, state, by: printer, live: live) }
        noteUsage(of: session, options)
        try count(result, state, options, prints: prints)
    }

    private func show(_ result: OperationResult, _ state: SessionState, by printer: ResultPrinter, live: Bool) {
        if live {
            StandardStreams.result(printer.ending(of: result))
        } else {
            printer.pieces(of: result, in: state, rows: launch.shownRows) { StandardStreams.result($0) }
        }
        last = result
        guard let ids = ResultPrinter.ids(of: result) else { return }
        listed = ids
        huntListed = nil
        if case .hunt(let outcome) = result { huntListed = (outcome.hunt.id, outcome.rows.count) }
    }

    private func watch(_ options: GlobalOptions, _ progress: ProgressLine, live: Bool) -> Session.Watch {
        var watch = Session.Watch()
        watch.onOpen = { progress.showOpening($0, of: $1) }
        watch.onIngest = { progress.show($0) }
        watch.onScore = { progress.showCount($0, of: $1, "findings scored") }
        let screen = launch.screen(.error), quiet = options.quiet
        watch.onNotice = { text in
            if !quiet { StandardStreams.notice("  " + screen.paint(text, .dim) + "\n") }
        }
        watch.onFetch = { [notice = watch.onNotice] in FetchText.show($0, on: progress, notice: notice) }
        let prompt = ConfirmationPrompt(launch: launch, given: options.confirm)
        watch.confirm = { await prompt.ask($0) }
        let hunts = HuntPrompt(launch: launch)
        watch.review = { await hunts.ask($0) }
        let spending = SpendingPrompt(launch: launch, isAnswered: options.yes, notice: watch.onNotice)
        watch.approve = { question in
            progress.showWait(nil)
            return await spending.ask(question)
        }
        watch.onWait = { progress.showWait($0) }
        watch.onAction = { progress.showNow(ActionText.progress($0)) }
        if live { watch.onText = { StandardStreams.result($0.visibleLines) } }
        return watch
    }

    /// Notices that go with a result, and what it means for the exit status.
    private func count(_ result: OperationResult, _ state: SessionState, _ options: GlobalOptions, prints: Bool) throws {
        if case .ingest(let outcome) = result {
            if options.strict, outcome.report.rejected > 0 { raise(.inputRejected) }
            if !prints || format(of: options) != .table {
                let text = IngestText(outcome)
                for line in readsForQuery ? text.losses : text.warnings { notice(line, options: options) }
            }
        }
        if case .table(let outcome) = result {
            if options.strict, outcome.report.rejected > 0 { raise(.inputRejected) }
            if !prints || format(of: options) != .table {
                for line in TableText(outcome).warnings { notice(line, options: options) }
            }
        }
        if case .query(let outcome) = result, format(of: options) != .table {
            for cut in outcome.cuts { notice(cut, options: options) }
        }
        if case .findings(let outcome) = result, options.strict, !outcome.refusals.isEmpty { raise(.inputRejected) }
        if case .ingest(let outcome) = result, let stopped = outcome.fetch?.stopped { throw stopped }
        if case .ingest(let outcome) = result, let stop = outcome.report.stopped {
            throw Diagnostic(
                "interrupted at byte \(stop.byte.grouped) of `\(stop.file.visible)`: the \(counted(outcome.report.accepted, "event")) before it are kept",
                remedy: "`ingest` it again to read the rest; what is in already counts as duplicates", kind: .interrupted)
        }
        try Self.checkDone(result)
        if case .rule(let outcome) = result, outcome.deployment?.status == .cancelled, !isInteractive { raise(.failed) }
        if let limit = options.failOn, state.isWorse(than: limit) { raise(.severityFound) }
    }

    /// The format of this command: the option, else a table for people and JSON for programs.
    func format(of options: GlobalOptions) -> OutputFormat? {
        (options.format ?? launch.options.format)?.output ?? (launch.terminal.isTerminal(.output) ? .table : nil)
    }

    /// Ids for what the user named: a row of the last table, or an id as it is. A row of a hunt without ids of its own
    /// stands for the hunt.
    func resolved(_ names: [String]) throws(Diagnostic) -> [String] {
        var ids: [String] = []
        for name in names {
            guard let row = Int(name), row < 1000, name.count < 4 else {
                ids.append(name)
                continue
            }
            if listed.isEmpty, let hunt = huntListed {
                ids.append(hunt.id)
                continue
            }
            guard listed.indices.contains(row - 1) else {
                throw Diagnostic(
                    listed.isEmpty ? "no table was printed yet, so there is no row \(row)" : "the last table has no row \(row)",
                    remedy: listed.isEmpty ? "Print one, for example with `show findings`" : "It has rows 1 to \(listed.count)")
            }
            ids.append(listed[row - 1])
        }
        return ids
    }

    /// The id of what a rule is to be written of. A row of a hunt stands for the hunt.
    func resolvedSubject(_ name: String) throws(Diagnostic) -> String {
        if let hunt = huntListed, let row = Int(name), name.count < 4, (1...max(1, hunt.rows)).contains(row) {
            return hunt.id
        }
        return try resolved([name])[0]
    }

    /// The ids of the last table's rows.
    var rows: [String] { huntListed.map { hunt in Array(repeating: hunt.id, count: max(1, hunt.rows)) } ?? listed }

    func list(_ ids: [String]) {
        listed = ids
        huntListed = nil
    }

    /// The window of the `run` that is being carried out.
    func setRunWindow(_ window: WindowOptions?) { runWindow = window }
}

extension SessionState {
    /// Whether there is a finding of that severity or worse, as scored, or as detected while it is not scored;
    /// suppressed ones do not count.
    func isWorse(than limit: Severity) -> Bool {
        findings.contains { finding in
            !finding.isSuppressed && (scores.first { $0.findingID == finding.id }?.severity ?? finding.severity) >= limit
        }
    }
}
