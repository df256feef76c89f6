public import Diagnostics
internal import Foundation
internal import JSON
internal import Synchronization
public import Tables

/// Reads inputs into an ``EventTable``.
///
/// Reads on all cores in chunks and keeps the order of the input. What is not an event is counted, reported with
/// file, line and byte, and skipped; its neighbours are kept.
///
/// # What is accepted
///
/// An event is one JSON object (RFC 8259), whole and valid. Comments, trailing commas, `NaN` and single quotes are not
/// JSON.
///
/// - **Lines**: a newline ends a line wherever it stands, in a string too. Only an input that begins with an array or
///   an object over several lines is read across them. A line may be longer than a chunk, and may hold several objects
///   or arrays of them; commas and brackets around events are passed over. Where words stand between events, the whole
///   line is one problem.
/// - **White space**: space, tab, newline and carriage return, nothing else. A byte-order mark is passed over at the
///   beginning of an input, and refused elsewhere.
/// - **UTF-8**: overlong forms, surrogates, what is beyond U+10FFFF and what is cut are refused, at the byte at which
///   the character begins.
/// - **Strings**: control characters are refused, `\u0000` is text. A surrogate that is escaped without its partner
///   becomes U+FFFD.
/// - **Keys**: equal when their bytes are, once escapes are read; case counts. Of a repeated key the last value counts,
///   as a whole.
/// - **Depth**: 64 levels, of which the event is the first. The bracket of the 65th is refused, in linear time.
/// - **Numbers**: doubles, rounded once; whole numbers of 64 bits are exact. Beyond a double's range they are refused,
///   below it they are 0, and so is `-0`.
/// - **Kinds**: where text is expected, numbers and booleans are taken as they would be written; null, the word `null`,
///   empty text, arrays and objects are no value. Where a number is expected, all else is no value. `published` is
///   a text or number that can be read as a time, or null, or the event is refused. An event without a `uuid` has an
///   id made of its bytes.
public struct EventReader: Sendable {
    /// Told how far the reading is, from time to time and from any thread.
    public typealias Progress = @Sendable (IngestProgress) -> Void

    private let progress: Progress
    private let width: Int
    private let chunkSize: Int?
    private let isFast: Bool
    private let format: Format?

    /// A reader on all cores.
    ///
    /// - Parameter format: The shape that all events have; `nil` when each is told by its content.
    public init(format: Format? = nil, progress: @escaping Progress = { _ in }) {
        self.init(width: max(1, ProcessInfo.processInfo.activeProcessorCount), format: format, progress: progress)
    }

    /// - Parameters:
    ///   - width: How many chunks are read at the same time.
    ///   - chunkSize: About how many bytes a chunk has; chosen by the size of the inputs when it is not given.
    ///   - isFast: Whether events are first read the fast way; the result is the same.
    init(
        width: Int = 2, chunkSize: Int? = nil, isFast: Bool = true, format: Format? = nil,
        progress: @escaping Progress = { _ in }
    ) {
        self.width = width
        self.format = format
        self.chunkSize = chunkSize
        self.isFast = isFast
        self.progress = progress
    }

    /// Reads all sources and adds their events to a table.
    ///
    /// When the task is cancelled, what was read so far is kept: whole chunks, from the beginning of the first source
    /// on; the report says where it stopped.
    ///
    /// - Parameters:
    ///   - stop: Where an earlier reading of these sources was interrupted: this one ends there as well.
    ///   - window: Events outside it are counted and left out. Relative times count back from `now`, or, when that
    ///     is `nil`, from the newest event of the inputs and the table.
    /// - Throws: `Diagnostic` when the window is none.
    public func read(
        _ sources: [RawBytes], into table: EventTable, window request: TimeWindowRequest, now: Timestamp?,
        upTo stop: IngestReport.Stop? = nil
    ) async throws(Diagnostic) -> (table: EventTable, report: IngestReport) {
        let size = chunkSize ?? Self.chunkSize(for: sources, width: width)
        let queue = EventChunkQueue(sources, chunkSize: size, upTo: stop)
        // With a window the events are gathered first, since its clock may be the newest of them.
        let (gathered, outcomes) = await read(sources, from: queue, into: request.isOpen ? table : EventTable())
        var report = IngestReport()
        if stop != nil || queue.hasMore() {
            report.stopped = stop ?? IngestReport.Stop(
                file: outcomes.last?.source.name ?? sources[0].name, byte: outcomes.last?.end ?? 0)
        }
        account(for: outcomes, of: sources, in: &report)
        report.available = gathered.timeRange
        guard !request.isOpen else {
            report.take(gathered)
            return (gathered.table, report)
        }
        let window = try resolve(request, now: now ?? later(report.available?.upperBound, table.last))
        report.window = window
        let inside = gathered.added.filter { window.contains(gathered.columns.time(at: $0)) }
        report.outsideWindow = gathered.added.count - inside.count
        report.duplicates = gathered.duplicates
        var chosen = GrowingTable(table)
        chosen.append(gathered.columns, rows: inside)
        report.take(chosen)
        return (chosen.table, report)
    }

    /// Enough chunks to keep all cores busy to the end; beyond that large ones, in which more comes again.
    private static func chunkSize(for sources: [RawBytes], width: Int) -> Int {
        min(max(sources.reduce(0) { $0 + $1.count } / (width * 8), 256 << 10), 16 << 20)
    }

    /// Reads all chunks, or those that can be read before the task is cancelled.
    private func read(
        _ sources: [RawBytes], from queue: EventChunkQueue, into table: EventTable
    ) async -> (GrowingTable, [ChunkOutcome]) {
        let total = sources.reduce(0) { $0 + $1.count }
        let meter = IngestMeter(total: total, report: progress)
        let collector = ChunkCollector(table, totalBytes: total)
        await withTaskGroup { group in
            for _ in 0..<width {
                group.addTask {
                    var reader = ChunkReader(isFast: isFast, format: format)
                    while !Task.isCancelled, let chunk = queue.next() {
                        let batch = reader.read(chunk, into: collector.spareColumns())
                        meter.add(chunk.count, events: batch.columns.count)
                        collector.add(batch)
                    }
                }
            }
        }
        return collector.finish()
    }

    private func resolve(_ request: TimeWindowRequest, now: Timestamp?) throws(Diagnostic) -> TimeWindow {
        guard let now = now ?? (request.isRelative ? nil : Timestamp(ticks: 0)) else { return TimeWindow() }
        return try request.resolved(now: now)
    }
}

/// The later of two instants, either of which may be missing.
private func later(_ left: Timestamp?, _ right: Timestamp?) -> Timestamp? {
    guard let left, let right else { return left ?? right }
    return left > right ? left : right
}
