internal import Detection
internal import Events
internal import Tables

/// Answers that count and list: how many, who, which, top, when, from where.
extension RuleAnswers {
    mutating func writeCount() {
        if writeRecords() { return }
        guard !rows.isEmpty else { return sayNothingMatches() }
        if let grouping = question.grouping { return writeTally(of: grouping) }
        if let noun = question.noun, noun.isFacet, !isNamed(noun) { return writeTally(of: noun) }
        text.say("\(subject(rows.count)), \(text.span(rows)).", citing: rows)
        let actors = Tally(.actors, of: rows, in: events).ranked
        if actors.count > 1 { text.say("By actor: \(ranking(actors)).") }
    }

    /// Whether the question names values of a noun, so that it does not ask for them.
    private func isNamed(_ noun: Noun) -> Bool {
        noun == .actors ? !question.actors.isEmpty : question.entities.contains { entity in
            if case .value(let field, _) = entity { field == noun.column } else { false }
        }
    }

    mutating func writeRanking() {
        let noun = question.grouping ?? (question.noun.map { $0.isFacet ? $0 : nil } ?? nil) ?? .actors
        if [.findings, .incidents].contains(question.noun) || isAboutTrouble { return writeSeverity() }
        writeTally(of: noun, limit: 5)
    }

    mutating func writeListing() {
        if writeRecords() { return }
        if isAboutTrouble { return writeFindings() }
        if let noun = question.grouping ?? question.noun, noun.isFacet, !isNamed(noun) { return writeList(of: noun) }
        guard !rows.isEmpty else { return sayNothingMatches() }
        text.say("\(subject(rows.count)), \(text.span(rows)):")
        for row in rows.prefix(AnswerText.citationLimit) { text.say(line(row), citing: [row]) }
        if rows.count > AnswerText.citationLimit {
            text.say("And \(rows.count - AnswerText.citationLimit) more: show events")
        }
    }

    /// The values of something in the rows, with how often and when.
    mutating func writeList(of noun: Noun) {
        if noun == .actors, isAboutTrouble, question.outcomes.isEmpty { return writeFindings() }
        writeTally(of: noun)
    }

    private mutating func writeTally(of noun: Noun, limit: Int = 10) {
        guard !rows.isEmpty else { return sayNothingMatches() }
        let tally = Tally(noun, of: rows, in: events).ranked
        guard !tally.isEmpty else {
            return text.say("None of the \(subject(rows.count)) has a \(noun.singular) in this log.")
        }
        text.say("\(noun.counted(tally.count)) in \(subject(rows.count)):")
        for entry in tally.prefix(limit) {
            text.say("\(entry.value): \(entry.rows.count), \(text.span(entry.rows))", citing: entry.rows, limit: 5)
        }
        if tally.count > limit { text.say("And \(tally.count - limit) more.") }
    }

    /// `alice 5, bob 2`
    func ranking(_ tally: [Tally.Entry], limit: Int = 5) -> String {
        let shown = tally.prefix(limit).map { "\($0.value) \($0.rows.count)" }.joined(separator: ", ")
        return tally.count > limit ? shown + " and \(tally.count - limit) more" : shown
    }

    /// Findings, incidents, plans and commands are counted and listed from the records. Says whether it did.
    private mutating func writeRecords() -> Bool {
        switch question.noun {
        case .findings: writeFindings()
        case .incidents: writeIncidents()
        case .plans:
            text.say("\(Noun.plans.counted(file.plans.count)).")
            for plan in file.plans.prefix(5) { text.say("\(plan.steps.count) steps: \(plan.overallGoal)") }
        case .commands: text.say("\(Noun.commands.counted(file.commands.count)); see them with: show commands")
        default: return false
        }
        return true
    }

    // MARK: When and where

    mutating func writeWhen() {
        guard !rows.isEmpty else { return sayNothingMatches() }
        let timed = rows.last { events.time(at: $0) != nil } ?? rows[0]
        if asks("how long") { return writeDuration(from: rows[0], to: timed) }
        if asks("first", "earliest", "begin", "start", "started") { return text.say(line(rows[0]), citing: [rows[0]]) }
        if asks("last", "latest") { return text.say(line(timed), citing: [timed]) }
        if rows.count <= 5, question.isNarrow {
            text.say("\(subject(rows.count)):")
            for row in rows { text.say(line(row), citing: [row]) }
            return
        }
        text.say("\(subject(rows.count)), \(text.span(rows)).")
        text.say("First: \(line(rows[0]))", citing: [rows[0]])
        text.say("Last: \(line(timed))", citing: [timed])
    }

    private func asks(_ phrases: String...) -> Bool { phrases.contains { question.words.contains(" \($0) ") } }

    private mutating func writeDuration(from first: Int, to last: Int) {
        let length = events.time(at: last).flatMap { end in events.time(at: first).map { end.seconds(since: $0) } } ?? 0
        text.say("\(Self.words(seconds: Int(length))): \(subject(rows.count)), \(text.span(rows)).", citing: rows)
    }

    /// `25 min`, `1 h 5 min`, `40 s`.
    static func words(seconds: Int) -> String {
        if seconds < 60 { return "\(seconds) s" }
        if seconds < 3600 { return "\(seconds / 60) min" + (seconds % 60 == 0 ? "" : " \(seconds % 60) s") }
        return "\(seconds / 3600) h" + (seconds % 3600 / 60 == 0 ? "" : " \(seconds % 3600 / 60) min")
    }

    mutating func writePlaces() {
        guard !rows.isEmpty else { return sayNothingMatches() }
        text.say("\(subject(rows.count)) came from:")
        var order: [String] = [], rowsOf: [String: [Int]] = [:]
        for row in rows {
            let event = events[row]
            let parts = [event.city, event.country, event.ipAddress].compactMap { $0 }
            let place = parts.isEmpty ? "no recorded place" : parts.joined(separator: " ")
            if rowsOf[place] == nil { order.append(place) }
            rowsOf[place, default: []].append(row)
        }
        for place in order.prefix(AnswerText.citationLimit) {
            let own = rowsOf[place] ?? []
            text.say("\(place): \(Noun.events.counted(own.count)), \(text.span(own))", citing: own, limit: 5)
        }
        let more = order.count - AnswerText.citationLimit
        if more > 0 { text.say("And \(more) more places.") }
    }

    // MARK: Yes or no

    mutating func writeCheck() {
        if isAboutTrouble, question.outcomes.isEmpty { return writeTrouble() }
        if [.findings, .incidents, .plans, .commands].contains(question.noun) { return writeListing() }
        let bothEnds = question.outcomes.count == 2
        if bothEnds { return writeAftermath() }
        // A plain yes would vouch for words that were not understood.
        if !question.unknown.isEmpty || isAboutOneself { return writeSummary() }
        guard !rows.isEmpty else { return sayNothingMatches() }
        text.say("Yes: \(subject(rows.count)), \(text.span(rows)).", citing: rows)
    }

    /// `is bob …`: no event says what an actor is.
    private var isAboutOneself: Bool {
        let isNarrower = !question.outcomes.isEmpty || !question.window.isOpen
            || question.entities.count > question.actors.count
        return !isNarrower && [" is ", " was ", " are ", " were "].contains { question.words.hasPrefix($0) }
    }

    /// Whether a success came after the failures, actor by actor.
    mutating func writeAftermath() {
        let actors = question.actors.isEmpty ? events.actors : question.actors
        var spoken = 0
        for actor in actors where spoken < AnswerText.citationLimit {
            let own = events.rowsOfActor(actor).filter { question.window.contains(events.time(at: $0)) }
            let failures = own.filter { ["FAILURE", "DENY"].contains(events[$0].outcome) }
            guard let last = failures.last else { continue }
            spoken += 1
            let name = file.name(ofActor: actor)
            let count = failures.count == 1 ? "1 failure" : "\(failures.count) failures"
            let success = own.first { events[$0].outcome == "SUCCESS" && events.isOrdered(last, before: $0) }
            if let success {
                text.say("\(name): yes, after \(count) a success: \(line(success))", citing: [last, success])
            } else {
                text.say("\(name): no success after \(count), the last at \(text.span([last])).", citing: failures)
            }
        }
        if spoken == 0 { text.say("There are no failures\(limits()) that a success could have followed.") }
    }
}
