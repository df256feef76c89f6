internal import Tables

/// The columns of a table while events are added to them, in the order of the input.
///
/// Events whose id is there already are left out and counted. Codes of texts follow the order of the rows, so that the
/// result does not depend on how the input was cut.
struct GrowingTable {
    private(set) var columns: EventColumns
    private(set) var index: EventIDIndex
    private(set) var duplicates = 0
    /// The row of the first event that was added.
    let firstRow: Int

    /// Begins with the rows of a table.
    init(_ table: EventTable) {
        columns = table.storage.columns
        index = table.storage.index
        firstRow = columns.count
    }

    var table: EventTable { EventTable(columns: columns, index: index) }

    /// The rows that were added.
    var added: Range<Int> { firstRow..<columns.count }

    /// The first and last time among the rows that were added.
    var timeRange: ClosedRange<Timestamp>? {
        var first = Int64.max, last = Int64.min
        for time in columns.times[added] where time != .max { (first, last) = (min(first, time), max(last, time)) }
        return first <= last ? Timestamp(ticks: first)...Timestamp(ticks: last) : nil
    }

    /// Makes room for rows to come.
    mutating func reserveCapacity(_ count: Int) { columns.reserveCapacity(count) }

    /// Adds some rows of a batch.
    mutating func append(_ batch: EventColumns, rows: some Sequence<Int>) {
        let runs = choose(rows, of: batch)
        for run in runs {
            columns.times += batch.times[run]
            columns.origins.append(run, of: batch.origins)
        }
        for number in columns.numbers.indices {
            for run in runs { columns.numbers[number] += batch.numbers[number][run] }
        }
        for text in columns.texts.indices {
            var translation = StringColumn.Translation(of: batch.texts[text])
            for run in runs { columns.texts[text].append(run, of: batch.texts[text], &translation) }
        }
    }

    /// Takes the ids that are new; gives the rows that have them, in runs.
    private mutating func choose(_ rows: some Sequence<Int>, of batch: EventColumns) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        for row in rows {
            let id = columns.ids.id(adding: batch.ids.rows[row], of: batch.ids)
            guard index.row(of: id, in: columns.ids.rows) == nil else {
                duplicates += 1
                continue
            }
            columns.ids.append(id)
            index.insertLast(of: columns.ids.rows)
            if let last = runs.last, last.upperBound == row {
                runs[runs.count - 1] = last.lowerBound..<row + 1
            } else {
                runs.append(row..<row + 1)
            }
        }
        return runs
    }
}
