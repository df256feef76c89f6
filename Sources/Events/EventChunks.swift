internal import Synchronization
internal import Tables

/// Pieces of the inputs that can be read apart from each other, in the order of the inputs.
struct EventChunk: Sendable {
    /// Its place in the order.
    let index: Int
    let source: RawBytes
    let content: Content

    enum Content: Sendable {
        /// Whole lines, each of which stands alone.
        case lines(Range<Int>)
        /// Values that were cut out before, as they span lines or share one.
        case pieces(ArraySlice<EventSplitter.Piece>)
        /// Rows of a table.
        case records([CSVReader.Record], of: EventCSV)
    }

    /// How many bytes it spans.
    var count: Int {
        switch content {
        case .lines(let range): range.count
        case .pieces(let pieces): (pieces.last?.end ?? 0) - (pieces.first?.start ?? 0)
        case .records(let records, _): (records.last?.range.upperBound ?? 0) - (records.first?.range.lowerBound ?? 0)
        }
    }

    /// The byte after it.
    var end: Int {
        switch content {
        case .lines(let range): range.upperBound
        case .pieces(let pieces): pieces.last?.end ?? 0
        case .records(let records, _): records.last?.range.upperBound ?? 0
        }
    }
}

/// Hands out the chunks of inputs to those who read them, one at a time and in order.
final class EventChunkQueue: Sendable {
    private struct State {
        var source = 0
        var position = 0
        /// The rest of a source that was cut as a whole.
        var pieces: ArraySlice<EventSplitter.Piece>?
        /// A source that is a table, and how far it is read.
        var table: (reader: CSVReader, table: EventCSV)?
        var index = 0

        /// Whether the source was looked at, and cut where it has to be as a whole.
        var isBegun: Bool { position > 0 || pieces != nil || table != nil }
    }

    private let sources: [RawBytes]
    /// About how many bytes a chunk has.
    private let size: Int
    private let stop: IngestReport.Stop?
    private let state = Mutex(State())

    /// - Parameter stop: Where an earlier reading stopped; nothing beyond is handed out.
    init(_ sources: [RawBytes], chunkSize: Int, upTo stop: IngestReport.Stop? = nil) {
        self.sources = sources
        size = chunkSize
        self.stop = stop
    }

    /// The next chunk, `nil` when there is none left or the task is cancelled.
    func next() -> EventChunk? { state.withLock { next(&$0) } }

    /// Whether anything is left. What was not begun is, unless it is empty: cutting it to find out may take long.
    func hasMore() -> Bool {
        state.withLock { state in
            while state.source < sources.count {
                let source = sources[state.source]
                let isLeft = state.isBegun ? source.withBytes { content(of: $0, &state) } != nil : source.count > 0
                if isLeft { return true }
                advance(&state)
            }
            return false
        }
    }

    private func next(_ state: inout State) -> EventChunk? {
        while state.source < sources.count, !Task.isCancelled {
            let source = sources[state.source]
            if let content = source.withBytes({ content(of: $0, &state) }) {
                defer { state.index += 1 }
                return EventChunk(index: state.index, source: source, content: content)
            }
            // Given up is not the end of the source.
            if state.isBegun || !Task.isCancelled { advance(&state) }
        }
        return nil
    }

    private func advance(_ state: inout State) {
        state.source = stop?.file == sources[state.source].name ? sources.count : state.source + 1
        state.position = 0
        state.pieces = nil
        state.table = nil
    }

    private func content(of bytes: UnsafeRawBufferPointer, _ state: inout State) -> EventChunk.Content? {
        if !state.isBegun {
            let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
            let start = bytes.starts(with: mark) ? mark.count : 0
            switch InputLayout(of: bytes, from: start) {
            case .lines: state.position = start
            case .values:
                let splitter = EventSplitter(values: bytes, from: start)
                guard !splitter.isGivenUp else { return nil }
                state.pieces = splitter.pieces[...]
            case .table:
                var reader = CSVReader(bytes, from: start)
                state.table = EventCSV(&reader).map { (reader, $0) }
            }
        }
        if state.table != nil { return cutTable(&state) }
        if let pieces = state.pieces { return cut(pieces, &state) }
        let limit = limit(of: sources[state.source])
        guard state.position < limit else { return nil }
        let reach = min(limit, state.position + size)
        let end = min(bytes.count, Lines.line(of: bytes, from: reach - 1).upperBound + 1)
        defer { state.position = end }
        return .lines(state.position..<end)
    }

    private func cutTable(_ state: inout State) -> EventChunk.Content? {
        let limit = limit(of: sources[state.source])
        guard let (start, table) = state.table else { return nil }
        var reader = start, records: [CSVReader.Record] = [], bytes = 0
        while bytes < size, let record = reader.next(), record.range.upperBound <= limit {
            records.append(record)
            bytes += record.range.count
        }
        state.table = (reader, table)
        return records.isEmpty ? nil : .records(records, of: table)
    }

    private func limit(of source: RawBytes) -> Int { stop?.file == source.name ? stop?.byte ?? 0 : source.count }

    private func cut(_ pieces: ArraySlice<EventSplitter.Piece>, _ state: inout State) -> EventChunk.Content? {
        let limit = limit(of: sources[state.source])
        guard let first = pieces.first, first.end <= limit else { return nil }
        let count = pieces.prefix { $0.end <= limit && ($0.end == first.end || $0.end - first.start < size) }.count
        state.pieces = pieces.dropFirst(count)
        return .pieces(pieces.prefix(count))
    }
}
