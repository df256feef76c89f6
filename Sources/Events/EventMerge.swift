internal import Tables

/// Joins what several readers have read into the columns of one table, in the order of the input.
///
/// Events whose id is there already and events outside the window are left out and counted. Codes of texts follow the
/// order of the rows, so that the result does not depend on how many readers there were.
struct EventMerge {
    private(set) var duplicates = 0
    private(set) var outsideWindow = 0
    /// The columns of the table, with the new rows after the old.
    private(set) var columns: EventColumns
    private(set) var index: EventIDIndex
    /// The row of the first new event.
    let firstRow: Int

    /// Rows of one batch that follow each other and are wanted.
    private struct Run: Sendable {
        let batch: Int
        var rows: Range<Int>
    }

    private var runs: [Run] = []

    /// - Parameters:
    ///   - chunks: By batch and rows, in the order of the input.
    init(
        _ table: EventTable, batches: inout [EventColumns], chunks: [(batch: Int, rows: Range<Int>)], window: TimeWindow
    ) async {
        columns = table.storage.columns
        index = table.storage.index
        firstRow = columns.count
        let total = firstRow + chunks.reduce(0) { $0 + $1.rows.count }
        columns.ids.reserveCapacity(total)
        for chunk in chunks { choose(chunk.rows, of: chunk.batch, in: batches[chunk.batch], window) }
        for number in batches.indices { batches[number].ids = EventIDs() }
        takeOrigins(of: &batches)
        takeTimes(of: &batches)
        for index in NumberField.allCases.indices { takeNumbers(index, of: &batches) }
        await takeTexts(of: &batches)
    }

    private mutating func choose(_ rows: Range<Int>, of number: Int, in batch: EventColumns, _ window: TimeWindow) {
        var start = rows.lowerBound
        for row in rows {
            let isWanted: Bool
            let time = batch.times[row] == .max ? nil : Timestamp(ticks: batch.times[row])
            let id = columns.ids.id(adding: batch.ids.rows[row], of: batch.ids)
            if !window.contains(time) {
                outsideWindow += 1
                isWanted = false
            } else if index.row(of: id, in: columns.ids.rows) != nil {
                duplicates += 1
                isWanted = false
            } else {
                columns.ids.append(id)
                index.insertLast(of: columns.ids.rows)
                isWanted = true
            }
            if !isWanted {
                if start < row { runs.append(Run(batch: number, rows: start..<row)) }
                start = row + 1
            }
        }
        if start < rows.upperBound { runs.append(Run(batch: number, rows: start..<rows.upperBound)) }
    }

    private mutating func takeTimes(of batches: inout [EventColumns]) {
        columns.times.reserveCapacity(columns.ids.rows.count)
        for run in runs { columns.times += batches[run.batch].times[run.rows] }
        for number in batches.indices { batches[number].times = [] }
    }

    private mutating func takeNumbers(_ index: Int, of batches: inout [EventColumns]) {
        columns.numbers[index].reserveCapacity(columns.ids.rows.count)
        for run in runs { columns.numbers[index] += batches[run.batch].numbers[index][run.rows] }
        for number in batches.indices { batches[number].numbers[index] = [] }
    }

    private mutating func takeOrigins(of batches: inout [EventColumns]) {
        columns.origins.reserveCapacity(columns.ids.rows.count)
        for run in runs { columns.origins.append(run.rows, of: batches[run.batch].origins) }
        for number in batches.indices { batches[number].origins = EventOrigins() }
    }

    /// Each column for itself, on all cores.
    private mutating func takeTexts(of batches: inout [EventColumns]) async {
        let runs = runs
        var parts: [(column: StringColumn, batches: [StringColumn])] = []
        for index in columns.texts.indices {
            parts.append((columns.texts[index], batches.map { $0.texts[index] }))
            columns.texts[index] = StringColumn()
            for number in batches.indices { batches[number].texts[index] = StringColumn() }
        }
        await withTaskGroup(of: (Int, StringColumn).self) { group in
            while let (column, sources) = parts.popLast() {
                let index = parts.count
                group.addTask { (index, Self.joined(column, sources, runs)) }
            }
            for await (index, column) in group { columns.texts[index] = column }
        }
    }

    private static func joined(_ column: StringColumn, _ batches: [StringColumn], _ runs: [Run]) -> StringColumn {
        var column = column
        column.reserveCapacity(column.count + runs.reduce(0) { $0 + $1.rows.count })
        var translations = batches.map(StringColumn.Translation.init)
        for run in runs { column.append(run.rows, of: batches[run.batch], &translations[run.batch]) }
        return column
    }
}
