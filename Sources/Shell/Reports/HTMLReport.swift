import Detection
import Diagnostics
import Investigation

/// A report as one HTML file: no script, nothing from outside, for screen and paper.
struct HTMLReport {
    let title: ReportText
    let blocks: [ReportBlock]
    /// Incidents of each severity, for the head of the page.
    let severities: [Severity]

    /// Nothing may be loaded, and nothing may run, even if a text got through.
    private static let policy = "default-src 'none'; style-src 'unsafe-inline'"

    /// The whole file.
    var text: String {
        let name = title.runs.map(Self.words).joined()
        let head = HTMLNode("head", [], [
            HTMLNode("meta", [.init("charset", "utf-8")]),
            HTMLNode("meta", [.init("http-equiv", "Content-Security-Policy"), .init("content", Self.policy)]),
            HTMLNode("meta", [.init("name", "viewport"), .init("content", "width=device-width, initial-scale=1")]),
            HTMLNode("meta", [.init("name", "color-scheme"), .init("content", "light dark")]),
            HTMLNode("meta", [.init("name", "referrer"), .init("content", "no-referrer")]),
            HTMLNode("title", [], [.text(name)]), .style(HTMLStyle.sheet),
        ])
        let header = HTMLNode("header", [], [
            HTMLNode("h1", [], Self.inline(title)), tiles,
        ])
        let body = HTMLNode("body", [], [header, HTMLNode("main", [], Self.nodes(blocks))])
        return "<!DOCTYPE html>\n" + HTMLNode("html", [.init("lang", "en")], [head, body]).markup + "\n"
    }

    /// How many incidents there are of each severity, in words and numbers.
    private var tiles: HTMLNode {
        let counts = Severity.allCases.reversed().map { severity in (severity, severities.count { $0 == severity }) }
        guard !severities.isEmpty else {
            return HTMLNode("p", class: "tiles", [HTMLNode("span", class: "tile none", [.text("No incident")])])
        }
        return HTMLNode("p", class: "tiles", counts.filter { $0.1 > 0 }.flatMap { severity, count in
            [
                HTMLNode("span", [.init("class", "tile \(severity.rawValue)")], [
                    HTMLNode("b", [], [.text(count.grouped)]), .text(" \(severity.rawValue)"),
                ]), .text(" "),
            ]
        } + [HTMLNode("span", class: "unit", [.text(severities.count == 1 ? "incident" : "incidents")])])
    }
}

// MARK: Blocks

extension HTMLReport {
    /// Pictures that follow each other stand side by side where there is room.
    private static func nodes(_ blocks: [ReportBlock]) -> [HTMLNode] {
        var nodes: [HTMLNode] = [], bars: [HTMLNode] = []
        for block in blocks {
            if case .bars(let picture) = block {
                bars.append(HTMLPictures.bars(picture))
                continue
            }
            if !bars.isEmpty { nodes.append(HTMLNode("div", class: "pair", bars)) }
            bars = []
            nodes.append(node(block))
        }
        return nodes + (bars.isEmpty ? [] : [HTMLNode("div", class: "pair", bars)])
    }

    private static func node(_ block: ReportBlock) -> HTMLNode {
        switch block {
        case .heading(let level, let text, let anchor): heading(level, text, anchor)
        case .paragraph(let text): HTMLNode("p", [], inline(text))
        case .facts(let facts):
            HTMLNode("dl", [], facts.flatMap { fact in
                [HTMLNode("dt", [], [.text(fact.name)]), HTMLNode("dd", [], inline(fact.value))]
            })
        case .list(let items): HTMLNode("ul", [], items.map { HTMLNode("li", [], inline($0)) })
        case .checklist(let items):
            HTMLNode("ol", class: "todo", items.map { item in
                HTMLNode("li", [], [HTMLNode("span", class: "box", [.text("☐")])] + inline(item))
            })
        case .table(let table): self.table(table)
        case .code(let text): HTMLNode("pre", [.init("tabindex", "0")], [HTMLNode("code", [], [.text(text)])])
        case .columns(let picture): HTMLPictures.columns(picture)
        case .bars(let picture): HTMLPictures.bars(picture)
        case .card(let severity, let blocks):
            HTMLNode("article", [.init("class", "card \(severity?.rawValue ?? "plain")")], nodes(blocks))
        case .caution(let title, let items):
            HTMLNode("section", class: "caution", [
                HTMLNode("h3", [], [.text(title)]), HTMLNode("ul", [], items.map { HTMLNode("li", [], inline($0)) }),
            ])
        }
    }

    private static func heading(_ level: Int, _ text: ReportText, _ anchor: String?) -> HTMLNode {
        let attributes = anchor.map { [HTMLNode.Attribute("id", $0)] } ?? []
        switch level {
        case 2: return HTMLNode("h2", attributes, inline(text))
        case 3: return HTMLNode("h3", attributes, inline(text))
        default: return HTMLNode("h4", attributes, inline(text))
        }
    }

    private static func table(_ table: ReportTable) -> HTMLNode {
        let head = HTMLNode("tr", [], table.columns.map { column in
            HTMLNode("th", [.init("scope", "col")] + style(column), [.text(column.name)])
        })
        let rows = table.rows.map { row in
            HTMLNode("tr", [], zip(table.columns, row).map { column, cell in
                HTMLNode("td", style(column), inline(cell))
            })
        }
        let grid = HTMLNode("table", [], [
            HTMLNode("caption", [], [.text(table.caption)]), HTMLNode("thead", [], [head]), HTMLNode("tbody", [], rows),
        ])
        let more = table.more > 0 ? [HTMLNode("p", class: "more", [.text("and \(table.more.grouped) more")])] : []
        // A region that scrolls must be reachable by keyboard.
        return HTMLNode("div", [
            .init("class", "scroll"), .init("tabindex", "0"), .init("role", "region"),
            .init("aria-label", table.caption),
        ], [grid] + more)
    }
}

extension HTMLReport {
    private static func style(_ column: ReportTable.Column) -> [HTMLNode.Attribute] {
        column.isNumber ? [.init("class", "number")] : column.isBrief ? [.init("class", "brief")] : []
    }
}

// MARK: Texts

extension HTMLReport {
    /// Of a run at most so many characters are shown.
    private static let limit = 2000

    private static func inline(_ text: ReportText) -> [HTMLNode] { text.runs.map(inline) }

    private static func inline(_ run: ReportText.Run) -> HTMLNode {
        switch run {
        case .plain: HTMLNode("span", [], [.text(words(run))])
        case .strong: HTMLNode("strong", [], [.text(words(run))])
        case .code: HTMLNode("code", [], [.text(words(run))])
        case .quiet: HTMLNode("span", class: "quiet", [.text(words(run))])
        case .label: HTMLNode("span", class: "label", [.text(words(run))])
        case .severity(let severity):
            HTMLNode("span", [.init("class", "badge \(severity.rawValue)")], [.text(severity.rawValue)])
        case .link(_, let anchor): HTMLNode("a", [.init("href", "#" + anchor)], [.text(words(run))])
        }
    }

    private static func words(_ run: ReportText.Run) -> String {
        switch run {
        case .plain(let text), .strong(let text), .code(let text), .quiet(let text), .label(let text),
            .link(let text, _):
            text.visible(limit: limit)
        case .severity(let severity): severity.rawValue
        }
    }
}
