import Tables
import Testing

@testable import KQL

@Suite("What a query would read")
struct QueryOutlineTests {
    /// 2025-01-10T00:00:00Z.
    private static let now = Timestamp(ticks: 17_364_672_000_000_000)

    private static let engine: QueryEngine = {
        let logins = [
            ColumnSchema("TimeGenerated", .datetime), ColumnSchema("User", .string), ColumnSchema("Code", .long),
        ]
        let devices = [ColumnSchema("Timestamp", .datetime), ColumnSchema("Host", .string), ColumnSchema("User", .string)]
        let rows: [[Scalar]] = (0..<10).map { day in
            [.datetime(now.ticks - Int64(day) * 864_000_000_000), .string("u\(day)"), .long(Int64(day))]
        }
        return QueryEngine(
            tables: [
                LocalTable("Logins", logins, StoredColumns(count: 10, columns: Frame(rows, logins).columns)),
                LocalTable("Devices", devices, StoredColumns(count: 0, columns: Frame([], devices).columns)),
            ], now: now)
    }()

    @Test(
        "Filters on the time bound what is read, wherever they stand and however they are written",
        arguments: [
            ("Logins", ["Logins …"]),
            ("Logins | where TimeGenerated > ago(1d)", ["Logins 2025-01-09T00:00:00Z…"]),
            ("Logins | where User == 'a' and ago(2d) <= TimeGenerated | where TimeGenerated < ago(1d)",
             ["Logins 2025-01-08T00:00:00Z…2025-01-09T00:00:00Z"]),
            ("Logins | where TimeGenerated between (datetime(2025-01-01) .. 1d)",
             ["Logins 2025-01-01T00:00:00Z…2025-01-02T00:00:00Z"]),
            ("let since = ago(3d); Logins | project T = TimeGenerated, User | extend U = User | where T >= since",
             ["Logins 2025-01-07T00:00:00Z…"]),
            ("Logins | where TimeGenerated > ago(1d) or User == 'a'", ["Logins …"]),
            ("Logins | where not(TimeGenerated > ago(1d))", ["Logins …"]),
            ("Logins | take 5 | where TimeGenerated > ago(1d)", ["Logins …"]),
            ("Logins | summarize count() by bin(TimeGenerated, 1h) | where TimeGenerated > ago(1d)", ["Logins …"]),
            ("Logins | summarize count() by TimeGenerated | where TimeGenerated > ago(1d)",
             ["Logins 2025-01-09T00:00:00Z…"]),
            ("Logins | where TimeGenerated > ago(1d) | join kind=inner (Devices | where Timestamp > ago(2d)) on User",
             ["Logins 2025-01-09T00:00:00Z…", "Devices 2025-01-08T00:00:00Z…"]),
            ("Logins | join kind=leftouter Devices on User | where TimeGenerated > ago(1d) and Timestamp > ago(1d)",
             ["Logins 2025-01-09T00:00:00Z…", "Devices …"]),
            ("Logins | join kind=rightouter Devices on User | where TimeGenerated > ago(1d) and Timestamp > ago(1d)",
             ["Logins …", "Devices 2025-01-09T00:00:00Z…"]),
            ("Logins | join kind=rightsemi Devices on User | where Timestamp > ago(1d)",
             ["Logins …", "Devices 2025-01-09T00:00:00Z…"]),
            ("let T = Logins | where TimeGenerated > ago(1d); union T, Devices",
             ["Logins 2025-01-09T00:00:00Z…", "Devices …"]),
            ("union Logins, (Logins | project-rename Time = TimeGenerated) | where TimeGenerated > ago(1d)",
             ["Logins 2025-01-09T00:00:00Z…", "Logins …"]),
            ("Logins | where User in ((Devices | project User)) and TimeGenerated > ago(1d)",
             ["Logins 2025-01-09T00:00:00Z…", "Devices …"]),
            ("Logins | where TimeGenerated > ago(1d) | where User == toscalar(Devices | where Timestamp > ago(4h) | project User)",
             ["Logins 2025-01-09T00:00:00Z…", "Devices 2025-01-09T20:00:00Z…"]),
            ("union withsource=Table Logins, Logins | where TimeGenerated > ago(1d)",
             ["Logins 2025-01-09T00:00:00Z…", "Logins 2025-01-09T00:00:00Z…"]),
            ("Logins | where TimeGenerated > ago(3d) and TimeGenerated > ago(1d)", ["Logins 2025-01-09T00:00:00Z…"]),
            ("Logins | where TimeGenerated < ago(1d)", ["Logins …2025-01-09T00:00:00Z"]),
            ("Logins | where TimeGenerated != datetime(2025-01-09)", ["Logins …"]),
            ("Logins | where TimeGenerated !between (datetime(2025-01-01) .. 1d)", ["Logins …"]),
            ("Logins | parse User with 'u' TimeGenerated:datetime | where TimeGenerated > ago(1d)", ["Logins …"]),
            ("Logins | parse-kv User as (TimeGenerated: datetime) | where TimeGenerated > ago(1d)", ["Logins …"]),
            ("Logins | mv-expand TimeGenerated = dynamic(['2025-01-09']) to typeof(datetime) | where TimeGenerated > ago(1d)",
             ["Logins …"]),
            ("Logins | parse User with 'u' Day:long | where TimeGenerated > ago(1d)", ["Logins 2025-01-09T00:00:00Z…"]),
            ("Logins | partition by User (top 1 by Code) | where TimeGenerated > ago(1d)", ["Logins …"]),
            ("print 1", []),
        ])
    func reads(query: String, expected: [String]) throws {
        let outline = try Self.engine.outline(of: query)
        let reads = outline.reads.map { read in
            "\(read.table) \(read.from.map(\.description) ?? "")…\(read.until.map(\.description) ?? "")"
        }
        #expect(reads == expected)
        #expect(outline.isBounded == !expected.contains { $0.contains(" …") })
    }

    @Test(
        "What reaches outside, or is no query, is refused; a text that only speaks of it is not",
        arguments: [
            (".drop table Logins", "SEM0001"), (".purge table Logins records", "SEM0001"),
            ("externaldata(a:string)['https://example.com/x.csv'] | take 1", "SEM0001"),
            ("cluster('other').database('d').Logins", "SEM"), ("workspace('other').Logins", "SEM"),
            ("Passwords | take 1", "SEM0100"), ("Logins | where Secret == 1", "SEM0100"),
            ("Logins | where User has '.purge table' or User has 'externaldata('", ""),
        ])
    func guarded(query: String, code: String) {
        var found = ""
        do throws(KQLFault) { _ = try Self.engine.outline(of: query) } catch { found = error.code }
        #expect(code.isEmpty ? found.isEmpty : found.hasPrefix(code), "\(found)")
    }

    @Test("A window keeps the rows outside of every table that has a time")
    func window() throws {
        let start = Timestamp(ticks: Self.now.ticks - 3 * 864_000_000_000)
        let result = try Self.engine.run("Logins | summarize n = count(), sum(Code)", limits: QueryLimits(window: start...Self.now))
        #expect(result.text(row: 0, column: 0) == "4" && result.text(row: 0, column: 1) == "6")
    }

    @Test("More rows than the limit are counted and left out; a step that grows beyond its limit is refused")
    func limits() throws {
        let result = try Self.engine.run("range x from 1 to 1000 step 1", limits: QueryLimits(rows: 10))
        #expect(result.count == 10 && result.totalCount == 1000)
        #expect(throws: KQLFault.self) {
            try Self.engine.run("range x from 1 to 1000 step 1", limits: QueryLimits(stepRows: 100))
        }
        #expect(throws: KQLFault.self) {
            try Self.engine.run(
                "range x from 1 to 100000000 step 1 | summarize count() by tostring(x)",
                limits: QueryLimits(time: .milliseconds(1)))
        }
    }
}
