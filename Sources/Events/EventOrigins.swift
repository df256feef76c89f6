/// Where events were read: twelve bytes a row, and one entry for each run of rows of one source and format.
struct EventOrigins: Sendable {
    private var starts: [UInt64] = []
    private var counts: [UInt32] = []
    private var runs: [Run] = []
    /// The longest event, in bytes.
    private let lengthLimit: Int

    /// - Parameter lengthLimit: The longest event, in bytes; what four bytes can count unless a test wants less.
    init(lengthLimit: Int = Int(UInt32.max)) { self.lengthLimit = lengthLimit }

    /// Rows that follow each other and come from one source in one format.
    private struct Run: Sendable {
        let firstRow: Int
        let source: RawBytes
        let format: Format
    }

    /// Where one event's bytes are, and how to read them.
    struct Origin: Sendable {
        let source: RawBytes
        let range: Range<Int>
        let format: Format
    }

    subscript(row: Int) -> Origin {
        let run = runs[run(of: row)]
        return Origin(source: run.source, range: range(of: row), format: run.format)
    }

    /// The last run that begins at or before a row.
    private func run(of row: Int) -> Int {
        var low = 0, high = runs.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if runs[middle].firstRow <= row { low = middle } else { high = middle }
        }
        return low
    }

    func range(of row: Int) -> Range<Int> { Int(starts[row])..<Int(starts[row]) + Int(counts[row]) }

    /// Whether an event of this length can be added.
    @inline(__always)
    func holds(start: Int, end: Int) -> Bool { end - start <= lengthLimit }

    /// Adds an event of a length that it ``holds(start:end:)``.
    mutating func append(start: Int, end: Int) {
        starts.append(UInt64(start))
        counts.append(UInt32(end - start))
    }

    /// Says of which source and format the rows from now on are.
    mutating func beginRun(_ source: RawBytes, _ format: Format) {
        if let last = runs.last, last.source === source, last.format.name == format.name,
            last.format.place == format.place
        {
            return
        }
        if runs.last?.firstRow == starts.count { runs.removeLast() }
        runs.append(Run(firstRow: starts.count, source: source, format: format))
    }

    /// Adds some rows of another list.
    mutating func append(_ rows: Range<Int>, of other: EventOrigins) {
        var number = other.run(of: rows.lowerBound), row = rows.lowerBound
        while row < rows.upperBound {
            let run = other.runs[number]
            beginRun(run.source, run.format)
            let next = number + 1 < other.runs.count ? other.runs[number + 1].firstRow : rows.upperBound
            let end = min(rows.upperBound, next)
            starts += other.starts[row..<end]
            counts += other.counts[row..<end]
            (row, number) = (end, number + 1)
        }
    }

    mutating func removeAll() {
        starts.removeAll(keepingCapacity: true)
        counts.removeAll(keepingCapacity: true)
        runs = []
    }

    mutating func reserveCapacity(_ count: Int) {
        starts.reserveCapacity(count)
        counts.reserveCapacity(count)
    }
}
