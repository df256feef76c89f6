internal import Events
internal import Tables

/// The events that one run of a query took into account, and which of them a row of its result tells of.
struct QueriedEvents {
    private let events: EventTable
    /// One for each place in the query that reads events: of a join's sides each has its own.
    private var sources: [QueriedSource]

    init(_ sources: [[Int]], in events: EventTable) {
        self.events = events
        self.sources = sources.map { QueriedSource($0, in: events) }
    }

    /// The events that a row of the result tells of: those that it names, or else, of each source, those that agree
    /// with as many of its values as any do.
    ///
    /// A row that nobody and no address can be told from tells of all events that the query took into account.
    mutating func rows(of result: ResultRow) -> [Int] {
        let named = result.eventIDs.compactMap { events.row(ofID: $0) }
        guard named.isEmpty else { return named }
        var found: [Int] = []
        for place in sources.indices { found += sources[place].rows(of: result) }
        return found.isEmpty ? sources.flatMap(\.rows) : found
    }
}

/// The events that one place in a query reads.
private struct QueriedSource {
    /// What an event's field has to be: one of these codes of its column.
    struct Clue {
        let field: EventField
        let codes: Set<UInt32>
    }

    let rows: [Int]
    private let events: EventTable
    private var groups: [EventField: [UInt32: [Int]]] = [:]
    /// Codes by their texts in lower case.
    private var lowered: [EventField: [ByteText: Set<UInt32>]] = [:]

    init(_ rows: [Int], in events: EventTable) {
        self.rows = rows
        self.events = events
    }

    /// Costs what the smallest group of events costs that a value leaves; the groups are made once for each field.
    mutating func rows(of result: ResultRow) -> [Int] {
        for clues in clues(of: result) {
            let agreeing = rows(clues)
            if !agreeing.isEmpty { return narrowed(agreeing, by: result.times) }
        }
        return []
    }

    /// Sets of clues, the strictest first; none is empty.
    private mutating func clues(of result: ResultRow) -> [[Clue]] {
        let actor = clue(result.accounts, [.actorAlternateID, .actorID, .actorDisplayName])
        let target = clue(result.accounts, [.targetAlternateID, .targetID, .targetDisplayName])
        let codes = result.addresses.reduce(into: Set<UInt32>()) { $0.formUnion(self.codes(of: $1, .ipAddress)) }
        let address = codes.isEmpty ? [] : [Clue(field: .ipAddress, codes: codes)]
        let fields = fieldClues(result)
        let accounts = [actor, target].compactMap { $0 }
        let both = address.isEmpty ? [] : accounts.map { [$0] + address }
        let alone = accounts.map { [$0] } + [address]
        return ((both + alone).map { $0 + fields } + both + alone + [fields]).filter { !$0.isEmpty }
    }

    /// The first field that has one of the texts.
    private mutating func clue(_ texts: [String], _ fields: [EventField]) -> Clue? {
        for text in texts {
            for field in fields {
                let codes = codes(of: text, field)
                if !codes.isEmpty { return Clue(field: field, codes: codes) }
            }
        }
        return nil
    }

    /// Of the text as it is, or, since queries often lower names, of those that are it in lower case.
    private mutating func codes(of text: String, _ field: EventField) -> Set<UInt32> {
        let column = events.column(field)
        if let code = column.code(of: text) { return [code] }
        let known = lowered[field] ?? group(field).keys.reduce(into: [:]) { known, code in
            if code != 0 { known[ByteText(column.dictionary[Int(code)].lowercased()), default: []].insert(code) }
        }
        lowered[field] = known
        return known[ByteText(text)] ?? []
    }

    /// A value that no event has was worked out by the query, and is no clue.
    private func fieldClues(_ result: ResultRow) -> [Clue] {
        result.fields.compactMap { field, texts in
            let column = events.column(field)
            let codes = texts.compactMap { $0.text.isEmpty ? 0 : column.code(of: $0.text) }
            return codes.count == texts.count ? Clue(field: field, codes: Set(codes)) : nil
        }
    }

    private mutating func rows(_ clues: [Clue]) -> [Int] {
        let found = clues.map { clue in clue.codes.flatMap { group(clue.field)[$0] ?? [] } }
        let fewest = found.min { $0.count < $1.count } ?? []
        let columns = clues.map { (codes: $0.codes, column: events.column($0.field)) }
        return fewest.filter { row in columns.allSatisfy { $0.codes.contains($0.column.codes[row]) } }
    }

    private mutating func group(_ field: EventField) -> [UInt32: [Int]] {
        if let known = groups[field] { return known }
        let column = events.column(field)
        let made = Dictionary(grouping: rows) { column.codes[$0] }
        groups[field] = made
        return made
    }

    /// The events between the first and the last of the row's times, or at its one time. A time of whole minutes alone
    /// is likely the beginning of a `bin()`, and says too little.
    private func narrowed(_ rows: [Int], by times: [Int64]) -> [Int] {
        guard let first = times.min(), let last = times.max() else { return rows }
        guard first < last || first % (60 * Timestamp.ticksPerSecond) != 0 else { return rows }
        let inside = rows.filter { row in events.time(at: row).map { (first...last).contains($0.ticks) } ?? false }
        return inside.isEmpty ? rows : inside
    }
}
