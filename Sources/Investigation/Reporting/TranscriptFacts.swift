internal import Diagnostics
internal import JSON
internal import Tables

/// What a session's transcript says beside what its state holds.
struct TranscriptFacts {
    /// Its first record.
    private(set) var head: JSONValue = .null
    private(set) var inputs: [ReportInput] = []
    private(set) var counts = ReportCounts()
    private(set) var notes: [ReportNote] = []
    /// The last record of each.
    private(set) var rules: [JSONValue] = []
    /// The command that a record belongs to.
    private var command = ""

    init(_ records: [JSONValue]) {
        for record in records { take(record) }
    }

    private mutating func take(_ record: JSONValue) {
        switch record["type"]?.string {
        case "session": if head.isNull { head = record }
        case "command": command = record[path: "operation.name"]?.string ?? ""
        case "input": take(input: record)
        case "output":
            if ["ingest", "ingest okta"].contains(record["command"]?.string) { counts.add(record["result"] ?? .null) }
        case "note":
            let at = record["at"]?.string.flatMap { Timestamp($0) }
            if let text = record["text"]?.string { notes.append(ReportNote(text: text, at: at)) }
        case "artifact":
            if record["file"]?.string == Artifact.rules.file, let rule = record["record"] {
                rules.put(rule) { $0["id"] == $1["id"] }
            }
        default: break
        }
    }

    /// A file that was read again with the same content is listed once.
    private mutating func take(input record: JSONValue) {
        let use: ReportInput.Use =
            record["kind"]?.string == "rules" ? .rules : command == "ingest table" ? .table : .events
        guard let input = ReportInput(record, use: use), !inputs.contains(input) else { return }
        inputs.append(input)
    }
}
