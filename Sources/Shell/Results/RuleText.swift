import Connectors
import Diagnostics
import Investigation
import Tables

/// What `rule` wrote, what it would have raised, and what became of it, for people.
struct RuleText {
    let outcome: RuleOutcome
    let screen: Screen

    /// How many alerts of the dry run are listed.
    private static let alertLimit = 20

    var lines: [String] { head + query + dryRun + sigma + notes + deployment }

    private var rule: ScheduledRule { outcome.written.rule }

    private func say(_ text: String) -> [String] { wrap(text, width: screen.width, indent: 2) }

    private func heading(_ text: String) -> String { "  " + screen.paint(text, .bold) }

    private var head: [String] {
        let attack = (rule.tactics + rule.techniques).joined(separator: ", ")
        let parts = [
            rule.severity.rawValue, "runs each \(rule.queryFrequency) over \(rule.queryPeriod)",
            attack.isEmpty ? nil : attack,
            rule.entityMappings.isEmpty
                ? nil : "entities " + rule.entityMappings.map(\.entityType).joined(separator: ", "),
            "id \(outcome.written.id.prefix(8))",
        ]
        return [heading(rule.displayName.visible)] + say(rule.description)
            + say(parts.compactMap { $0 }.joined(separator: " · ")).map { screen.paint($0, .dim) }
    }

    /// As it is stored, line by line: it is there to be copied.
    private var query: [String] {
        [""] + rule.query.split(separator: "\n", omittingEmptySubsequences: false).map { "    " + String($0).visible }
            + [""]
    }

    private var notes: [String] { outcome.written.notes.flatMap { say("– " + $0.visible) } }
}

// MARK: Dry run

extension RuleText {
    private var dryRun: [String] {
        let dry = outcome.dryRun
        if let reason = dry.untried {
            return [heading("dry run")]
                + say("not tried, so it cannot be deployed: \(reason)".visible).map { screen.paint($0, .warning) }
        }
        let place = Self.places[dry.place] ?? "in \(dry.place)"
        let fired =
            dry.fired == 0
            ? "none of \(counted(dry.runs, "run")) \(place) would have raised anything"
            : "\(dry.fired.grouped) of \(counted(dry.runs, "run")) \(place) would have raised alerts, for "
                + counted(dry.alerts.count, "set") + " of entities"
        let more = dry.alerts.count - Self.alertLimit
        let rest = more > 0 ? say("and \(more.grouped) more") : []
        return [heading("dry run")] + say(fired) + table + rest + found + dry.notes.flatMap { say($0.visible) }
    }

    private static let places = [
        "local": "over the loaded events", "loganalytics": "over the hunt's stretch in Log Analytics",
        "graph": "over the hunt's stretch in advanced hunting",
    ]

    /// Whether it finds again what it was written of.
    private var found: [String] {
        guard outcome.dryRun.hasSource else {
            return say("what it was written of found nothing, so there is nothing to find again")
        }
        return outcome.dryRun.findsSource
            ? [screen.paint("  it finds what it was written of", .good)]
            : say("it does NOT find what it was written of").map { screen.paint($0, .warning) }
    }

    private var table: [String] {
        guard !outcome.dryRun.alerts.isEmpty else { return [] }
        let entities = rule.entityMappings.map { TextTable.Column($0.entityType.lowercased(), canShrink: true) }
        let columns =
            [TextTable.Column("#", alignment: .right)] + entities + [
                TextTable.Column("times", alignment: .right), TextTable.Column("first (UTC)", priority: 2),
                TextTable.Column("last (UTC)", priority: 3),
            ]
        let rows = outcome.dryRun.alerts.prefix(Self.alertLimit).enumerated().map { index, alert -> [TextTable.Cell] in
            [.init("\(index + 1)", .dim)]
                + alert.entities.map { .init($0.isEmpty ? "–" : $0, alert.isOfSource ? .bold : .plain) }
                + [.init("\(alert.times)"), .init(alert.first.spaced), .init(alert.last.spaced)]
        }
        return render(TextTable(columns: columns, rows: rows), on: screen)
    }
}

// MARK: Sigma, and what became of it

extension RuleText {
    private var sigma: [String] {
        guard let sigma = outcome.written.sigma else { return say("Sigma cannot say it") }
        return [heading("Sigma"), ""] + sigma.split(separator: "\n").map { "    " + String($0).visible } + [""]
    }

    private var deployment: [String] {
        guard let deployment = outcome.deployment else {
            return say("`rule \(outcome.subject.prefix(8)) --deploy` puts it into Microsoft Sentinel").map {
                screen.paint($0, .dim)
            }
        }
        let reason = deployment.reason.map { ": " + $0 } ?? ""
        switch deployment.status {
        case .created: return [screen.paint("  deployed: a new rule in Microsoft Sentinel", .good)]
        case .updated: return [screen.paint("  deployed: it took the place of the rule with its id", .good)]
        case .cancelled: return say("cancelled" + reason).map { screen.paint($0, .warning) }
        case .interrupted: return say("interrupted" + reason).map { screen.paint($0, .warning) }
        case .saved:
            return say("not deployed" + reason).map { screen.paint($0, .warning) }
                + deployment.paths.flatMap { say("saved: \($0)") }
        }
    }
}
