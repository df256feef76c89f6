import Investigation
import Tables

/// Events over time as columns, with the times under them.
struct ColumnChart {
    /// As many stretches as there are columns to draw.
    let series: TimeSeries
    private let screen: Screen
    private let most: Int
    /// The counts at the left, all of one width.
    private let scale: [String]
    /// How many columns of the screen a stretch takes; from two on the last one is a blank.
    private let breadth: Int

    private static let tallest = 8
    private static let broadest = 8

    /// - Parameter series: Shortened to what fits, by longer stretches.
    init(_ series: TimeSeries, on screen: Screen) {
        let margin = 2 + (series.counts.reduce(0, +)).grouped.count + 2
        self.series = series.fitted(to: screen.width - margin)
        self.screen = screen
        let most = self.series.counts.max() ?? 0
        self.most = most
        let height = min(Self.tallest, max(1, most))
        let digits = most.grouped.count
        scale = (0...height).map { row in
            let text = row == 0 ? most.grouped : row == height ? "0" : ""
            return String(repeating: " ", count: digits - text.count) + text
        }
        let room = screen.width - 2 - digits - 2
        breadth = max(1, min(Self.broadest, room / max(1, self.series.counts.count)))
    }

    var lines: [String] {
        let height = scale.count - 1
        let rows = (0..<height).map { row in
            let cells = series.counts.map { cell($0, fromBottom: height - 1 - row, of: height) }.joined()
            return "  " + screen.paint(scale[row] + " " + screen.glyphs.vertical, .dim)
                + screen.paint(trimmed(cells), .accent)
        }
        return rows + axis.map { screen.paint($0, .dim) }
    }

    /// One stretch's part of a line. What is counted at all shows in the lowest line.
    private func cell(_ count: Int, fromBottom row: Int, of height: Int) -> String {
        let glyphs = screen.glyphs.columns
        let whole = most == 0 ? 0 : Int((Double(count) / Double(most) * Double(height * glyphs.count)).rounded())
        let part = min(glyphs.count, max(count > 0 && row == 0 ? 1 : 0, whole - row * glyphs.count))
        let glyph = part > 0 ? glyphs[part - 1] : " "
        return String(repeating: glyph, count: max(1, breadth - 1)) + (breadth > 1 ? " " : "")
    }

    private func trimmed(_ line: String) -> String { String(line.reversed().drop { $0 == " " }.reversed()) }

    /// The line under the columns with a tick for each time that is named, and the times.
    private var axis: [String] {
        let width = series.counts.count * breadth, margin = scale.last.map { $0.count + 4 } ?? 4
        var line = [String](repeating: screen.glyphs.horizontal, count: width), labels = ""
        for (index, _) in series.counts.enumerated() {
            let place = index * breadth, label = TimeLabels(series).text(at: index)
            guard labels.isEmpty && place == 0 || place >= labels.count + 2,
                margin + place + label.count <= screen.width
            else { continue }
            line[place] = screen.glyphs.tick
            labels += String(repeating: " ", count: place - labels.count) + label
        }
        return [
            "  \(scale.last ?? "0") \(screen.glyphs.corner)" + line.joined(),
            String(repeating: " ", count: margin) + labels,
        ]
    }
}

/// The times under columns, as short as they can be told apart.
private struct TimeLabels {
    private let series: TimeSeries
    private let isOneDay: Bool, isOneYear: Bool

    init(_ series: TimeSeries) {
        self.series = series
        let last = series.time(at: max(0, series.counts.count - 1))
        isOneDay = series.start.date == last.date
        isOneYear = series.start.date.prefix(4) == last.date.prefix(4)
    }

    func text(at index: Int) -> String {
        let time = series.time(at: index), date = String(time.date.dropFirst(isOneYear ? 5 : 0))
        let clock = String(time.timeOfDay.prefix(5))
        if series.step % 86_400 == 0 { return date }
        return isOneDay ? clock : date + " " + clock
    }
}

extension TimeSeries {
    /// Lengths that people count by, in seconds.
    private static let lengths: [Int64] =
        [60, 120, 300, 600, 900, 1800]
        + [1, 2, 3, 4, 6, 8, 12].map { $0 * 3600 } + [1, 2, 7, 14, 28, 91, 182, 364].map { $0 * 86_400 }

    /// The same events in at most so many stretches, as short as they can be.
    func fitted(to columns: Int) -> TimeSeries {
        guard counts.count > max(1, columns) else { return self }
        for length in Self.lengths where length > step && length % step == 0 {
            let fitted = coarser(by: length / step)
            if fitted.counts.count <= columns { return fitted }
        }
        var fitted = self
        while fitted.counts.count > max(1, columns) { fitted = fitted.coarser(by: 2) }
        return fitted
    }

    /// One character for each stretch, as high as its count.
    func sparkline(_ glyphs: Glyphs) -> String {
        let most = counts.max() ?? 0, top = glyphs.levels.count - 1
        return counts.map { count in
            count == 0 ? glyphs.levels[0] : glyphs.levels[max(1, (count * top + most - 1) / most)]
        }.joined()
    }

    /// The stretch with the most events, the first of them: when it begins, and how many there are.
    var peak: (time: Timestamp, count: Int)? {
        guard let most = counts.max(), most > 0, let index = counts.firstIndex(of: most) else { return nil }
        return (time(at: index), most)
    }
}
