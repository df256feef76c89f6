import Diagnostics
import Tables

/// Points on two axes. Each series has a mark of its own, which the legend names: colour carries no meaning alone.
struct ChartCanvas {
    private let data: ChartData
    private let screen: Screen
    private let isConnected: Bool
    private let x: ClosedRange<Double>
    private let y: ClosedRange<Double>
    /// What stands at the left of the highest and the lowest line.
    private let scale: (top: String, bottom: String)
    private let width: Int
    private static let height = 10

    init(_ data: ChartData, screen: Screen, isConnected: Bool) {
        self.data = data
        self.screen = screen
        self.isConnected = isConnected
        let points = data.series.flatMap(\.points)
        let xs = points.compactMap(\.x)
        let ys = points.map(\.y)
        x = (xs.min() ?? 0)...(xs.max() ?? 0)
        // Heights are compared, so that zero is always on the picture.
        y = min(0, ys.min() ?? 0)...max(0, ys.max() ?? 0)
        scale = (Self.short(y.upperBound), Self.short(y.lowerBound))
        width = max(4, screen.width - 5 - max(scale.top.count, scale.bottom.count))
    }

    private static func short(_ number: Double) -> String {
        if number == number.rounded(), abs(number) < 1e15 { return Int(number).grouped }
        return String(number.description.prefix(8))
    }

    private var marks: [String] { screen.isASCII ? ["*", "o", "x", "+", "#", "@"] : ["●", "○", "▲", "△", "■", "□"] }

    var lines: [String] {
        let grid = grid
        let margin = max(scale.top.count, scale.bottom.count)
        var lines = grid.enumerated().map { row, cells in
            let label = row == 0 ? scale.top : row == grid.count - 1 ? scale.bottom : ""
            let lead = String(repeating: " ", count: margin - label.count) + label + " " + screen.glyphs.vertical
            return "  " + screen.paint(lead, .dim) + trimmed(cells)
        }
        let indent = String(repeating: " ", count: margin + 3)
        let line = screen.glyphs.corner + String(repeating: screen.glyphs.horizontal, count: width)
        lines.append(screen.paint(indent + line, .dim))
        lines.append(screen.paint(indent + " " + axis, .dim))
        return lines + legend
    }

    private func trimmed(_ cells: [String]) -> String {
        let line = cells.lastIndex { $0 != " " }.map { cells[...$0].joined() } ?? ""
        return screen.paint(line, .accent)
    }

    /// Line by line from above. Of two series at one place the first is seen.
    private var grid: [[String]] {
        var cells = [[String]](repeating: [String](repeating: " ", count: width), count: Self.height)
        for (index, series) in data.series.enumerated().reversed() {
            let mark = marks[index % marks.count]
            for (column, row) in places(of: series) { cells[row][column] = mark }
        }
        return cells
    }

    /// Where a series has a mark. In a line chart each column has one at most, the mean of what falls into it, and
    /// between two the line goes straight.
    private func places(of series: ChartData.Series) -> [(column: Int, row: Int)] {
        guard isConnected else { return series.points.compactMap { point in point.x.map { (column($0), row(point.y)) } } }
        var sums: [Int: (sum: Double, count: Double)] = [:]
        for point in series.points {
            guard let x = point.x else { continue }
            sums[column(x), default: (0, 0)].sum += point.y
            sums[column(x), default: (0, 0)].count += 1
        }
        let means = sums.map { (column: $0.key, y: $0.value.sum / $0.value.count) }.sorted { $0.column < $1.column }
        var places = means.map { (column: $0.column, row: row($0.y)) }
        for (left, right) in zip(means, means.dropFirst()) where right.column - left.column > 1 {
            for column in (left.column + 1)..<right.column {
                let share = Double(column - left.column) / Double(right.column - left.column)
                places.append((column, row(left.y + (right.y - left.y) * share)))
            }
        }
        return places
    }

    private func column(_ value: Double) -> Int { Self.place(value, in: x, of: width) }

    private func row(_ value: Double) -> Int { Self.height - 1 - Self.place(value, in: y, of: Self.height) }

    private static func place(_ value: Double, in range: ClosedRange<Double>, of count: Int) -> Int {
        let length = range.upperBound - range.lowerBound
        guard length > 0 else { return 0 }
        return min(count - 1, max(0, Int(((value - range.lowerBound) / length * Double(count - 1)).rounded())))
    }

    /// The first and the last place on the axis.
    private var axis: String {
        let ends = [x.lowerBound, x.upperBound].map { end in
            data.isTime ? Timestamp(ticks: Int64(end)).spaced : Self.short(end)
        }
        let gap = width - ends[0].count - ends[1].count - (data.isTime ? 4 : 0)
        let end = data.isTime ? " UTC" : ""
        let line = gap > 0 ? ends[0] + String(repeating: " ", count: gap) + ends[1] + end : ends[0] + end
        return line.cut(toColumns: width)
    }

    private var legend: [String] {
        guard data.series.count > 1 else { return [] }
        let names = data.series.enumerated().map { "\(marks[$0.offset % marks.count]) \($0.element.name ?? "")" }
        let rest = names.count - 12
        let text = names.prefix(12).joined(separator: "   ") + (rest > 0 ? "   and \(rest.grouped) more" : "")
        return wrap(text.visible, width: screen.width, indent: 2)
    }
}
