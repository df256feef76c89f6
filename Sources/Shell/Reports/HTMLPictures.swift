import Diagnostics
import Investigation
import Tables

/// Pictures drawn as SVG within the page, each with the same numbers as a table.
enum HTMLPictures {
    private static let width = 760.0, height = 190.0, top = 30.0, left = 44.0
    /// Stretches of time that are drawn.
    private static let stretches = 48
    /// A stretch is no wider than this.
    private static let broadest = 110.0
    /// A date's.
    private static let labelWidth = 72.0

    /// Events over time. Stretches with events of findings have a part of another shade, a mark above, and a count.
    static func columns(_ picture: ReportColumns) -> HTMLNode {
        let events = picture.events.fitted(to: stretches), found = picture.found.fitted(to: stretches)
        let marked = events.counts.indices.map { found.counts.indices.contains($0) ? found.counts[$0] : 0 }
        let title = picture.title(fittedTo: stretches)
        let sum = "\(counted(events.counts.reduce(0, +), "event")), \(marked.reduce(0, +).grouped) of them in findings"
        let svg = HTMLNode("svg", [
            .init("viewBox", "0 0 \(Int(width)) \(Int(height + top + 34))"), .init("role", "img"),
            .init("class", "columns"), .init("aria-label", "\(title): \(sum)"),
        ], scale(events) + bars(events, marked) + times(events))
        let key = HTMLNode("p", class: "key", [
            HTMLNode("span", class: "swatch all", []), .text(" events  "),
            HTMLNode("span", class: "swatch found", []), .text(" ▼ events that belong to findings"),
        ])
        let rows = events.counts.indices.filter { events.counts[$0] > 0 }.map { index in
            [events.time(at: index).spaced, events.counts[index].grouped, marked[index].grouped]
        }
        return figure(
            title, HTMLNode("div", class: "scroll", [svg]), key: [key],
            numbers: ["From (UTC)", "Events", "In findings"], rows, note: ": " + sum)
    }

    /// One bar for each value.
    static func bars(_ picture: ReportBars) -> HTMLNode {
        let line = 26.0, most = Double(max(1, picture.bars.map(\.count).max() ?? 1))
        let shapes = picture.bars.enumerated().flatMap { index, bar -> [HTMLNode] in
            let y = Double(index) * line, length = max(2, Double(bar.count) / most * 190)
            return [
                text(bar.value.visible(limit: 20), x: 150, y: y + 17, anchor: "end"),
                rect(x: 160, y: y + 5, width: length, height: line - 10, class: "all"),
                text(bar.count.grouped, x: 166 + length, y: y + 17, anchor: "start"),
            ]
        }
        let height = max(1, Double(picture.bars.count)) * line
        let sum = picture.more > 0 ? "; and \(picture.more.grouped) more" : ""
        let svg = HTMLNode("svg", [
            .init("viewBox", "0 0 420 \(Int(height))"), .init("role", "img"), .init("class", "bars"),
            .init("aria-label", "\(picture.title); the numbers follow as a table"),
        ], shapes)
        return figure(
            picture.title, svg, key: [], numbers: [picture.valueName, "events"],
            picture.bars.map { [$0.value, $0.count.grouped] }, note: sum)
    }

    private static func figure(
        _ title: String, _ picture: HTMLNode, key: [HTMLNode], numbers: [String], _ rows: [[String]], note: String
    ) -> HTMLNode {
        let head = HTMLNode("tr", [], numbers.map { HTMLNode("th", [.init("scope", "col")], [.text($0)]) })
        let body = rows.map { row in
            HTMLNode("tr", [], row.map { HTMLNode("td", [], [.text($0.visible(limit: 200))]) })
        }
        let table = HTMLNode("table", [], [
            HTMLNode("caption", [], [.text(title)]), HTMLNode("thead", [], [head]), HTMLNode("tbody", [], body),
        ])
        return HTMLNode("figure", [], [HTMLNode("figcaption", [], [.text(title)]), picture] + key + [
            HTMLNode("details", [], [
                HTMLNode("summary", [], [.text("The numbers" + note)]), HTMLNode("div", class: "scroll", [table]),
            ])
        ])
    }
}

// MARK: Shapes

extension HTMLPictures {
    /// The count at the top, none at the bottom, and a line at each.
    private static func scale(_ series: TimeSeries) -> [HTMLNode] {
        let most = series.counts.max() ?? 0
        return [(most.grouped, top), ("0", top + height)].flatMap { label, y in
            [
                text(label, x: left - 8, y: y + 4, anchor: "end"),
                rect(x: left, y: y, width: width - left, height: 1, class: "line"),
            ]
        }
    }

    private static func bars(_ series: TimeSeries, _ marked: [Int]) -> [HTMLNode] {
        let most = Double(max(1, series.counts.max() ?? 1)), step = step(series)
        return series.counts.indices.flatMap { index -> [HTMLNode] in
            let x = left + Double(index) * step + 1, wide = max(1, min(80, step - 3))
            let tall = shape(series.counts[index], of: most), dark = shape(marked[index], of: most)
            var shapes: [HTMLNode] = []
            if tall > 0 { shapes.append(rect(x: x, y: top + height - tall, width: wide, height: tall, class: "all")) }
            if dark > 0 {
                shapes.append(rect(x: x, y: top + height - dark, width: wide, height: dark, class: "found"))
                let label = step >= 26 ? "▼ \(marked[index].grouped)" : "▼"
                shapes.append(text(label, x: x + wide / 2, y: top + height - tall - 6, anchor: "middle"))
            }
            return shapes
        }
    }

    /// What is counted at all is seen.
    private static func shape(_ count: Int, of most: Double) -> Double {
        count > 0 ? max(2, Double(count) / most * height) : 0
    }

    private static func step(_ series: TimeSeries) -> Double {
        min(broadest, (width - left) / Double(max(1, series.counts.count)))
    }

    /// At most six times under the columns.
    private static func times(_ series: TimeSeries) -> [HTMLNode] {
        let every = max(1, (series.counts.count + 5) / 6), step = step(series)
        return stride(from: 0, to: series.counts.count, by: every).flatMap { index -> [HTMLNode] in
            let time = series.time(at: index), x = left + Double(index) * step + 1
            guard x + labelWidth <= width else { return [] }
            return [
                text(time.date, x: x, y: top + height + 17, anchor: "start"),
                text(String(time.timeOfDay.prefix(5)) + "Z", x: x, y: top + height + 31, anchor: "start"),
            ]
        }
    }

    private static func rect(
        x: Double, y: Double, width: Double, height: Double, class style: StaticString
    ) -> HTMLNode {
        HTMLNode("rect", [
            .init("x", tenths(x)), .init("y", tenths(y)), .init("width", tenths(width)),
            .init("height", tenths(height)), .init("class", "\(style)"),
        ])
    }

    private static func text(_ text: String, x: Double, y: Double, anchor: StaticString) -> HTMLNode {
        HTMLNode(
            "text", [.init("x", tenths(x)), .init("y", tenths(y)), .init("text-anchor", "\(anchor)")], [.text(text)])
    }

    /// One digit behind the point is finer than any screen.
    private static func tenths(_ number: Double) -> String {
        let count = Int((number * 10).rounded())
        return count % 10 == 0 ? "\(count / 10)" : "\(count / 10).\(abs(count) % 10)"
    }
}
