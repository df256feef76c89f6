/// What a query's last `render` asks for. The rows themselves are the same with and without it.
public struct Chart: Hashable, Sendable {
    /// As the query names it: `barchart`, `columnchart`, `timechart`, `linechart`, `piechart`, `scatterchart`, `table`.
    public let kind: String
    /// The column along the axis; this one and the next two are `nil` or empty where the columns' types are to tell.
    public let xColumn: String?
    /// The columns that are drawn.
    public let yColumns: [String]
    /// The columns whose values make one line or bar each.
    public let series: [String]
    /// As the query has it; `nil` where it has none.
    public let title: String?
}

extension Query {
    /// The `render` at the end of what is asked for.
    var chart: Chart? {
        for case .expression(let expression) in statements.reversed() {
            guard case .pipeline(let pipeline) = expression, case .render(let render)? = pipeline.stages.last?.operation
            else { return nil }
            return Chart(render)
        }
        return nil
    }
}

extension Chart {
    init(_ render: Render) {
        func texts(_ name: String) -> [String] {
            let property = render.properties.first { $0.name.text.lowercased() == name }
            return property?.values.compactMap(\.shortText) ?? []
        }
        self.init(
            kind: render.chart.text, xColumn: texts("xcolumn").first, yColumns: texts("ycolumns"),
            series: texts("series"), title: texts("title").first)
    }
}

extension Expression {
    /// The text of a name or of a text literal.
    fileprivate var shortText: String? {
        switch self {
        case .name(let name): name.text
        case .literal(let literal): if case .string(let text) = literal.value { text } else { nil }
        default: nil
        }
    }
}
