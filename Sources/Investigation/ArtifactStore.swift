public import Diagnostics
public import JSON
internal import Journal

/// A kind of record kept in the data folder.
public enum Artifact: String, CaseIterable, Sendable {
    case findings, riskScores = "risk_scores", incidents, plans, commands, routes, escalations, actions
    case suppressions, verdicts, rules, hunts

    /// The file's name.
    public var file: String { rawValue + ".jsonl" }

    /// What tells records of this kind apart; a later record of the same key replaces the earlier.
    func key(of record: JSONValue) -> String {
        switch self {
        case .findings, .incidents, .routes, .actions, .suppressions, .verdicts, .rules, .hunts:
            record["id"]?.string ?? ""
        case .riskScores: record["finding_id"]?.string ?? ""
        case .plans: record["incident_id"]?.string ?? ""
        case .commands:
            // A step has one command for each account, so the step alone does not tell them apart.
            ["incident_id", "command.step_id", "command.command"].map { record[path: $0]?.string ?? "" }.joined(separator: "/")
        case .escalations: (record["incident_id"]?.string ?? "") + "/" + (record["target"]?.string ?? "")
        }
    }
}

/// The artifact files of a data folder.
///
/// A record that stands there already is not written again, so that a second run over the same events adds nothing;
/// one that has changed is appended under its key with the next `revision`.
public struct ArtifactStore: Sendable {
    public let folder: String

    public init(folder: String) throws(Diagnostic) {
        self.folder = folder
        try Locations.make(folder)
    }

    /// Appends what is new. One write, under a lock, on disk when this returns.
    ///
    /// - Returns: For each record, whether it was appended.
    public func append(_ records: [JSONValue], to artifact: Artifact) throws(Diagnostic) -> [Bool] {
        guard !records.isEmpty else { return [] }
        var appended: [Bool] = []
        try journal(artifact).append { existing in
            var last = Dictionary(existing.map { (artifact.key(of: $0.value), $0.value) }, uniquingKeysWith: { $1 })
            return records.compactMap { record in
                let key = artifact.key(of: record)
                let revised = revision(of: record, after: last[key])
                appended.append(revised != nil)
                if let revised { last[key] = revised }
                return revised
            }
        }
        return appended
    }

    /// The record as it must be appended; `nil` when the last one says the same.
    private func revision(of record: JSONValue, after last: JSONValue?) -> JSONValue? {
        guard let last else { return record }
        guard last.removing("revision") != record else { return nil }
        return record.setting("revision", to: .integer((last["revision"]?.integer ?? 1) + 1))
    }

    /// The last record of each key, in the order of their first appearance, and what could not be read.
    public func read(_ artifact: Artifact) throws(Diagnostic) -> (records: [JSONValue], problems: [Diagnostic]) {
        let (records, problems) = try journal(artifact).read()
        var place: [String: Int] = [:], latest: [JSONValue] = []
        for record in records {
            let key = artifact.key(of: record.value)
            if let index = place[key] {
                latest[index] = record.value
            } else {
                place[key] = latest.count
                latest.append(record.value)
            }
        }
        return (latest, problems)
    }

    /// Where the records of a kind are.
    func path(of artifact: Artifact) -> String { folder + "/" + artifact.file }

    private func journal(_ artifact: Artifact) -> JournalFile { JournalFile(path: path(of: artifact)) }
}
