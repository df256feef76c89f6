import Detection
import Diagnostics
import Investigation
import Tables

/// A report in GitHub's Markdown, in which no text from outside becomes markup.
struct MarkdownReport {
    let title: ReportText
    let blocks: [ReportBlock]

    /// The whole text, ending in a newline.
    var text: String {
        "# " + Self.inline(title) + "\n\n" + blocks.map(Self.block).joined(separator: "\n")
    }

    private static func block(_ block: ReportBlock) -> String {
        switch block {
        case .heading(let level, let text, _): String(repeating: "#", count: level) + " " + inline(text) + "\n"
        case .paragraph(let text): guarded(inline(text)) + "\n"
        case .facts(let facts): facts.map { "- **\($0.name):** \(inline($0.value))\n" }.joined()
        case .list(let items): items.map { "- \(guarded(inline($0)))\n" }.joined()
        case .checklist(let items): items.map { "- [ ] \(guarded(inline($0)))\n" }.joined()
        case .table(let table): self.table(table)
        case .code(let text): fenced(text)
        case .columns(let columns): picture(columns.title(fittedTo: MarkdownBars.stretches), MarkdownBars.text(columns))
        case .bars(let bars): picture(bars.title, MarkdownBars.text(bars))
        case .card(_, let blocks): blocks.map(self.block).joined(separator: "\n")
        case .caution(let title, let items): "**\(title)**\n\n" + items.map { "- \(guarded(inline($0)))\n" }.joined()
        }
    }

    private static func picture(_ title: String, _ text: String) -> String { "**\(title)**\n\n" + fenced(text) }

    private static func table(_ table: ReportTable) -> String {
        let head = "| " + table.columns.map { MarkdownText.inline($0.name) }.joined(separator: " | ") + " |\n"
            + "|" + table.columns.map { $0.isNumber ? " ---: |" : " --- |" }.joined() + "\n"
        let rows = table.rows.map { "| " + $0.map(inline).joined(separator: " | ") + " |\n" }.joined()
        return head + rows + (table.more > 0 ? "\nand \(table.more.grouped) more\n" : "")
    }

    /// A block that no run of marks in the text can end.
    private static func fenced(_ text: String) -> String {
        let text = text.visibleLines
        let fence = String(repeating: "`", count: max(3, MarkdownText.longestRun(of: "`", in: text) + 1))
        return "\(fence)text\n\(text)\n\(fence)\n"
    }

    /// The text, with what would make its first letters a list, a rule or the line under a heading escaped.
    private static func guarded(_ text: String) -> String {
        let text = String(text.drop { $0 == " " })
        if let first = text.first, "-+=".contains(first) { return "\\" + text }
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty, let mark = text.dropFirst(digits.count).first, ".)".contains(mark) else { return text }
        return digits + "\\" + text.dropFirst(digits.count)
    }
}

// MARK: Texts

extension MarkdownReport {
    /// Of a run at most so many characters are shown.
    private static let limit = 2000

    static func inline(_ text: ReportText) -> String { text.runs.map(inline).joined() }

    private static func inline(_ run: ReportText.Run) -> String {
        switch run {
        case .plain(let text), .quiet(let text): plain(text)
        case .label(let text): marked(text, "*")
        case .strong(let text): marked(text, "**")
        case .code(let text): MarkdownText.code(text.visible(limit: limit))
        case .severity(let severity): "**\(severity.rawValue)**"
        case .link(let text, _): plain(text)
        }
    }

    /// Blanks at the ends stay outside of marks, as they join the pieces of a sentence.
    private static func plain(_ text: String, _ write: (String) -> String = { $0 }) -> String {
        let lead = text.prefix { $0 == " " }, body = text.dropFirst(lead.count)
        let tail = String(body.reversed().prefix { $0 == " " })
        return lead + write(MarkdownText.inline(String(body.dropLast(tail.count)).visible(limit: limit))) + tail
    }

    /// Emphasis. Its marks mean nothing around nothing, and beside code that is the whole text.
    private static func marked(_ text: String, _ mark: String) -> String {
        plain(text) { $0.isEmpty || $0.hasPrefix("`") || $0.hasSuffix("`") ? $0 : mark + $0 + mark }
    }
}

/// Pictures of letters.
enum MarkdownBars {
    private static let width = 32
    /// Stretches of time that are listed.
    static let stretches = 24

    static func text(_ columns: ReportColumns) -> String {
        let events = columns.events.fitted(to: stretches), found = columns.found.fitted(to: stretches)
        let most = events.counts.max() ?? 0, digits = most.grouped.count
        let labels = events.counts.indices.map { String(events.time(at: $0).spaced.dropLast(4)) + "Z" }
        return events.counts.indices.map { index in
            let count = events.counts[index], marked = found.counts.indices.contains(index) ? found.counts[index] : 0
            let bar = BarChart.bar(count, of: most, columns: width, glyphs: .blocks)
            let note = marked > 0 ? "  \(marked.grouped) in findings" : ""
            return labels[index] + "  " + padded(count.grouped, digits) + (bar.isEmpty ? "" : "  " + bar) + note
        }.joined(separator: "\n")
    }

    static func text(_ bars: ReportBars) -> String {
        let labels = bars.bars.map { $0.value.visible(limit: 40) }
        let wide = labels.map(\.terminalColumns).max() ?? 0
        let most = bars.bars.map(\.count).max() ?? 0, digits = most.grouped.count
        let lines = bars.bars.indices.map { index in
            labels[index].padded(toColumns: wide) + "  " + padded(bars.bars[index].count.grouped, digits) + "  "
                + BarChart.bar(bars.bars[index].count, of: most, columns: width, glyphs: .blocks)
        }
        return (lines + (bars.more > 0 ? ["and \(bars.more.grouped) more"] : [])).joined(separator: "\n")
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
