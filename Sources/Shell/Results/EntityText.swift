import Detection
import Diagnostics
import Investigation
import Pipeline
import Tables

/// One actor's or address's story, as `entity` tells it.
struct EntityText {
    let story: EntityStory
    let screen: Screen

    /// How many values of one aspect are named.
    private static let shown = 5

    var lines: [String] {
        head + activity + signIns + EntityValues(sections: sections, screen: screen).lines + missing
    }

    private var head: [String] {
        let title =
            switch story.subject {
            case .account(let account): account.title
            case .address(let address): "address \(address)"
            case .finding, .incident: ""
            }
        let span = timeSpan(story.first, story.last).map { ", " + $0 } ?? ""
        let events = story.events == 0 ? "no event of its own" : counted(story.events, "event") + span
        return wrap(title.visible, width: screen.width, indent: 2).map { screen.paint($0, .bold) }
            + wrap(events, width: screen.width, indent: 2)
    }

    /// Over all the time that is loaded, so that silence shows as well.
    private var activity: [String] {
        guard let whole = story.activity, story.events > 0 else { return [] }
        let series = whole.fitted(to: screen.width - 2)
        let end = series.time(at: series.counts.count)
        let most = series.peak.map { "; most: \($0.count.grouped) from \($0.time.spaced)" } ?? ""
        let caption = "\(timeSpan(series.start, end) ?? ""), \(Duration.seconds(series.step).brief) a column\(most)"
        return ["  " + screen.paint(series.sparkline(screen.glyphs), .accent)]
            + wrap(caption, width: screen.width, indent: 2).map { screen.paint($0, .dim) }
    }

    private var signIns: [String] {
        let tally = story.signIns
        guard tally.succeeded + tally.failed > 0 else { return ["  no sign-ins"] }
        let success = tally.lastSuccess.map { ", the last \($0.spaced)" } ?? ""
        let failure = tally.lastFailure.map { ", the last \($0.spaced)" } ?? ""
        return wrap(
            "sign-ins: \(tally.succeeded.grouped) succeeded\(success) · \(tally.failed.grouped) failed\(failure)",
            width: screen.width, indent: 2)
    }

    private var missing: [String] {
        let present = Set(story.facets.map(\.aspect))
        let absent = EntityStory.Aspect.allCases.filter {
            !present.contains($0) && !isOutOfPlace($0) && $0 != .doneByOthers
        }
        let none = absent.isEmpty ? nil : "not in its events: " + absent.map(\.title).joined(separator: ", ")
        let undetected = story.isDetected ? nil : "findings are not looked for yet: `detect`"
        return [none, undetected].compactMap { $0 }.flatMap { wrap($0, width: screen.width, indent: 2) }.map {
            screen.paint($0, .dim)
        }
    }

    /// An address has no addresses, an account no accounts.
    private func isOutOfPlace(_ aspect: EntityStory.Aspect) -> Bool {
        if case .address = story.subject { return aspect == .addresses }
        return aspect == .accounts
    }
}

// MARK: Values

extension EntityText {
    private var sections: [EntityValues.Section] {
        let times = ListedTimes(
            story.facets.flatMap { $0.facet.values.prefix(Self.shown).compactMap(\.first) }
                + story.findings.compactMap(\.createdAt))
        let facets = story.facets.map { aspect, facet in
            EntityValues.Section(
                title: aspect.title,
                values: facet.values.prefix(Self.shown).map {
                    EntityValues.Value(text: $0.text, count: $0.count.grouped, first: times.text($0.first))
                }, rest: facet.distinct - min(Self.shown, facet.values.count))
        }
        let findings = story.findings.map { finding in
            EntityValues.Value(
                text: "\(finding.id.prefix(8)) \(finding.severity.rawValue) \(finding.findingType)", count: "",
                first: times.text(finding.createdAt), style: .severity(finding.severity.rawValue))
        }
        let incidents = story.incidents.map { incident in
            EntityValues.Value(
                text:
                    "\(incident.id.prefix(8)) \(incident.severity.rawValue) \(incident.status.rawValue): \(incident.title)",
                count: "", first: times.text(incident.createdAt),
                style: .severity(incident.severity.rawValue))
        }
        return facets + [section("findings", findings), section("incidents", incidents)].compactMap { $0 }
    }

    private func section(_ title: String, _ values: [EntityValues.Value]) -> EntityValues.Section? {
        values.isEmpty
            ? nil
            : EntityValues.Section(
                title: title, values: Array(values.prefix(Self.shown)), rest: max(0, values.count - Self.shown))
    }
}

extension EntityStory.Aspect {
    /// What people call it.
    var title: String {
        switch self {
        case .userAgents: "user agents"
        case .operatingSystems: "systems"
        case .eventTypes: "event types"
        case .doneByOthers: "done to it"
        default: rawValue
        }
    }
}
