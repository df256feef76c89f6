import Diagnostics

/// One walk over an input: where the reader is, and how a segment is taken apart from there.
struct ReadingPass {
    /// A place in the input, to return to.
    struct Mark: Hashable {
        var row: Int
        var cursor: LineCursor
    }

    let reader: LineReader
    let rows: [Substring]
    var mark: Mark
    /// Where the segment that is being read begins.
    private(set) var start: Mark
    /// Whether the last query still was open when the input ended.
    private(set) var endsInsideQuery = false

    init(reader: LineReader, input: String) {
        self.reader = reader
        rows = input.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
        mark = Mark(row: 0, cursor: LineCursor(rows[0]))
        start = mark
    }

    /// All segments of the input.
    mutating func segments() -> [ReadSegment] {
        var segments: [ReadSegment] = []
        repeat {
            if isComment { continue }
            while mark.cursor.skipToCommand() {
                start = mark
                let meaning = nextMeaning()
                segments.append(ReadSegment(meaning: meaning, source: source(since: start), line: start.row + 1))
            }
        } while nextRow()
        return segments
    }

    /// A line that begins with `#` is a comment in a script; at the prompt it is something to ask about.
    private var isComment: Bool { reader.mode == .batch && rows[mark.row].first == "#" }

    private mutating func nextRow() -> Bool {
        guard mark.row + 1 < rows.count else { return false }
        mark = Mark(row: mark.row + 1, cursor: LineCursor(rows[mark.row + 1]))
        return true
    }

    /// What was typed between a mark and here.
    func source(since start: Mark) -> String {
        let end = mark.cursor.characters[..<mark.cursor.position]
        guard start.row < mark.row else { return String(Array(end[start.cursor.position...]).trimmed) }
        let first = String(start.cursor.characters[start.cursor.position...])
        let between = rows[start.row + 1..<mark.row].map(String.init)
        return String(Array(([first] + between + [String(end)]).joined(separator: "\n")).trimmed)
    }
}

// MARK: Arguments

extension ReadingPass {
    /// The arguments of a command from here on, and the place behind them.
    mutating func arguments(of name: String) throws(LineFault) -> [String] {
        guard let kind = reader.vocabulary.textKind(of: name) else { return try mark.cursor.words() }
        var arguments = try options(taking: reader.vocabulary.valueOptions(of: name))
        let text = kind == .restOfSegment ? mark.cursor.text() : query()
        if text.hasPrefix("-"), arguments.last != "--" { arguments.append("--") }
        return text.isEmpty ? arguments : arguments + [text]
    }

    /// The options here, with their values, up to the first other word or behind `--`.
    mutating func options(taking valued: Set<String>) throws(LineFault) -> [String] {
        var options: [String] = []
        mark.cursor.skipBlanks()
        while mark.cursor.isAtOption, let option = try mark.cursor.word() {
            options.append(option)
            if option == "--" { break }
            if valued.contains(option), let value = try mark.cursor.word() { options.append(value) }
            mark.cursor.skipBlanks()
        }
        return options
    }

    /// A KQL query: the rest of this line, and the lines after it for as long as the query goes on.
    private mutating func query() -> String {
        mark.cursor.skipBlanks()
        guard let first = mark.cursor.current, first != ";" else { return "" }
        var extent = QueryExtent()
        var text = take(mark.cursor.rest(), into: &extent)
        while let following = rows.dropFirst(mark.row + 1).first.map(Array.init)?.trimmed {
            let isEnd = following.isEmpty && reader.mode == .interactive
            guard extent.isOpen ? !isEnd : following.first == "|", nextRow() else { break }
            text += "\n" + take(mark.cursor.rest(), into: &extent)
        }
        endsInsideQuery = extent.isOpen && mark.row == rows.count - 1
        return String(Array(text).trimmed)
    }

    /// The line without a backslash that only says that it goes on.
    private func take(_ line: String, into extent: inout QueryExtent) -> String {
        extent.take(line)
        return extent.endsInBackslash ? String(Array(line).trimmed.dropLast()) : line
    }
}
