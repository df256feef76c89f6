public import Detection
public import Hunting
public import JSON

/// What `hunt` gave.
public struct HuntOutcome: Sendable {
    /// The record, as `hunts.jsonl` has it.
    public let hunt: Hunt
    /// How the query came to run: `terminal`, `--yes`, or `nobody` where there was nobody to ask.
    public let confirmation: String
    /// What the query gave.
    public let rows: HuntRows
    /// The hunt's findings as the session keeps them, in the order of ``Hunt/findings``.
    public let findings: [DetectionFinding]
    /// The notes that stood beside the query when it was shown.
    public let planNotes: [String]
    /// How long the query took, in seconds of the wall clock.
    public let seconds: Double

    /// The record with its confirmation (`confirmed`: `{"by"}`).
    var record: JSONValue { hunt.json.setting("confirmed", to: ["by": .string(confirmation)]) }

    /// The record, the ids of the findings in the session (`finding_ids`), and the rows
    /// (`result`: `{"columns":[{"name","type"}],"rows":[[…]]}`).
    public var json: JSONValue {
        recorded.setting(
            "result", to: ["columns": rows.columnsJSON, "rows": .array(rows.rows.map { .array($0) })])
    }

    /// Without the rows: those of a service stand in the transcript already, and those of the session are its own.
    var recorded: JSONValue { record.setting("finding_ids", to: JSONValue(findings.map(\.id))) }
}
