/// How a result is printed. `html` belongs to `report` alone and is not among them.
enum OutputFormat: String, CaseIterable, Sendable {
    case table, line, json, jsonl, csv, md
}
