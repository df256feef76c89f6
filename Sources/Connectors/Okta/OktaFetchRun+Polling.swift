internal import Diagnostics
internal import HTTP

extension OktaFetchRun {
    /// Reads on until a page is empty; with `follow` it then asks again after a while, for ever.
    mutating func poll(follow: Bool) async throws {
        var url = (follow ? resume() : nil) ?? firstURL.polling(since: query.start(now: now))
        while true {
            switch try await read(url) {
            case .tooSlow(let fault):
                guard let smaller = OktaLogURL.withHalfThePage(url) else {
                    throw exchange.messages.tooSlow("the smallest page", fault)
                }
                url = smaller
            case .page(let content, let link):
                try await deliver(content)
                guard let next = try link.get() else { throw exchange.messages.noCheckpoint }
                // An empty page leads to itself until there are new events; a full one must lead on.
                if !content.isEmpty, asked.contains(next) { throw exchange.messages.loop }
                try remember(next)
                if content.isEmpty, try await !goesOn(follow) { return }
                url = next
            }
        }
    }

    /// At the end of what there is: whether to ask again, after the interval.
    private func goesOn(_ follow: Bool) async throws -> Bool {
        exchange.watch(.upToDate(newest: exchange.tally.report.newest))
        guard follow else { return false }
        do { try await manner.retries.clock.sleep(manner.pollInterval) } catch { throw Diagnostic.interrupted }
        if Task.isCancelled { throw Diagnostic.interrupted }
        return true
    }

    // MARK: Checkpoints

    /// The URL to go on from, when there is a checkpoint and the query names no start of its own.
    private mutating func resume() -> String? {
        guard let checkpoints else { return nil }
        let (checkpoint, problem) = checkpoints.read(organization, query.filter)
        if let problem { note(problem) }
        guard let checkpoint else { return nil }
        guard query.since == nil else {
            note(
                Diagnostic(
                    "the checkpoint of \(checkpoint.written) is set aside, because a start was given",
                    remedy: "Leave out --since to go on from the checkpoint"))
            return nil
        }
        for uuid in spool?.uuids(writtenAfter: checkpoint) ?? [] { _ = recent.insert(uuid) }
        exchange.tally.update { report in
            report.resumed = checkpoint.written
            report.newest = checkpoint.newest
        }
        return checkpoint.next
    }

    /// Moves the checkpoint past a page that was delivered.
    private func remember(_ next: String) throws {
        guard let checkpoints else { return }
        let newest = exchange.tally.report.newest
        try checkpoints.write(
            OktaCheckpoint(next: next, newest: newest, written: now, spool: spool?.mark), organization, query.filter)
    }
}
