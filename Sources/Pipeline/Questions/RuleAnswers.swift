internal import Detection
internal import Events
internal import Tables

extension RuleAnalyst {
    /// The answer to a question about what is loaded, with the events it rests on. Linear in the events.
    public func reply(to question: String, in file: CaseFile) -> Answer {
        guard file.events.count > 0 else {
            var text = AnswerText(file.events)
            text.say("No events are loaded, so there is nothing to answer from. Load some first: ingest FILE")
            return text.answer(to: question)
        }
        var writer = RuleAnswers(Question(question, in: file), file)
        writer.write()
        return writer.text.answer(to: question)
    }
}

/// Writes the answer to one question.
struct RuleAnswers {
    let question: Question
    let file: CaseFile
    let events: EventTable
    /// The rows the question is about, in time order.
    let rows: [Int]
    var text: AnswerText

    init(_ question: Question, _ file: CaseFile) {
        self.question = question
        self.file = file
        events = file.events
        rows = question.rows(in: file)
        text = AnswerText(file.events)
    }

    mutating func write() {
        if question.entities.isEmpty, !question.unknown.isEmpty, question.unknown.allSatisfy(Self.looksLikeValue) {
            return sayAbsent()
        }
        if let objection { return decline(objection) }
        dispatch()
        if !question.unknown.isEmpty {
            text.say("Not used in this answer, as nothing loaded is called so: \(listed(question.unknown)).")
        }
    }

    /// Whether a word is an address, a login or an id rather than English.
    private static func looksLikeValue(_ word: String) -> Bool {
        word.contains { $0.isNumber || $0 == "@" || $0 == "." }
    }

    private mutating func sayAbsent() {
        text.say("Nothing loaded mentions \(listed(question.unknown)).\(loadedRange)")
    }

    private mutating func dispatch() {
        switch question.intent {
        case .next: writeNext()
        case .why: writeWhy()
        case .aftermath: writeAftermath()
        case .severity: writeSeverity()
        case .count: writeCount()
        case .rank: writeRanking()
        case .when: writeWhen()
        case .whereFrom: writePlaces()
        case .who: writeList(of: .actors)
        case .check: writeCheck()
        case .summary: writeSummary()
        case .list: writeListing()
        case nil where question.entities.isEmpty && (question.noun != nil || isAboutTrouble): writeListing()
        case nil: writeSummary()
        }
    }

    /// Why the question cannot be answered, or `nil` when it can.
    private var objection: String? {
        let isFree = question.intent == .why || question.intent == .next
        if let word = question.beyond.first, !isFree {
            return "\"\(word)\" needs a comparison that I do not make."
        }
        if question.entities.isEmpty, !question.unknown.isEmpty {
            return "Nothing loaded is called \(listed(question.unknown.map { "\"\($0)\"" }))."
        }
        let isEmpty = question.entities.isEmpty && question.window.isOpen && question.outcomes.isEmpty
        if isEmpty, question.noun == nil, [nil, .check, .list].contains(question.intent), !isAboutTrouble {
            return "I do not see what the question is after."
        }
        return nil
    }

    private mutating func decline(_ reason: String) {
        text.say("I cannot answer that. \(reason)")
        let command = question.noun?.command ?? "show events"
        text.say(
            "I can say who, what, when, where, how many, why and what next, about actors, addresses, findings, "
                + "incidents and times that are loaded. Nearest commands: \(command), why ID, help.")
    }

    /// Words such as `compromised` ask for findings.
    var isAboutTrouble: Bool {
        let words = [
            "compromised", "hacked", "suspicious", "attack", "attacked", "attacker", "breach", "breached", "malicious",
            "stolen", "wrong", "unusual", "strange", "odd", "weird", "anomaly", "anomalies", "anomalous", "intrusion",
            "flagged", "detected", "trouble", "concerning", "abnormal", "found", "ok", "okay", "fine", "safe", "legit",
            "legitimate", "harmless", "benign", "normal", "threat", "threats", "problem", "problems", "dangerous",
        ]
        return words.contains { question.words.contains(" \($0) ") }
    }

    // MARK: Words shared by the answers

    /// `failed logins by alice from 203.0.113.10 between …`: what the rows are.
    func subject(_ count: Int? = nil) -> String {
        let adjective = question.outcomes.count == 1 ? question.outcomes[0].adjective + " " : ""
        let noun = question.noun == .logins ? Noun.logins : .events
        let name = count == 1 ? noun.singular : noun.plural
        return (count.map { "\($0) " } ?? "") + adjective + name + limits()
    }

    /// The limits that the question sets, as words behind a noun.
    func limits(_ actorWord: String = "by") -> String {
        var parts: [String] = []
        let actors = question.actors.map { file.name(ofActor: $0) }
        if !actors.isEmpty { parts.append("\(actorWord) \(listed(actors))") }
        var seen: [EventField] = []
        for case .value(let field, let value) in question.entities {
            if field == .targetID, question.actors.contains(value) { continue }
            parts.append((seen.contains(field) ? "or " : Self.preposition(field)) + value)
            seen.append(field)
        }
        if !question.window.isOpen { parts.append(windowWords) }
        return parts.isEmpty ? "" : " " + parts.joined(separator: " ")
    }

    private static func preposition(_ field: EventField) -> String {
        switch field {
        case .eventType: "of type "
        case .outcomeReason: "for "
        case .targetID: "on "
        default: "from "
        }
    }

    private var windowWords: String {
        switch (question.window.since, question.window.until) {
        case (let since?, let until?): "between \(since.spaced) and \(until.spaced)"
        case (let since?, nil): "since \(since.spaced)"
        case (nil, let until?): "until \(until.spaced)"
        case (nil, nil): ""
        }
    }

    /// Says that no row matches, and what range there is.
    mutating func sayNothingMatches() {
        text.say("No \(subject()).\(loadedRange)")
    }

    private var loadedRange: String {
        guard let first = events.first, let last = events.last else { return "" }
        return " Loaded: \(first.spaced) – \(last.spaced)."
    }

    /// One event in a line.
    func line(_ row: Int) -> String {
        let event = events[row]
        let place = [event.city, event.country].compactMap { $0 }.joined(separator: " ")
        let parts = [
            event.published?.spaced, event.actorLogin, event.eventType, event.outcome,
            event.ipAddress.map { "from \($0)" }, place.isEmpty ? nil : place,
        ]
        return parts.compactMap { $0 }.joined(separator: " ")
    }

    /// The findings that the question is about: those named, or those of named actors and addresses.
    var findings: [DetectionFinding] {
        let named = question.entities.flatMap { entity -> [DetectionFinding] in
            switch entity {
            case .finding(let id): file.findings([id])
            case .incident(let id): file.incidents.filter { $0.id == id }.flatMap { file.findings($0.findingIDs) }
            default: []
            }
        }
        if !named.isEmpty { return named }
        if question.entities.isEmpty, question.window.isOpen { return file.findings }
        let ids = Set(rows.map { events[$0].id })
        let actors = Set(question.actors)
        return file.findings.filter { finding in
            // One that names several users is about each of them who has an event in it.
            if actors.contains(finding.userID), question.window.isOpen { return true }
            let isByEvents = actors.isEmpty || !question.window.isOpen || finding.namesUsers
            return isByEvents && finding.oktaEventIDs.contains(where: ids.contains)
        }
    }
}
