import Diagnostics
import KQL

/// What `render` asks for, drawn with characters. The table stands beside it: a picture alone cites nothing.
struct ChartText {
    let data: ChartData
    let kind: String
    let screen: Screen

    /// `nil` for kinds that are tables, and where there is nothing to draw.
    init?(_ result: QueryResult, screen: Screen) {
        guard let chart = result.chart, chart.kind != "table", chart.kind != "card",
            let data = ChartData(result, chart)
        else { return nil }
        self.data = data
        kind = chart.kind
        self.screen = screen
    }

    var lines: [String] {
        let picture =
            switch kind {
            case "scatterchart": canvas(isConnected: false)
            case "timechart", "linechart", "areachart", "stackedareachart", "anomalychart": canvas(isConnected: true)
            default: bars
            }
        let title = data.title ?? "\(data.yNames.joined(separator: ", ")) by \(data.xName)"
        let rest = data.leftOut > 0 ? ["\(data.leftOut.grouped) more rows are not drawn"] : []
        return wrap(title, width: screen.width, indent: 2).map { screen.paint($0, .bold) } + picture
            + rest.flatMap { wrap($0, width: screen.width, indent: 2) }.map { screen.paint($0, .dim) }
    }

    /// Points without a place on an axis are bars, whatever was asked for.
    private func canvas(isConnected: Bool) -> [String] {
        guard data.series.allSatisfy({ $0.points.allSatisfy { $0.x != nil } }) else { return bars }
        return ChartCanvas(data, screen: screen, isConnected: isConnected).lines
    }
}

// MARK: Bars

extension ChartText {
    /// At most so many; a picture of more says nothing.
    private static let barLimit = 60

    private var bars: [String] {
        let all = data.series.flatMap { series in
            series.points.map { (label: [$0.label, series.name].compactMap { $0 }.joined(separator: " · "), point: $0) }
        }
        let shown = all.prefix(Self.barLimit)
        let most = shown.map { abs($0.point.y) }.max() ?? 0
        let total = all.reduce(0) { $0 + max(0, $1.point.y) }
        // Long numbers leave half of a narrow window to the rest.
        let longest = max(4, screen.width / 2 - 4)
        let values = shown.map { bar in
            (kind == "piechart" ? share(bar.point, of: total) : bar.point.text).cut(toColumns: longest)
        }
        let labels = shown.map(\.label.visible)
        let digits = values.map(\.terminalColumns).max() ?? 0
        let room = screen.width - 6 - digits
        let label = min(labels.map(\.terminalColumns).max() ?? 0, max(8, room / 2), max(1, room - 6))
        let lines = shown.indices.map { index in
            let bar = BarChart.bar(
                Int(abs(shown[index].point.y) / max(most, .leastNonzeroMagnitude) * 100_000), of: 100_000,
                columns: max(0, room - label), glyphs: screen.glyphs)
            let value = String(repeating: " ", count: digits - values[index].terminalColumns) + values[index]
            let lead = "  " + labels[index].cut(toColumns: label).padded(toColumns: label) + "  " + value
            return bar.isEmpty ? lead : lead + "  " + screen.paint(bar, shown[index].point.y < 0 ? .error : .accent)
        }
        let rest = all.count - shown.count
        return lines + (rest > 0 ? [screen.paint("  and \(rest.grouped) more", .dim)] : [])
    }

    private func share(_ point: ChartData.Point, of total: Double) -> String {
        let permille = total > 0 ? Int((max(0, point.y) / total * 1000).rounded()) : 0
        return "\(point.text)  \(permille / 10).\(permille % 10)%"
    }
}
