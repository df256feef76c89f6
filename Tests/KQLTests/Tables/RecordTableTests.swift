import JSON
import Testing

@testable import KQL

@Suite("Tables of records")
struct RecordTableTests {
    @Test("The session's records have the contract's columns, also where there are none", arguments: [
        (LocalTable.findings([]), "Findings", """
            id string, finding_type string, description string, okta_event_ids dynamic, user_id string, \
            created_at datetime, metadata dynamic
            """),
        (LocalTable.incidents([]), "Incidents", """
            id string, finding_id string, title string, description string, severity string, risk_score real, \
            created_at datetime, status string, metadata dynamic, finding_ids dynamic, actors dynamic, ips dynamic, \
            first_seen datetime, last_seen datetime, attack dynamic
            """),
        (LocalTable.plans([]), "Plans", "incident_id string, overall_goal string, steps dynamic, notes string"),
        (LocalTable.commands([]), "Commands", "incident_id string, command dynamic"),
    ])
    func columns(table: LocalTable, name: String, columns: String) throws {
        #expect(table.name == name)
        #expect(table.columns.map { "\($0.name) \($0.type)" }.joined(separator: ", ") == columns)
        #expect(try table.answer(to: name) == [])
    }

    @Test("Records are rows; what one lacks is null")
    func rows() throws {
        let finding: JSONValue = [
            "id": "f1", "finding_type": "mfa_fatigue", "okta_event_ids": ["e1", "e2"],
            "created_at": "2025-03-01T10:00:00Z", "metadata": ["severity": "high"], "more": 1,
        ]
        let table = LocalTable.findings([finding, ["id": "f2"]])
        let columns = "id, array_length(okta_event_ids), created_at, metadata.severity, user_id"
        #expect(
            try table.answer(to: "Findings | project \(columns)")
                == [#"["f1",2,"2025-03-01T10:00:00.0000000Z","high",""]"#, #"["f2",null,null,null,""]"#])
    }

    @Test("Columns of other records are inferred from all of them")
    func inferred() throws {
        let records: [JSONValue] = [["b": 1, "a": "x"], "no object", ["b": 2.5, "c": [1], "d": nil]]
        let rows = try LoadedRows(LocalTable(name: "T", records: records))
        #expect(rows.columns == ["b real", "a string", "c dynamic", "d dynamic"])
        #expect(rows.rows == [#"[1.0,"x",null,null]"#, #"[2.5,"",[1],null]"#])
    }
}
