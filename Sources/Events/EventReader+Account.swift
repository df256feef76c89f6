// The account of a reading: what became of chunks, and where the problems are.

extension EventReader {
    /// Adds up what became of chunks, in the order of the sources, and what of the sources never became chunks.
    func account(for outcomes: [ChunkOutcome], of sources: [RawBytes], in report: inout IngestReport) {
        var formats: [String: Set<String>] = [:], envelopes: Set<String> = []
        // Whether the end of a source was read, and with it what is missing there.
        var rest = outcomes[...], isReached = true
        for source in sources {
            let own = rest.prefix { $0.source === source }
            rest = rest.dropFirst(own.count)
            for outcome in own {
                report.read += outcome.events + outcome.rejected
                report.rejected += outcome.rejected
                formats.merge(outcome.formats) { $0.union($1) }
                envelopes.formUnion(outcome.envelopes)
            }
            isReached = isReached && report.stopped?.file != source.name
            let losses = isReached ? source.losses : []
            report.read += losses.count
            report.rejected += losses.count
            report.note(own.lazy.flatMap(\.problems), of: source)
            report.note(losses.lazy.map { ($0.byte, $0.message) }, of: source)
        }
        report.moreProblems = report.rejected - report.problems.count
        report.formats = envelopes.union(formats.keys).sorted()
        report.missingFields = formats.values.reduce(into: Set()) { $0.formUnion($1) }.sorted()
    }
}

extension RawBytes {
    /// What of the input never became lines: a damaged end, or an end that was cut off while it was read.
    fileprivate var losses: [Problem] {
        problems + [cutShortAt.map { Problem(byte: $0, message: "was cut short by another program while it was read") }]
            .compactMap { $0 }
    }
}

extension IngestReport {
    /// Adds problems of one source, which are in the order of its bytes, up to the limit.
    fileprivate mutating func note(_ found: some Sequence<(byte: Int, message: String)>, of source: RawBytes) {
        var lines = LineCounter()
        for (byte, message) in found {
            guard problems.count < Self.problemLimit else { return }
            let line = lines.line(of: byte, in: source)
            problems.append(Problem(file: source.name, line: line, byte: byte, message: message))
        }
    }
}

/// Turns bytes into line numbers for bytes that come in rising order; each newline is counted once.
private struct LineCounter {
    private var position = 0
    private var line = 1

    mutating func line(of byte: Int, in source: RawBytes) -> Int {
        let end = Swift.min(Swift.max(byte, position), source.count)
        line += source.withBytes { Lines.count(in: $0, position..<end) }
        position = end
        return line
    }
}
