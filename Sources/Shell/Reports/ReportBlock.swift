import Detection
import Investigation

/// A part of a report, apart from how it is written down.
///
/// Texts are as records have them, hostile ones included: whoever writes a format escapes all of them.
indirect enum ReportBlock {
    /// A heading of level 2 to 4, with a name of our own to jump to.
    case heading(Int, ReportText, anchor: String? = nil)
    case paragraph(ReportText)
    /// Names of our own and what stands beside them.
    case facts([(name: String, value: ReportText)])
    case list([ReportText])
    /// Things to do, in order, none of them ticked.
    case checklist([ReportText])
    case table(ReportTable)
    /// Lines that are to be copied as they are.
    case code(String)
    case columns(ReportColumns)
    case bars(ReportBars)
    /// Blocks that belong together, under the colour of a severity where there is one.
    case card(Severity?, [ReportBlock])
    /// Something short to stand out: what was not done.
    case caution(String, [ReportText])
}

/// A text in pieces, each with what it is.
struct ReportText: ExpressibleByStringLiteral {
    enum Run {
        case plain(String)
        case strong(String)
        /// An id, a command, a path: shown letter by letter.
        case code(String)
        case severity(Severity)
        /// A state such as `open`.
        case label(String)
        /// Less important than the rest.
        case quiet(String)
        /// A place in the same report.
        case link(String, anchor: String)
    }

    var runs: [Run]

    init(_ runs: Run...) { self.runs = runs }
    init(runs: [Run]) { self.runs = runs }
    init(_ text: String) { runs = [.plain(text)] }
    init(stringLiteral text: String) { runs = [.plain(text)] }

    static func + (left: ReportText, right: ReportText) -> ReportText { ReportText(runs: left.runs + right.runs) }

    /// Ids as code, the first so many, and how many more there are.
    static func ids(_ ids: [String], limit: Int) -> ReportText {
        let shown = ids.prefix(limit).enumerated().flatMap { index, id -> [Run] in
            index == 0 ? [.code(id)] : [.plain(" "), .code(id)]
        }
        let more = ids.count - limit
        return ReportText(runs: shown + (more > 0 ? [.quiet(" and \(more.grouped) more")] : []))
    }

    /// Nothing to say.
    static let none = ReportText(.quiet("–"))
}

/// Rows under headings.
struct ReportTable {
    struct Column {
        let name: String
        /// Whether it holds numbers.
        var isNumber = false
        /// Whether its texts are too short to be broken.
        var isBrief = false
    }

    /// What the table is of; for those who do not see it.
    let caption: String
    let columns: [Column]
    let rows: [[ReportText]]
    /// How many rows there are beside these.
    var more = 0

    init(_ caption: String, _ columns: [Column], _ rows: [[ReportText]], more: Int = 0) {
        (self.caption, self.columns, self.rows, self.more) = (caption, columns, rows, more)
    }
}

/// Events over time.
struct ReportColumns {
    let events: TimeSeries
    /// Those of findings, of the same stretches.
    let found: TimeSeries

    /// Says how long a stretch is when at most so many are drawn.
    func title(fittedTo stretches: Int) -> String {
        let step = events.fitted(to: stretches).step
        let length = [60: "minute", 3600: "hour", 86_400: "day"][step] ?? Duration.seconds(step).brief
        return "Events in each \(length) (UTC)"
    }
}

/// How often there is each of some values.
struct ReportBars {
    let title: String
    /// What the values are: `actor`.
    let valueName: String
    let bars: [(value: String, count: Int)]
    /// How many values there are beside these.
    let more: Int
}
