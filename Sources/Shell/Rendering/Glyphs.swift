import Diagnostics

/// What pictures are drawn with.
struct Glyphs: Hashable, Sendable {
    /// Parts of a full cell from the left, the smallest first; the last is the full cell.
    let bars: [String]
    /// Parts of a full cell from below, the smallest first; the last is the full cell.
    let columns: [String]
    /// The heights of a line of counts, from none to the most.
    let levels: [String]
    let corner: String, horizontal: String, tick: String, vertical: String

    static let blocks = Glyphs(
        bars: ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"], columns: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
        levels: ["·", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"], corner: "└", horizontal: "─", tick: "┬", vertical: "│")
    static let ascii = Glyphs(
        bars: ["#"], columns: [".", ":", "#"], levels: [".", ":", "-", "=", "+", "*", "%", "#", "@"], corner: "+",
        horizontal: "-", tick: "+", vertical: "|")
}

extension Screen {
    var glyphs: Glyphs { isASCII ? .ascii : .blocks }

    /// The lines as this screen can show them: where that is ASCII alone, our own marks become their nearest
    /// characters, one for one. Letters of the log stay what they are.
    func shown(_ lines: [String]) -> [String] {
        guard isASCII else { return lines }
        return lines.map { line in line.map { Self.nearest[$0] ?? String($0) }.joined() }
    }

    private static let nearest: [Character: String] = ["–": "-", "…": "~", "·": "|", "×": "x", "→": ">"]
}
