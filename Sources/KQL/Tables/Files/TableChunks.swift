internal import Events
internal import Synchronization
internal import Tables

/// A part of a file that is read by itself.
struct TableChunk: Sendable {
    enum Content: Sendable {
        case lines(Range<Int>)
        case values(Range<Int>)
        case records([CSVReader.Record], header: [FieldName])
    }

    let index: Int
    let content: Content

    /// Reads the rows.
    func rows(_ bytes: UnsafeRawBufferPointer, _ plan: TablePlan) -> ChunkRows {
        switch content {
        case .records(let records, let header):
            var reader = FieldRows(bytes, header, plan)
            reader.read(records)
            return reader.rows
        case .lines(let range):
            var reader = JSONRows(bytes, plan)
            reader.read(lines: range)
            return reader.rows
        case .values(let range):
            var reader = JSONRows(bytes, plan)
            reader.read(values: range)
            return reader.rows
        }
    }
}

/// Cuts a file into chunks, which are handed out in order, to several who ask.
///
/// `@unchecked`: it and the reader of a CSV point into the bytes, which the loader keeps and nobody writes.
final class TableChunks: @unchecked Sendable {
    private struct State {
        var layout: TableLayout
        var index = 0
    }

    private let bytes: UnsafeRawBufferPointer
    private let size: Int
    private let state: Mutex<State>

    /// - Parameters:
    ///   - bytes: Must outlive this.
    ///   - size: About how many bytes a chunk has.
    init(_ bytes: UnsafeRawBufferPointer, _ layout: TableLayout, size: Int) {
        self.bytes = bytes
        self.size = size
        state = Mutex(State(layout: layout))
    }

    /// The next chunk; `nil` where there is none left.
    func next() -> TableChunk? {
        state.withLock { state in
            guard let content = content(&state.layout) else { return nil }
            defer { state.index += 1 }
            return TableChunk(index: state.index, content: content)
        }
    }

    private func content(_ layout: inout TableLayout) -> TableChunk.Content? {
        switch layout {
        case .lines(let start):
            guard start < bytes.count else { return nil }
            let lines = Self.wholeLines(of: bytes, from: start, size)
            layout = .lines(from: lines.upperBound)
            return .lines(lines)
        case .values(let start):
            guard start < bytes.count else { return nil }
            layout = .values(from: bytes.count)
            return .values(start..<bytes.count)
        case .fields(var reader, let header):
            var records: [CSVReader.Record] = [], count = 0
            while count < size, let record = reader.next() {
                records.append(record)
                count += record.range.count + 1
            }
            layout = .fields(reader, header: header)
            return records.isEmpty ? nil : .records(records, header: header)
        }
    }

    /// Parts from all over the file, a megabyte in all.
    static func samples(of bytes: UnsafeRawBufferPointer, _ layout: TableLayout) -> [TableChunk] {
        let limit = 1 << 20, parts = 16
        switch layout {
        case .values(let start):
            return [TableChunk(index: 0, content: .values(start..<min(bytes.count, start + limit)))]
        case .fields: return TableChunks(bytes, layout, size: limit).next().map { [$0] } ?? []
        case .lines(let start):
            guard bytes.count - start > limit else {
                return [TableChunk(index: 0, content: .lines(start..<bytes.count))]
            }
            return (0..<parts).map { part in
                let place = start + (bytes.count - start) / parts * part
                let lines = wholeLines(of: bytes, from: part == 0 ? start : nextLine(of: bytes, place), limit / parts)
                return TableChunk(index: part, content: .lines(lines))
            }
        }
    }

    /// Lines of about so many bytes.
    private static func wholeLines(of bytes: UnsafeRawBufferPointer, from start: Int, _ size: Int) -> Range<Int> {
        let reach = min(bytes.count, start + size)
        return start..<(reach > start ? nextLine(of: bytes, reach - 1) : start)
    }

    private static func nextLine(of bytes: UnsafeRawBufferPointer, _ place: Int) -> Int {
        min(bytes.count, Lines.line(of: bytes, from: place).upperBound + 1)
    }
}
