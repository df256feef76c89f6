import Diagnostics
import JSON

/// Records of any kind as a table: the columns that help most, the rest left to `--format json`.
struct RecordTable {
    private let records: [JSONValue]

    init(_ records: [JSONValue]) { self.records = records.map(Self.flat) }

    /// Lists that `show` gives differ in their keys; these come first where they exist.
    private static let order = [
        "table", "rows", "columns",
        "file", "published", "created_at", "severity", "verdicts", "suppressed", "score", "risk_score", "finding_type",
        "title", "status", "eventType", "actor", "client", "outcome", "who", "user_id", "step_id", "effect", "kind",
        "phase", "channel", "target", "sent", "overall_goal",
        "command", "question", "on", "query", "description", "id", "uuid", "incident_id", "finding_id",
    ]
    private static let columnLimit = 7

    var table: TextTable {
        var present = Self.order.filter { key in records.contains { $0[key].map { !$0.isNull } ?? false } }
        if present.contains("who") { present.removeAll { $0 == "user_id" } }
        // What people said takes the place of the description, where a title says the same in short.
        let isShort = present.contains("title") && present.contains { ["verdicts", "suppressed"].contains($0) }
        let keys = Array(present.filter { !isShort || $0 != "description" }.prefix(Self.columnLimit))
        let columns = [TextTable.Column("#", alignment: .right)]
            + keys.enumerated().map { TextTable.Column($1, priority: $0 + 1, canShrink: true) }
        return TextTable(columns: columns, rows: records.enumerated().map { index, record in
            [TextTable.Cell("\(index + 1)", .dim)] + keys.map { .init(Self.text(record[$0], key: $0), Self.style($0, record)) }
        })
    }

    /// Wrapped records laid open: `{"file","record"}` of `show-all`, `{"incident_id","command"}` of commands.
    private static func flat(_ record: JSONValue) -> JSONValue {
        if let file = record["file"], let inner = record["record"]?.members {
            return .object([JSONValue.Member("file", file)] + (flat(.object(inner)).members ?? []))
        }
        if record["finding_type"] != nil { return finding(record) }
        if let command = record[path: "asked.command"] { return record.setting("command", to: command) }
        guard let command = record["command"]?.members else { return record }
        return .object((record.members ?? []).filter { $0.key != "command" } + command)
    }

    /// A finding with what its metadata says first.
    private static func finding(_ record: JSONValue) -> JSONValue {
        let paths = [("severity", "metadata.severity"), ("who", "metadata.actor"), ("suppressed", "metadata.suppressed.owner")]
        return paths.reduce(record) { record, path in
            record[path: path.1].map { $0.isNull ? record : record.setting(path.0, to: $0) } ?? record
        }
    }

    private static func text(_ value: JSONValue?, key: String) -> String {
        switch (key, value) {
        case ("created_at", .string(let time)?): String(time.prefix(19)) + (time.hasSuffix("Z") ? "Z" : "")
        case ("actor", let actor?): actor["alternateId"]?.string ?? actor["id"]?.string ?? ""
        case ("client", let client?): client["ipAddress"]?.string ?? ""
        case ("verdicts", let said?): verdicts(said)
        case ("outcome", let outcome?): outcome["result"]?.string ?? ""
        case (_, .string(let text)?): text
        case (_, nil), (_, .null?): ""
        case (_, let value?): value.text
        }
    }

    /// `false_positive`, `true_positive (okta)`.
    private static func verdicts(_ said: JSONValue) -> String {
        (said.array ?? []).map { verdict in
            let source = verdict["source"]?.string.flatMap { $0 == "analyst" ? nil : " (\($0))" } ?? ""
            return (verdict["verdict"]?.string ?? "") + source
        }.joined(separator: ", ")
    }

    private static func style(_ key: String, _ record: JSONValue) -> Style {
        key == "severity" ? .severity(record[key]?.string ?? "") : key.hasSuffix("id") ? .dim : .plain
    }
}

/// One value for people: its fields under each other, nested ones indented.
struct RecordText {
    let record: JSONValue
    let screen: Screen

    init(_ record: JSONValue, screen: Screen) {
        self.record = record
        self.screen = screen
    }

    var lines: [String] { lines(of: record, indent: 2) }

    private func lines(of value: JSONValue, indent: Int) -> [String] {
        let pad = String(repeating: " ", count: indent)
        switch value {
        case .object(let members):
            return members.flatMap { member -> [String] in
                let key = pad + screen.paint(member.key + ":", .dim)
                return Self.isNested(member.value)
                    ? [key] + lines(of: member.value, indent: indent + 2) : hanging(key, Self.plain(member.value), indent: indent + 2)
            }
        case .array(let elements):
            return elements.flatMap { element -> [String] in
                var block = lines(of: element, indent: indent + 2)
                if let first = block.first { block[0] = pad + "- " + first.dropFirst(indent + 2) }
                return block
            }
        default: return wrap(Self.plain(value), width: screen.width, indent: indent)
        }
    }

    private func hanging(_ key: String, _ text: String, indent: Int) -> [String] {
        let lines = wrap(text, width: screen.width, indent: indent)
        guard lines.count <= 1, !text.isEmpty else { return text.isEmpty ? [key] : [key] + lines }
        return [key + " " + text.visible]
    }

    private static func isNested(_ value: JSONValue) -> Bool {
        switch value {
        case .object(let members): !members.isEmpty
        case .array(let elements): elements.contains { $0.members != nil || $0.array != nil }
        default: false
        }
    }

    private static func plain(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): text
        case .null: "–"
        case .array(let elements): elements.map { $0.string ?? $0.text }.joined(separator: ", ")
        default: value.text
        }
    }
}

/// A record of a transcript, as `replay` shows it.
struct TranscriptText {
    let record: JSONValue
    let screen: Screen

    var lines: [String] {
        let time = screen.paint(String((record["ts"]?.string ?? "").prefix(19)), .dim)
        switch record["type"]?.string {
        case "session": return ["\(time) session \((record["name"]?.string ?? "").visible), \((record["analyst"]?.string ?? "").visible)"]
        case "input":
            return ["\(time) read \((record["path"]?.string ?? "").visible), \(scaled(Int(record["size"]?.integer ?? 0), "B")), SHA-256 \((record["sha256"]?.string ?? "").prefix(12).description.visible)…"]
        case "command": return ["\(time) " + screen.paint("› " + (record["words"]?.strings ?? []).joined(separator: " "), .bold)]
        case "output": return RecordText(record["result"] ?? .null, screen: screen).lines
        case "model_call" where record["sent"]?.bool == false:
            let model = (record["model"]?.string ?? "the model").visible
            let task = (record["purpose"]?.string ?? "").visible
            return ["\(time) did not ask \(model) (\(task)): \((record[path: "error.problem"]?.string ?? "").visible)"]
        case "model_call":
            return ["\(time) asked \((record[path: "reply.model"]?.string ?? "the model").visible) (\((record["purpose"]?.string ?? "").visible))"]
        case "error": return ["\(time) " + screen.paint("error: " + (record[path: "error.problem"]?.string ?? ""), .error)]
        case "interrupt": return ["\(time) " + screen.paint("interrupted", .warning)]
        case "note", "artifact": return []
        case "end": return ["\(time) end"]
        default: return ["\(time) \((record["type"]?.string ?? "a record").visible)"]
        }
    }
}
