import Foundation
import JSON
import Tables
import Testing

@testable import KQL

@Suite("Known tables")
struct KnownTableTests {
    @Test("A table has its columns in order, with their types", arguments: [
        ("Heartbeat", 31, "SourceSystem string", "TimeGenerated datetime"),
        ("Okta_CL", 72, "TenantId string", "TimeGenerated datetime"),
        ("OktaV2_CL", 57, "ActingAppName string", "SecurityContextIsProxy bool"),
        ("DeviceProcessEvents", 76, "Timestamp datetime", "AdditionalFields dynamic"),
        ("SecurityEvent", 229, "TenantId string", "EventID int"),
    ])
    func columns(name: String, count: Int, first: String, other: String) {
        let columns = (KnownTables.columns(of: name) ?? []).map { "\($0.name) \($0.type)" }
        #expect(columns.count == count)
        #expect(columns.first == first)
        #expect(columns.contains(other))
    }

    @Test("Letters count as they are, and other names are not known", arguments: ["heartbeat", "Nothing", ""])
    func unknown(name: String) { #expect(KnownTables.columns(of: name) == nil) }

    @Test("The tables are those of the gathered schemas", .enabled(if: !Self.gathered.isEmpty))
    func sameAsGathered() {
        #expect(KnownTables.names == Self.gathered.keys.sorted())
        for (name, columns) in Self.gathered {
            #expect((KnownTables.columns(of: name) ?? []).map { "\($0.name) \($0.type)" } == columns, "\(name)")
        }
    }

    /// The schemas beside the repository; empty where they are not there.
    private static let gathered: [String: [String]] = {
        let tests = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        let url = tests.appending(path: "../../../../shared/kql/schemas.json").standardizedFileURL
        guard let data = try? Data(contentsOf: url), let schemas = try? JSONValue(parsing: Array(data)) else {
            return [:]
        }
        return (schemas["tables"]?.members ?? []).reduce(into: [:]) { tables, table in
            let columns = table.value["columns"]?.members ?? []
            tables[table.key] = columns.map { "\($0.key) \($0.value.string ?? "")" }
        }
    }()
}

extension KnownTableTests {
    @Test("In advanced hunting a table lacks what a workspace adds", arguments: [
        ("DeviceProcessEvents", true, "ok"), ("DeviceProcessEvents", false, "SEM0100"), ("AlertInfo", false, "SEM0100"),
    ])
    func workspaceColumns(name: String, isInWorkspace: Bool, code: String) throws {
        let table = try #require(LocalTable(known: name, isInWorkspace: isInWorkspace))
        let engine = QueryEngine(tables: [table], now: Timestamp(ticks: 0))
        #expect((try? engine.outline(of: "\(name) | where Timestamp > ago(1h)")) != nil)
        do {
            _ = try engine.outline(of: "\(name) | where TimeGenerated > ago(1h)")
            #expect(code == "ok")
        } catch {
            #expect(error.code == code)
        }
    }
}
