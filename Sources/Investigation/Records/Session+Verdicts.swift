internal import Detection
internal import Diagnostics
internal import Foundation
internal import JSON
internal import Pipeline
internal import Tables

// What people said of findings and incidents: beside our scores, never in their place.
extension Session {
    func judge(_ name: String, as word: String, reason: String?) async throws -> JSONValue {
        guard let kind = Verdict.Kind(rawValue: word) else {
            throw Diagnostic(
                "`\(word)` is not a verdict", remedy: Verdict.Kind.allCases.map(\.rawValue).remedy(for: word), kind: .usage)
        }
        let id = try SessionState.resolve(name, among: state.ids, kind: "finding or incident")
        let verdict = Verdict(subject: id, kind, reason: reason, at: clock.time)
        state.verdicts.put(verdict) { $0.id == $1.id }
        try await keep([verdict.json], as: .verdicts)
        return verdict.json
    }

    /// Takes up what administrators told Okta about what these findings are about.
    func readFeedback(on findings: [DetectionFinding]) async throws {
        let verdicts = OktaFeedback(state.events).verdicts(on: findings)
        for verdict in verdicts { state.verdicts.put(verdict) { $0.id == $1.id } }
        try await keep(verdicts.map(\.json), as: .verdicts)
    }

    /// Takes up what was said of findings or incidents in other sessions over the same events.
    func recallVerdicts(on subjects: [String], watch: Watch = Watch()) async throws {
        let wanted = Set(subjects)
        guard !wanted.isEmpty else { return }
        var records = recorded?.used(of: .verdicts) ?? []
        if recorded == nil, let store {
            let (stored, problems) = try store.read(.verdicts)
            for problem in problems { watch.onNotice(problem.inOneLine) }
            records = stored.filter { $0["subject"]?.string.map(wanted.contains) ?? false }
        }
        var recalled: [JSONValue] = []
        for record in records {
            guard let verdict = try? Verdict(json: record) else { continue }
            guard !state.verdicts.contains(verdict) else { continue }
            state.verdicts.put(verdict) { $0.id == $1.id }
            recalled.append(verdict.json)
        }
        try await keepUsed(recalled, of: .verdicts)
    }

    /// A record with what was said of it, where anything was.
    func judged(_ record: JSONValue) -> JSONValue {
        let id = record["id"]?.string
        let said = state.verdicts.filter { $0.subject == id }
        guard !said.isEmpty else { return record }
        return record.setting("verdicts", to: .array(said.map { $0.json.removing("id").removing("subject") }))
    }

    /// The incidents to escalate: not those of which the analyst says that they are none. Feedback in the log holds
    /// nothing back: whoever has taken over an administrator could give it.
    func worthEscalating(_ incidents: [SecurityIncident], watch: Watch) -> [SecurityIncident] {
        incidents.filter { incident in
            guard let verdict = state.verdicts.first(where: { $0.subject == incident.id && $0.source == .analyst }),
                verdict.isHarmless
            else { return true }
            let reason = verdict.reason.map { " (\($0))" } ?? ""
            watch.onNotice("incident \(incident.id.prefix(8)) is not escalated: its verdict is \(verdict.words)\(reason)")
            return false
        }
    }
}
