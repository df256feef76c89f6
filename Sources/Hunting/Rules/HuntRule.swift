public import Diagnostics
public import KQL

/// What a hunt looked for, as something to look for again and again: its query without the one account, machine or
/// address, and without its stretch of time.
///
/// ```swift
/// let rule = try HuntRule(of: hunt, in: HuntCatalog(local: tables, now: clock))
/// rule.query     // DeviceProcessEvents | where FileName =~ "powershell.exe" | project …
/// rule.entities  // Host by DeviceName, Account by AccountName
/// ```
public struct HuntRule: Sendable {
    /// KQL, one operator a line; binds on the catalogue's tables.
    public let query: String
    /// The hunt's own query over the tables that ``query`` reads: its rows have columns as the rule has them.
    public let huntQuery: String
    /// A few words without the names of accounts, machines and addresses. Holds texts of the question: make it visible.
    public let title: String
    /// What the results name.
    public let entities: [Entity]
    /// What the rule does otherwise than the hunt, as sentences. Hold texts of the query: make them visible.
    public let notes: [String]
    /// Why no workspace could run it, as a sentence; `nil` where one could.
    public let obstacle: String?
    /// The column that says when a result came about; of a result made of several rows, the last of them. `nil` where
    /// there is none.
    public let time: String?
    /// Whether a result is made of several rows.
    public let isGrouped: Bool
    /// The hunt's query in its general form, from which ``query`` was made.
    public let general: GeneralQuery
    /// Names of accounts, machines and addresses that the hunt was about or found.
    public let names: [String]

    /// The rule of a hunt.
    ///
    /// - Parameter catalog: The tables that the hunt asked.
    /// - Throws: Where nothing is left to look for, and where its query cannot be made general: in words that say what
    ///   to hunt for instead.
    public init(of hunt: Hunt, in catalog: HuntCatalog) throws(Diagnostic) {
        let subject = HuntRuleSubject(hunt, catalog)
        try subject.checkTables()
        general = try subject.general()
        try subject.checkConditions(general)
        let (query, obstacle) = try subject.query(of: general)
        self.query = query
        self.obstacle = obstacle
        huntQuery = obstacle == nil ? subject.huntQuery : hunt.query
        title = subject.title
        let columns = general.columns.map(\.name)
        entities = RuleEntities.found(in: columns)
        time = subject.time(in: general)
        isGrouped = general.isGrouped
        names = subject.names
        notes = subject.notes(on: general, entities)
    }
}
