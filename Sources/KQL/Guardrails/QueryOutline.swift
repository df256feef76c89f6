public import Tables

/// What a query would read and give, without running it: the guardrail of queries that somebody else wrote.
///
/// That a query has an outline means that it binds: it names tables and columns that exist, runs no management
/// command, and reaches no other cluster, workspace or address.
public struct QueryOutline: Sendable {
    /// A table that is read, with the stretch of time that filters leave of it.
    public struct Read: Sendable {
        /// As the query names it.
        public let table: String
        /// The earliest time that is read, UTC, included; `nil` where nothing in the query bounds it.
        public let from: Timestamp?
        /// The latest, likewise.
        public let until: Timestamp?
    }

    /// One for each place in the query that reads a table.
    public let reads: [Read]
    /// Of the rows that it would give.
    public let columns: [QueryResult.Column]
    /// Patterns in place of tables' names, as written (`*` where `search` or `find` names none): where there are other
    /// tables they read others.
    public let patterns: [String]

    init(_ query: BoundQuery) {
        reads = TimeBounds(query).reads.map { read in
            Read(
                table: read.table, from: read.range.from.map { Timestamp(ticks: $0) },
                until: read.range.until.map { Timestamp(ticks: $0) })
        }
        patterns = query.patterns
        columns = query.columns.map { QueryResult.Column(name: $0.name, type: $0.type.rawValue) }
    }

    /// Whether the query bounds from when on it reads, of every table that it reads.
    public var isBounded: Bool { reads.allSatisfy { $0.from != nil } }

    /// The earliest time that is read; `nil` where some table is read from its beginning, or none is.
    public var from: Timestamp? { isBounded ? reads.compactMap(\.from).min() : nil }
}
