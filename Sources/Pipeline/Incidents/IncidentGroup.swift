internal import Detection
internal import Digests
internal import JSON
internal import Tables

/// The traces that make one incident, promoted ones and context, each in time order.
struct IncidentGroup {
    /// Findings of an incident that its `chain` describes; all of them are in `finding_ids`.
    static let chainLimit = 100

    /// Never empty.
    let promoted: [Trace]
    var context: [Trace] = []

    init(promoted: [Trace]) { self.promoted = promoted }

    /// All of them in time order: by their first event, and of those that begin together what ended first.
    private var chain: [Trace] {
        (promoted + context).sorted { ($0.first, $0.last, $0.finding.id) < ($1.first, $1.last, $1.finding.id) }
    }

    /// The promoted one with the highest score, the first of several.
    private var worst: Trace {
        promoted.dropFirst().reduce(promoted[0]) { $1.score > $0.score ? $1 : $0 }
    }

    var incident: SecurityIncident {
        let all = promoted + context, chain = chain, worst = worst.finding
        return SecurityIncident(
            id: NameUUID.of(["incident", promoted[0].finding.id]), findingID: promoted[0].finding.id, title: title,
            description: description(worst, all), severity: promoted.map(\.severity).max() ?? .high,
            riskScore: all.filter { !$0.finding.isSuppressed }.map(\.score).max() ?? 0,
            createdAt: all.compactMap(\.lastSeen).max(), metadata: metadata(chain), findingIDs: all.map(\.finding.id),
            actors: distinctTexts(all.map(\.finding.userID)), ips: distinctTexts(all.flatMap(\.ips)),
            firstSeen: all.compactMap(\.firstSeen).min(), lastSeen: all.compactMap(\.lastSeen).max(),
            attack: distinctTexts(chain.flatMap(\.finding.attack)))
    }

    /// The worst finding and the people: those whose accounts are in other hands; where there are none, those who were
    /// attacked.
    private var title: String {
        let worst = worst.finding
        let ranked = [worst] + promoted.map(\.finding)
        let own = distinctTexts(ranked.filter { $0.userCount < 2 }.map(\.actorName))
        let names = own.isEmpty ? distinctTexts([worst.people]) : own
        let who = names.count > 1 ? "\(names[0]) and \(names.count - 1) more" : names.first ?? worst.userID
        return "\(worst.title): \(who)"
    }

    private func description(_ worst: DetectionFinding, _ all: [Trace]) -> String {
        let others = all.map(\.finding).filter { $0.id != worst.id }.map(\.description)
        let shown = ([worst.description] + others).prefix(5).joined(separator: " ")
        return others.count > 4 ? shown + " And \(others.count - 4) more findings." : shown
    }

    /// A chain of several links also says which tactics they serve, link by link and in all.
    private func metadata(_ chain: [Trace]) -> JSONValue {
        let common = distinctTexts(chain.flatMap(\.commonIPs))
        let tactics = distinctTexts(chain.flatMap { $0.finding.tactics.map(\.rawValue) })
        var members = [
            JSONValue.Member("promoted", .integer(Int64(promoted.count))),
            JSONValue.Member("actor_names", JSONValue(distinctTexts(promoted.map(\.finding.actorName)))),
            JSONValue.Member("chain", .array(chain.prefix(Self.chainLimit).map { link($0, isOnly: chain.count == 1) })),
        ]
        if chain.count > 1 { members.append(JSONValue.Member("tactics", JSONValue(tactics))) }
        if !common.isEmpty { members.append(JSONValue.Member("shared_ips", JSONValue(common))) }
        return .object(members)
    }

    private func link(_ trace: Trace, isOnly: Bool) -> JSONValue {
        let link: [JSONValue.Member] = [
            JSONValue.Member("finding_id", .string(trace.finding.id)),
            JSONValue.Member("finding_type", .string(trace.finding.findingType)),
            JSONValue.Member("promoted", .bool(trace.isPromoted)),
            JSONValue.Member("first_seen", JSONValue(trace.firstSeen?.description)),
            JSONValue.Member("last_seen", JSONValue(trace.lastSeen?.description)),
        ]
        let tactics = JSONValue.Member("tactics", JSONValue(trace.finding.tactics.map(\.rawValue)))
        let mark = trace.finding.isSuppressed ? [JSONValue.Member("suppressed", true)] : []
        return .object(link + (isOnly ? [] : [tactics]) + mark)
    }
}
