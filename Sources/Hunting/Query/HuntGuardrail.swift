public import Diagnostics
internal import KQL
internal import Tables

/// What holds of every query that a hunt runs, whoever wrote it: by what it means, not by how it is spelt.
public struct HuntGuardrail: Sendable {
    private let catalog: HuntCatalog
    private let limits: HuntLimits

    /// Bytes of a query; no hunt needs more.
    static let longest = 20_000

    /// A guardrail of the tables of a catalogue.
    public init(catalog: HuntCatalog, limits: HuntLimits = HuntLimits()) {
        self.catalog = catalog
        self.limits = limits
    }

    /// A query that may run, with the range that it may read; also for one that the analyst has edited.
    ///
    /// It binds, reads at least one table of the catalogue and nothing else. The range is the question's; where the
    /// question named none, a query that bounds its time itself may read as far back as the maximum.
    ///
    /// - Throws: What is wrong with the query, with line and column.
    public func checked(_ query: String, _ range: HuntRange) throws(Diagnostic) -> HuntQuery {
        guard query.utf8.count <= Self.longest else {
            throw Diagnostic("the query is longer than \(Self.longest) bytes", remedy: "Ask for less at once")
        }
        let outline: QueryOutline
        do { outline = try catalog.engine.outline(of: query) } catch { throw error.diagnostic(for: query) }
        if catalog.isElsewhere, let pattern = outline.patterns.first {
            throw Diagnostic(
                "`\(pattern.visible(limit: 80))` stands for any table of the service, and not for those of a hunt alone",
                remedy: "Name the tables, of: \(catalog.names.joined(separator: ", "))")
        }
        guard !outline.reads.isEmpty else {
            throw Diagnostic(
                "the query reads no table", remedy: "Begin it with one of: \(catalog.names.joined(separator: ", "))")
        }
        let tables = outline.reads.reduce(into: [String]()) { if !$0.contains($1.table) { $0.append($1.table) } }
        return HuntQuery(
            text: query, tables: tables, range: reach(outline, range), rows: limits.rows, bounded: bounded(query))
    }

    /// The range that is read: the question's, or how far back the query itself asks where the question says nothing.
    private func reach(_ outline: QueryOutline, _ range: HuntRange) -> HuntRange {
        guard range.words.isEmpty, let from = outline.from, from < range.from else { return range.limited(limits) }
        return HuntRange(from: from, until: range.until, notes: ["the query says itself how far back it reads"])
            .limited(limits)
    }

    /// The query with a limit of rows behind it, where one can stand there.
    private func bounded(_ query: String) -> String {
        let limited = query + "\n| take \(limits.rows)"
        return (try? catalog.engine.outline(of: limited)) == nil ? query : limited
    }
}

/// A query that a hunt may run.
public struct HuntQuery: Hashable, Sendable {
    /// KQL that binds.
    public let text: String
    /// The tables that it reads, each once.
    public let tables: [String]
    /// The range that must be given to whoever runs it: ``HuntRange/window`` to an engine, ``HuntRange/timespan`` to a
    /// service. It holds whatever the query says of time.
    public let range: HuntRange
    /// The most rows of its result.
    public let rows: Int
    /// The same query with that limit behind it, for a service that has none of its own.
    public let bounded: String
}
