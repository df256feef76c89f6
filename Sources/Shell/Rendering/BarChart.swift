import Diagnostics

/// Bars beside each other's labels and counts, the longest as long as the screen allows.
struct BarChart {
    let bars: [(label: String, count: Int)]
    /// Whether the bars are numbered.
    let isNumbered: Bool

    /// Less than this shows nothing of a bar's length.
    private static let narrowest = 6

    func lines(on screen: Screen) -> [String] {
        let labels = bars.map { $0.label.visible }, counts = bars.map { $0.count.grouped }
        let numbers = isNumbered ? String(bars.count).count + 2 : 0
        let most = bars.map(\.count).max() ?? 0, digits = counts.map(\.count).max() ?? 0
        let rest = screen.width - 2 - numbers - digits - 4
        let label = min(labels.map(\.terminalColumns).max() ?? 0, max(8, rest / 2), max(1, rest - Self.narrowest))
        return bars.indices.map { index in
            let number = isNumbered ? padding(String(index + 1), numbers - 2) + "  " : ""
            let bar = Self.bar(bars[index].count, of: most, columns: rest - label, glyphs: screen.glyphs)
            return "  " + screen.paint(number, .dim) + labels[index].cut(toColumns: label).padded(toColumns: label)
                + "  "
                + padding(counts[index], digits) + "  " + screen.paint(bar, .accent)
        }
    }

    private func padding(_ text: String, _ columns: Int) -> String {
        String(repeating: " ", count: max(0, columns - text.count)) + text
    }

    /// A bar in parts of a cell; what is counted at all has at least the smallest part.
    static func bar(_ count: Int, of most: Int, columns: Int, glyphs: Glyphs) -> String {
        guard count > 0, most > 0, columns > 0 else { return "" }
        let parts = glyphs.bars.count
        let length = max(1, Int((Double(count) / Double(most) * Double(columns * parts)).rounded()))
        let rest = length % parts
        return String(repeating: glyphs.bars[parts - 1], count: length / parts)
            + (rest > 0 ? glyphs.bars[rest - 1] : "")
    }
}
