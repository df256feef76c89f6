internal import Events
internal import Tables

/// A question in words, taken apart: what it wants, of what, about whom, and when.
struct Question {
    let text: String
    let intent: Intent?
    /// What it counts or lists.
    let noun: Noun?
    /// What it wants the counts apart by.
    let grouping: Noun?
    let entities: [Entity]
    let outcomes: [OutcomeWord]
    let window: TimeWindow
    /// Words that mean nothing here, as they were written.
    let unknown: [String]
    /// Words that would need more than a look-up.
    let beyond: [String]
    /// All words, joined and framed by single spaces.
    let words: String

    init(_ text: String, in file: CaseFile) {
        self.text = text
        let written = Self.split(text)
        let all = written.map { $0.lowercased() }
        words = " " + all.joined(separator: " ") + " "
        intent = Intent.of(words)
        var rest = all
        entities = EntityIndex(file).take(from: &rest, written: written)
        let isTyped = words.contains(" event types ") || words.contains(" event type ")
        let isReasoned = words.contains(" reasons ") && words.contains(" fail")
        let time = QuestionTime(&rest, clock: file.clock, last: file.events.last)
        window = time.window
        let asked = Self.nouns(in: rest)
        grouping = isTyped && asked.grouping == .events ? .eventTypes : asked.grouping
        noun = isTyped && asked.noun == .events ? .eventTypes : isReasoned ? .reasons : asked.noun
        outcomes = OutcomeWord.allCases.filter { !$0.words.isDisjoint(with: rest) }
        beyond = rest.filter(Vocabulary.beyond.contains)
        unknown = rest.filter { !Vocabulary.known.contains($0) && Double($0) == nil }
    }

    /// Words without the marks around them; `'s` at the end goes, marks inside stay.
    private static func split(_ text: String) -> [String] {
        text.replacing("’", with: "'").split { $0.isWhitespace || "?!,;\"()[]{}`“”".contains($0) }.compactMap { word in
            var word = word
            while let last = word.last, ".:'".contains(last) { word.removeLast() }
            while let first = word.first, "'".contains(first) { word.removeFirst() }
            let isWord = ["what's", "who's", "where's", "it's", "let's"].contains(word.lowercased())
            if word.hasSuffix("'s"), !isWord { word.removeLast(2) }
            return word.isEmpty ? nil : String(word)
        }
    }

    private static func nouns(in words: [String]) -> (noun: Noun?, grouping: Noun?) {
        var noun: Noun?, grouping: Noun?
        for (index, word) in words.enumerated() {
            guard let found = Noun.allCases.first(where: { $0.words.contains(word) }) else { continue }
            let before = words[max(0, index - 2)..<index]
            if before.contains(where: { ["per", "each", "by", "every"].contains($0) }), noun != nil || grouping == nil {
                grouping = grouping ?? (found.isFacet ? found : nil)
            } else if found == .userAgents, noun == .actors, words[index - 1] == "user" {
                noun = .userAgents
            } else {
                noun = noun ?? found
            }
        }
        return (noun, grouping)
    }
}

// MARK: Which events it is about

extension Question {
    /// The actors that are named.
    var actors: [String] { entities.compactMap { if case .actor(let key) = $0 { key } else { nil } } }

    /// Whether it limits the events in any way.
    var isNarrow: Bool { !entities.isEmpty || !outcomes.isEmpty || !window.isOpen || noun == .logins }

    /// The rows that the question is about, in time order. Linear in the events.
    func rows(in file: CaseFile) -> [Int] {
        var rows = Array(file.events.timeOrder)
        let named = Set(entities.flatMap { eventRows($0, in: file) })
        if entities.contains(where: \.namesRows) { rows = rows.filter(named.contains) }
        if !actors.isEmpty {
            let own = Set(actors.flatMap { file.events.rowsOfActor($0) })
            rows = rows.filter(own.contains)
        }
        for (field, values) in values {
            let column = file.events.column(field)
            let codes = Set(values.compactMap { column.code(of: $0) })
            rows = rows.filter { codes.contains(column.codes[$0]) }
        }
        if !window.isOpen { rows = rows.filter { window.contains(file.events.time(at: $0)) } }
        if noun == .logins { rows = rows.filter { Self.isLogin(file.events[$0]) } }
        return outcomes.isEmpty ? rows : rows.filter { hasOutcome(file.events[$0].outcome) }
    }

    /// The rows for a model's evidence: none when the question names nothing.
    func namedRows(in file: CaseFile) -> [Int] { isNarrow ? rows(in: file) : [] }

    private var values: [(EventField, [String])] {
        var result: [(EventField, [String])] = []
        for case .value(let field, let value) in entities {
            // A name that is both an actor and a target means the actor.
            if field == .targetID, actors.contains(value) { continue }
            if let index = result.firstIndex(where: { $0.0 == field }) { result[index].1.append(value) }
            else { result.append((field, [value])) }
        }
        return result
    }

    private func eventRows(_ entity: Entity, in file: CaseFile) -> [Int] {
        switch entity {
        case .event(let row): [row]
        case .finding(let id): file.findings([id]).flatMap { file.rows(of: $0) }
        case .incident(let id): file.incidents.filter { $0.id == id }.flatMap { file.rows(of: $0) }
        default: []
        }
    }

    private func hasOutcome(_ result: String?) -> Bool {
        guard let result else { return false }
        return outcomes.contains { $0.results.contains(result) }
    }

    static func isLogin(_ event: OktaEvent) -> Bool {
        guard let type = event.eventType else { return false }
        return type == "user.session.start" || type.hasPrefix("user.authentication")
    }
}

extension Entity {
    fileprivate var namesRows: Bool {
        switch self {
        case .event, .finding, .incident: true
        case .actor, .value: false
        }
    }
}
