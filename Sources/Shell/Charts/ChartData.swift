import Foundation
import KQL

/// What a `render` draws: one or more series of points, and what their places are called.
struct ChartData {
    /// Points of one name; `nil` where there is one series alone.
    struct Series {
        let name: String?
        var points: [Point] = []
    }

    struct Point {
        /// What the place is called; for times and numbers also where it lies.
        let label: String
        let x: Double?
        let y: Double
        /// The value as the table shows it.
        let text: String
    }

    let series: [Series]
    let title: String?
    /// The names of the columns.
    let xName: String
    let yNames: [String]
    let isTime: Bool
    /// Rows that are not drawn.
    let leftOut: Int

    /// More rows than this are no picture any more.
    static let rowLimit = 2000

    /// `nil` where the rows have nothing to draw: no row, or no number.
    init?(_ result: QueryResult, _ chart: Chart) {
        guard result.count > 0, let x = Self.xColumn(of: result, chart) else { return nil }
        let ys = Self.yColumns(of: result, chart, except: x)
        guard !ys.isEmpty else { return nil }
        let splits = Self.splits(of: result, chart, except: [x] + ys)
        let rows = min(result.count, Self.rowLimit)
        xName = result.columns[x].name
        yNames = ys.map { result.columns[$0].name }
        isTime = result.columns[x].type == "datetime"
        title = chart.title
        leftOut = result.totalCount - rows
        series = Self.series(result, rows, x, ys, splits)
    }

    private static func series(_ result: QueryResult, _ rows: Int, _ x: Int, _ ys: [Int], _ splits: [Int]) -> [Series] {
        var order: [String] = []
        var found: [String: Series] = [:]
        let isPlaced = ["datetime", "timespan", "int", "long", "real", "decimal"].contains(result.columns[x].type)
        for row in 0..<rows {
            for y in ys where !result.isNull(row: row, column: y) {
                guard let number = result.number(row: row, column: y), number.isFinite else { continue }
                let split = splits.map { result.text(row: row, column: $0) }.joined(separator: ", ")
                let names = [splits.isEmpty ? nil : split, ys.count > 1 ? result.columns[y].name : nil]
                let name = names.compactMap { $0 }.joined(separator: ": ")
                if found[name] == nil {
                    order.append(name)
                    found[name] = Series(name: name.isEmpty ? nil : name)
                }
                found[name]?.points.append(
                    Point(
                        label: result.text(row: row, column: x),
                        x: isPlaced ? result.number(row: row, column: x) : nil, y: number,
                        text: result.text(row: row, column: y)))
            }
        }
        return order.compactMap { found[$0] }
    }
}

// MARK: Which column is what

extension ChartData {
    private static func xColumn(of result: QueryResult, _ chart: Chart) -> Int? {
        if let name = chart.xColumn, let index = result.columns.firstIndex(where: { $0.name == name }) { return index }
        if ["timechart", "anomalychart"].contains(chart.kind),
            let time = result.columns.firstIndex(where: { $0.type == "datetime" })
        {
            return time
        }
        return result.columns.isEmpty ? nil : 0
    }

    private static func yColumns(of result: QueryResult, _ chart: Chart, except x: Int) -> [Int] {
        let numbers = result.columns.indices.filter {
            $0 != x && ["int", "long", "real", "decimal", "timespan"].contains(result.columns[$0].type)
        }
        let named = numbers.filter { chart.yColumns.contains(result.columns[$0].name) }
        return named.isEmpty ? numbers : named
    }

    /// Columns of texts tell series apart.
    private static func splits(of result: QueryResult, _ chart: Chart, except used: [Int]) -> [Int] {
        let texts = result.columns.indices.filter { !used.contains($0) && result.columns[$0].type == "string" }
        let named = texts.filter { chart.series.contains(result.columns[$0].name) }
        return named.isEmpty ? texts : named
    }
}
