import Diagnostics
import Investigation
import Tables

/// Numbers as a picture, as `plot` draws them.
struct PlotText {
    let outcome: PlotOutcome
    let screen: Screen

    /// What the rows of the picture stand for: actors and addresses, which `entity` and `timeline` know.
    static func ids(of outcome: PlotOutcome) -> [String]? {
        guard case .bars(let bars, _) = outcome.figures, outcome.request.namesEntities else { return nil }
        return bars.map { $0.id ?? $0.value }
    }

    var lines: [String] {
        guard outcome.matching > 0 else { return wrap(nothing, width: screen.width, indent: 2) }
        switch outcome.figures {
        case .bars(let bars, let distinct):
            let chart = BarChart(bars: bars.map { ($0.value, $0.count) }, isNumbered: outcome.request.namesEntities)
            let rest = distinct - bars.count
            return titled("\(what) by \(value)") + chart.lines(on: screen)
                + (rest > 0
                    ? wrap("and \(rest.grouped) more; `--limit` shows them", width: screen.width, indent: 2) : [])
                + account(nil)
        case .columns(let series?):
            let chart = ColumnChart(series, on: screen)
            return titled("\(what) in \(Duration.seconds(chart.series.step).brief) a column, UTC") + chart.lines
                + account(chart.series.peak.map { "most: \($0.count.grouped) from \($0.time.spaced)" })
        case .columns(nil):
            return wrap("none of \(counted(outcome.matching, "event")) has a time", width: screen.width, indent: 2)
        }
    }

    private var nothing: String {
        outcome.loaded == 0 ? "no events are loaded" : "none of \(counted(outcome.loaded, "event")) fits"
    }

    private var what: String { outcome.request.what == "failures" ? "failed events" : "events" }

    private var value: String {
        switch outcome.request.what {
        case "failures": "actor"
        case "countries": "country"
        case "types": "type"
        default: outcome.request.what
        }
    }

    private func titled(_ title: String) -> [String] {
        wrap(title, width: screen.width, indent: 2).map { screen.paint($0, .bold) }
    }

    /// How much the picture stands for, and what is not in it.
    private func account(_ peak: String?) -> [String] {
        let span = timeSpan(outcome.first, outcome.last).map { ", " + $0 } ?? ""
        let missing = outcome.request.what == "events" ? "time" : value
        let parts = [
            "\(outcome.matching.grouped) of \(counted(outcome.loaded, "event"))" + span, peak,
            outcome.without > 0 ? "\(outcome.without.grouped) without \(missing)" : nil,
        ]
        return wrap(parts.compactMap { $0 }.joined(separator: "; "), width: screen.width, indent: 2)
            .map { screen.paint($0, .dim) }
    }
}
