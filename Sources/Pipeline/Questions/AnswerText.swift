internal import Diagnostics
internal import Events
internal import Tables

/// An answer being written: lines, and the ids they rest on.
struct AnswerText {
    /// Ids that are written out after one statement.
    static let citationLimit = 10

    private let events: EventTable
    private var lines: [String] = []
    private var cited: [String] = []

    init(_ events: EventTable) { self.events = events }

    /// Adds a line and the ids of the rows it rests on. Brackets in the line, which may come from a log, become
    /// parentheses: only ids stand in brackets.
    mutating func say(_ line: String, citing rows: [Int] = [], limit: Int = citationLimit) {
        let line = line.visible.replacing("[", with: "(").replacing("]", with: ")")
        lines.append(rows.isEmpty ? line : line + " " + citing(rows, limit: limit))
    }

    /// `[evt-1] [evt-2] and 3 more`; each id is kept for the answer's list.
    mutating func citing(_ rows: [Int], limit: Int = citationLimit) -> String {
        let ids = rows.prefix(limit).map { events[$0].id }
        cited += ids.filter { !cited.contains($0) }
        let rest = rows.count - ids.count
        return ids.map { "[\($0)]" }.joined(separator: " ") + (rest > 0 ? " and \(rest) more" : "")
    }

    /// The answer by the rules.
    func answer(to question: String) -> Answer {
        Answer(
            question: question, text: lines.joined(separator: "\n"),
            citations: cited.map { Answer.Citation(id: $0, verified: true) }, source: .rules)
    }

    /// `2025-11-12 18:00:00Z – 18:06:00Z`: from the first to the last of some rows in time order.
    func span(_ rows: [Int]) -> String {
        let times = rows.compactMap { events.time(at: $0) }
        guard let first = times.first, let last = times.last else { return "at no known time" }
        if first == last { return first.spaced }
        return "\(first.spaced) – \(first.date == last.date ? last.timeOfDay : last.spaced)"
    }
}

/// `a`, `a and b`, `a, b and c`; more than `limit` are counted.
func listed(_ items: [String], limit: Int = 8) -> String {
    if items.count > limit { return items.prefix(limit).joined(separator: ", ") + " and \(items.count - limit) more" }
    guard let last = items.last, items.count > 1 else { return items.first ?? "none" }
    return items.dropLast().joined(separator: ", ") + " and " + last
}
