public import Diagnostics
internal import Tables

/// The built-in analyst's way from a question to a query: by words it knows, without a model.
///
/// ```swift
/// let grammar = HuntGrammar(catalog: catalog, limits: HuntLimits())
/// let draft = try grammar.draft("failed logins by jdoe in the last 2 hours")
/// draft.query  // OktaSystemLog | where TimeGenerated >= … | where eventType =~ "user.session.start" …
/// ```
public struct HuntGrammar: Sendable {
    /// What may be asked.
    public let catalog: HuntCatalog
    /// How far it may reach.
    public let limits: HuntLimits

    /// A grammar over the tables of a catalogue.
    public init(catalog: HuntCatalog, limits: HuntLimits = HuntLimits()) {
        self.catalog = catalog
        self.limits = limits
    }

    /// The query that a question asks for. Nothing is read.
    ///
    /// - Throws: Where it is no hunt, or not understood: in words that name what was.
    public func draft(_ question: String) throws(Diagnostic) -> HuntDraft {
        let reading = HuntReading(question, catalog, limits)
        if let refusal = HuntRefusal.before(reading) { throw refusal }
        guard let choice = HuntChoice.best(reading, catalog) else { throw HuntRefusal.after(reading, catalog) }
        // A query that leaves out whom the question names would answer another question.
        guard !choice.isTooBroad(reading) else { throw HuntRefusal.after(reading, catalog) }
        guard choice.lost.isEmpty else { throw HuntRefusal.lost(reading, choice) }
        return draft(reading, choice)
    }

    /// The refusal of what is no question but an order to do something, or a question to the world outside.
    func order(in question: String) -> Diagnostic? { HuntRefusal.before(HuntReading(question, catalog, limits)) }

    /// The stretch of time that a question names, or the default. Never longer than the limits allow.
    public func range(of question: String) -> HuntRange {
        HuntReading(question, catalog, limits).range
    }

    private func draft(_ reading: HuntReading, _ choice: HuntChoice) -> HuntDraft {
        let names = Set(catalog.columns(of: choice.table).map(\.name))
        let writer = EntityCondition(profile: catalog.profile(of: choice.table), columns: names)
        let (shape, shapeNotes) = shape(reading, choice, writer)
        let text = QueryText(
            table: choice.table, time: catalog.timeColumn(of: choice.table), range: reading.range,
            conditions: choice.conditions, shape: shape, columns: counted(choice.table, shape, writer),
            shown: writer.profile.shown.filter { names.contains($0) && $0 != catalog.timeColumn(of: choice.table) },
            rows: limits.rows)
        let unread = reading.unknown.filter { !choice.named.contains($0) }.map { reading.tokens[$0].text }
        let unused = UnusedWords(reading: reading, choice: choice, shape: shape).texts
        let notes =
            reading.range.notes + reading.notes + choice.notes + shapeNotes
            + (unread.isEmpty ? [] : ["not understood, and not asked for: \(unread.joined(separator: ", "))"])
            + (unused.isEmpty ? [] : ["not used: \(unused.joined(separator: ", "))"])
        let intent = HuntIntent(
            subject: choice.subject, tables: [choice.table], qualifiers: choice.qualifiers, entities: choice.entities,
            range: reading.range, shape: shape, notes: notes.map { $0.visible(limit: 300) })
        return HuntDraft(intent: intent, query: text.kql)
    }

    /// The columns that rows are counted by. Okta's events of a flat shape have the actor's id and no login: where the
    /// table has such rows, the id stands in for it.
    private func counted(
        _ table: String, _ shape: HuntShape, _ writer: EntityCondition
    ) -> (HuntRole) -> [String] {
        guard shape.roles.contains(where: { $0 == .user || $0 == .address }),
            let actor = OktaColumns.actor(of: table), catalog.lacks(actor.login, but: actor.id, in: table)
        else { return writer.columns }
        return { role in
            role == .user ? ["iff(isempty(\(actor.login)), \(actor.id), \(actor.login))"] : writer.columns(role)
        }
    }

    /// What is wanted, where the table can give it; rows otherwise.
    private func shape(
        _ reading: HuntReading, _ choice: HuntChoice, _ writer: EntityCondition
    ) -> (HuntShape, [String]) {
        let wanted = choice.shape
        let missing = wanted.roles.filter { writer.columns($0).isEmpty }
        guard !missing.isEmpty else { return (wanted, []) }
        if case .by(let roles) = wanted, missing.count < roles.count {
            return (.by(roles.filter { !missing.contains($0) }), ["\(choice.table) has no \(missing[0].rawValue)"])
        }
        return (.rows, ["\(choice.table) has no \(missing[0].rawValue) to count by: the rows are shown"])
    }
}

/// A query with what it was made from.
public struct HuntDraft: Hashable, Sendable {
    /// What was understood.
    public let intent: HuntIntent
    /// KQL; its values are literals, whatever the question said.
    public let query: String
}
