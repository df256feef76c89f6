internal import Detection
internal import Diagnostics
internal import JSON
internal import Pipeline
internal import Sigma
internal import Tables

// What makes findings, and how it has fared.
extension Session {
    /// One entry for all that makes findings, with its figures.
    func ruleEntries(watch: Watch) async throws -> [RuleEntry] {
        let rules = try rules(of: state.detection)
        var entries = settings.detectors.map { RuleEntry($0) }
        entries += (rules.reported + rules.queries.map(\.rule)).map { RuleEntry($0) }
        let found = Dictionary(grouping: state.findings, by: { Self.rule(of: $0.json) }).mapValues(\.count)
        let said = try verdictsByRule(watch: watch)
        let hushed = try await suppressions(besides: state.detection.suppressions, watch: watch).inForce(at: clock.time)
        let named = Dictionary(grouping: hushed.compactMap(\.scope.rule), by: { $0 }).mapValues(\.count)
        for index in entries.indices {
            let names = entries[index].names
            entries[index].findings = names.reduce(0) { $0 + (found[$1] ?? 0) }
            entries[index].verdicts = names.reduce(into: [:]) { $0.merge(said[$1] ?? [:], uniquingKeysWith: +) }
            entries[index].suppressions = names.reduce(0) { $0 + (named[$1] ?? 0) }
        }
        return entries + (try writtenRules(watch: watch)).compactMap { RuleEntry(written: $0) }
    }

    /// The rules that were written, of the data folder: of this session and of others, the last record of each id.
    private func writtenRules(watch: Watch) throws(Diagnostic) -> [JSONValue] {
        guard let store else { return state.rules }
        let (records, problems) = try store.read(.rules)
        for problem in problems { watch.onNotice(problem.inOneLine) }
        return records
    }

    /// The record of a rule that was written in another session; noted, so that a replay shows the same.
    func storedRule(_ name: String) async throws -> JSONValue? {
        let records = try recorded?.used(of: .rules) ?? store?.read(.rules).records ?? []
        let ids = records.compactMap { $0["id"]?.string }
        guard let id = try? SessionState.resolve(name, among: ids, kind: "rule"),
            let record = records.first(where: { $0["id"]?.string == id })
        else { return nil }
        if recorded == nil { try await keepUsed([record], of: .rules) }
        return record
    }

    /// The verdicts of the data folder, counted for the rule of the finding; one on an incident counts for the rules of
    /// its promoted findings.
    private func verdictsByRule(watch: Watch) throws(Diagnostic) -> [String: [Verdict.Kind: Int]] {
        guard let store else { return [:] }
        var rulesOf: [String: Set<String>] = [:]
        for record in try store.read(.findings).records {
            if let id = record["id"]?.string { rulesOf[id] = [Self.rule(of: record)] }
        }
        for record in try store.read(.incidents).records {
            let links = (record[path: "metadata.chain"]?.array ?? []).filter { $0["promoted"]?.bool == true }
            if let id = record["id"]?.string { rulesOf[id] = Set(links.compactMap { $0["finding_type"]?.string }) }
        }
        var counts: [String: [Verdict.Kind: Int]] = [:]
        for record in try store.read(.verdicts).records {
            guard let verdict = try? Verdict(json: record) else { continue }
            for rule in rulesOf[verdict.subject] ?? [] { counts[rule, default: [:]][verdict.verdict, default: 0] += 1 }
        }
        return counts
    }

    private static func rule(of finding: JSONValue) -> String {
        finding[path: "metadata.rule_id"]?.string ?? finding["finding_type"]?.string ?? ""
    }
}
