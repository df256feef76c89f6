internal import Diagnostics
internal import JSON
internal import Tables

/// Reads chunks, one after another. One for each thread.
struct ChunkReader {
    var columns = EventColumns()
    private let scanner = EventScanner()
    private var scratch: [UInt8] = []
    var outcome = ChunkOutcome()
    /// The shape of the event before, when the fast way took it.
    private var lastSign = FieldTree.Sign.none
    /// Whether the fast way is taken at all; tests compare the two.
    private let isFast: Bool
    /// The format that all events are said to have; `nil` when each is told by its content.
    let format: Format?

    init(isFast: Bool = true, format: Format? = nil) {
        self.isFast = isFast && format == nil
        self.format = format
    }

    /// Reads one chunk into empty columns.
    mutating func read(_ chunk: EventChunk, into empty: consuming EventColumns) -> EventBatch {
        columns = empty
        outcome = ChunkOutcome(index: chunk.index, source: chunk.source, end: chunk.end, bytes: chunk.count)
        lastSign = .none
        scanner.memory.forgetAll()
        chunk.source.withBytes { bytes in
            switch chunk.content {
            case .lines(let range): readLines(range, of: bytes)
            case .pieces(let pieces): for piece in pieces { read(piece, of: bytes) }
            case .records(let records, let table): readRecords(records, of: table, bytes)
            }
        }
        outcome.events = columns.count
        defer { columns = EventColumns() }
        return EventBatch(columns: columns, outcome: outcome)
    }

    /// Lines, each for itself: in one pass where it is as events are, else with care.
    private mutating func readLines(_ range: Range<Int>, of bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
        // The last newline that may be met while looking ahead stays inside the memory.
        let safe = isFast ? lastNewline(in: range, of: bytes) : range.lowerBound
        var position = range.lowerBound
        while position < range.upperBound {
            if position < safe, let next = readFast(base + position, base, limit: base + bytes.count) {
                position = next - base
                continue
            }
            let line = Lines.line(of: bytes, from: position)
            readSlowly(line, of: bytes)
            position = line.upperBound + 1
        }
    }

    /// Reads the line that begins here; gives the beginning of the next, or `nil` when the line is for the slower way.
    @inline(__always)
    private mutating func readFast(
        _ line: UnsafePointer<UInt8>, _ base: UnsafePointer<UInt8>, limit: UnsafePointer<UInt8>
    ) -> UnsafePointer<UInt8>? {
        guard line.pointee == UInt8(ascii: "{"), var end = scanner.scan(line, spansLines: false, limit: limit)
        else { return nil }
        let event = scanner.inner ?? (line, end)
        if end.pointee == 0x0D { end += 1 }
        guard end.pointee == 0x0A, append(event.start - base, event.end - base) else { return nil }
        return end + 1
    }

    /// Adds the event that the scanner has read; says whether it could be.
    @inline(__always)
    private mutating func append(_ start: Int, _ end: Int) -> Bool {
        if scanner.sign != lastSign { return appendFirst(start, end) }
        return columns.append(scanner, start: start, end: end, scratch: &scratch)
    }

    /// Adds an event of another shape than the one before.
    private mutating func appendFirst(_ start: Int, _ end: Int) -> Bool {
        guard let format = scanner.sign.format else { return false }
        begin(format)
        guard columns.append(scanner, start: start, end: end, scratch: &scratch) else { return false }
        note(format)
        if let envelope = scanner.sign.envelopeName { outcome.envelopes.insert(envelope) }
        lastSign = scanner.sign
        return true
    }

    /// Says of which shape the next event is.
    mutating func begin(_ format: Format) {
        columns.origins.beginRun(outcome.source, format)
        lastSign = .none
    }

    /// Says of which shape an event was.
    mutating func note(_ format: Format) {
        outcome.formats[format.name, default: []].formUnion(format.missingFields)
    }

    private func lastNewline(in range: Range<Int>, of bytes: UnsafeRawBufferPointer) -> Int {
        var end = min(range.upperBound, bytes.count - EventScanner.margin)
        while end > range.lowerBound, bytes[end - 1] != 0x0A { end -= 1 }
        return max(range.lowerBound, end - 1)
    }
}

// MARK: With care

extension ChunkReader {
    private mutating func readSlowly(_ line: Range<Int>, of bytes: UnsafeRawBufferPointer) {
        for piece in EventSplitter(line: line, of: bytes).pieces { read(piece, of: bytes) }
    }

    private mutating func read(_ piece: EventSplitter.Piece, of bytes: UnsafeRawBufferPointer) {
        switch piece {
        case .broken(let byte, let reason): outcome.reject(byte, reason)
        case .event(let range):
            if isFast, range.upperBound + EventScanner.margin <= bytes.count, readFast(range, of: bytes) { return }
            parse(range, of: bytes)
        case .fragment(let range): parse(range, of: bytes)
        }
    }

    private mutating func parse(_ range: Range<Int>, of bytes: UnsafeRawBufferPointer) {
        switch JSONParser.parse(UnsafeRawBufferPointer(rebasing: bytes[range])) {
        case .failure(let fault): outcome.reject(range.lowerBound + fault.byte, fault.reason)
        case .success(let value): take(value, at: range, of: bytes, depth: 0)
        }
    }

    /// Reads an object that is closed at the end of the range, where the scanner stops if nowhere before: were it not
    /// closed, the scanner would go on into what follows, and beyond the memory.
    private mutating func readFast(_ range: Range<Int>, of bytes: UnsafeRawBufferPointer) -> Bool {
        guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return false }
        let start = base + range.lowerBound
        guard start.pointee == UInt8(ascii: "{"),
            let end = scanner.scan(start, spansLines: true, limit: base + bytes.count), end == base + range.upperBound
        else { return false }
        let event = scanner.inner ?? (start, end)
        return append(event.start - base, event.end - base)
    }
}
