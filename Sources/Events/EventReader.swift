internal import Diagnostics
internal import Foundation
internal import JSON
public import Tables

/// Reads inputs into an ``EventTable``.
///
/// Parses on all cores in blocks and keeps the order of the input. What is not an event is counted, reported with
/// file, line and byte, and skipped; its neighbours are kept.
public struct EventReader: Sendable {
    /// Told the bytes done and the bytes in all, from time to time.
    public typealias Progress = @Sendable (_ done: Int, _ total: Int) -> Void

    private let progress: Progress
    /// Pieces parsed between two looks at cancellation and progress.
    private static let blockSize = 1024

    public init(progress: @escaping Progress = { _, _ in }) { self.progress = progress }

    /// Reads all sources and adds their events to a table.
    ///
    /// - Parameters:
    ///   - window: Events outside it are counted and left out. Relative times count back from `now`, or, when that
    ///     is `nil`, from the newest event of the inputs and the table.
    /// - Throws: `Diagnostic` of kind `interrupted` when the task is cancelled; the table is then unchanged.
    public func read(
        _ sources: [RawBytes], into table: EventTable, window request: TimeWindowRequest, now: Timestamp?
    ) async throws -> (table: EventTable, report: IngestReport) {
        var report = IngestReport()
        var fresh = EventTableBuilder()
        var formats: [String: Format] = [:]
        for source in sources { try await read(source, into: &fresh, &report, &formats) }
        let events = fresh.finish()
        if let first = events.first, let last = events.last { report.available = first...last }
        report.formats = formats.keys.sorted()
        report.missingFields = Formats.all.filter { formats[$0.name] != nil }.flatMap(\.missingFields)
        let window = try resolve(request, now: now ?? later(events.last, table.last))
        if !request.isOpen { report.window = window }
        let inside = (0..<events.count).filter { window.contains(events.time(at: $0)) }
        report.outsideWindow = events.count - inside.count
        var combined = EventTableBuilder(table)
        let added = combined.append(events, rows: inside)
        report.duplicates += added.duplicates
        report.accepted = added.accepted.count
        describe(added.accepted, of: events, in: &report)
        return (combined.finish(), report)
    }

    private func resolve(_ request: TimeWindowRequest, now: Timestamp?) throws(Diagnostic) -> TimeWindow {
        guard let now = now ?? (request.isRelative ? nil : Timestamp(ticks: 0)) else { return TimeWindow() }
        return try request.resolved(now: now)
    }

    private func describe(_ rows: [Int], of events: EventTable, in report: inout IngestReport) {
        let times = rows.compactMap { events.time(at: $0) }
        report.first = times.min()
        report.last = times.max()
        report.actors = Set(rows.compactMap { events.actorKey(at: $0).map(ByteText.init) }).count
    }
}

/// The later of two instants, either of which may be missing.
private func later(_ left: Timestamp?, _ right: Timestamp?) -> Timestamp? {
    guard let left, let right else { return left ?? right }
    return left > right ? left : right
}

// MARK: One source

extension EventReader {
    /// What one piece of an input turned out to be.
    private enum Outcome: Sendable {
        case event(ParsedEvent, Format, Range<Int>)
        case problem(byte: Int, message: String)
    }

    private func read(
        _ source: RawBytes, into builder: inout EventTableBuilder, _ report: inout IngestReport,
        _ formats: inout [String: Format]
    ) async throws {
        let pieces = source.withBytes { EventSplitter($0).pieces }
        var lines = LineCounter(source)
        let width = Swift.max(1, ProcessInfo.processInfo.activeProcessorCount)
        for start in stride(from: 0, to: pieces.count, by: Self.blockSize * width) {
            let blocks = (0..<width).map { index -> ArraySlice<EventSplitter.Piece> in
                let low = min(start + index * Self.blockSize, pieces.count)
                return pieces[low..<min(low + Self.blockSize, pieces.count)]
            }
            for outcome in try await outcomes(of: blocks, in: source) {
                report.read += 1
                switch outcome {
                case .event(let event, let format, let range):
                    formats[format.name] = format
                    let origin = EventColumns.Origin(
                        source: source, start: range.lowerBound, end: range.upperBound, format: format)
                    if !builder.append(event, origin: origin) { report.duplicates += 1 }
                    progress(range.upperBound, source.count)
                case .problem(let byte, let message):
                    report.reject(
                        IngestReport.Problem(file: source.name, line: lines.line(of: byte), byte: byte, message: message))
                }
            }
        }
    }

    private func outcomes(of blocks: [ArraySlice<EventSplitter.Piece>], in source: RawBytes) async throws -> [Outcome] {
        guard !Task.isCancelled else { throw Diagnostic.interrupted }
        return await withTaskGroup(of: (Int, [Outcome]).self) { group in
            for (index, block) in blocks.enumerated() where !block.isEmpty {
                group.addTask { (index, source.withBytes { bytes in block.map { Self.outcome(of: $0, in: bytes) } }) }
            }
            var parts = [[Outcome]](repeating: [], count: blocks.count)
            for await (index, outcomes) in group { parts[index] = outcomes }
            return parts.flatMap { $0 }
        }
    }

    private static func outcome(of piece: EventSplitter.Piece, in bytes: UnsafeRawBufferPointer) -> Outcome {
        switch piece {
        case .broken(let byte, let reason): return .problem(byte: byte, message: reason)
        case .event(let range):
            let raw = UnsafeRawBufferPointer(rebasing: bytes[range])
            switch JSONParser.parse(raw) {
            case .failure(let fault): return .problem(byte: range.lowerBound + fault.byte, message: fault.reason)
            case .success(let value):
                guard value.members != nil else {
                    return .problem(byte: range.lowerBound, message: "is \(value.kind), not a JSON object")
                }
                guard let format = Formats.format(of: value) else {
                    return .problem(byte: range.lowerBound, message: "is not an Okta event: none of its fields is known")
                }
                guard let event = ParsedEvent(format.logEvent(value), raw: raw) else {
                    return .problem(byte: range.lowerBound, message: "has a time that is not ISO 8601")
                }
                return .event(event, format, range)
            }
        }
    }
}

/// Turns bytes into line numbers for bytes that come in rising order; each newline is counted once.
private struct LineCounter {
    private let source: RawBytes
    private var position = 0
    private var line = 1

    init(_ source: RawBytes) { self.source = source }

    mutating func line(of byte: Int) -> Int {
        let end = Swift.min(Swift.max(byte, position), source.count)
        line += source.withBytes { Lines.count(in: $0, position..<end) }
        position = end
        return line
    }
}
