import Events
import JSON
import Tables
import Testing

@testable import KQL

@Suite("The tables of a Sentinel workspace")
struct OktaWorkspaceTests {
    private static let lines = [
        #"{"uuid":"e1","published":"2025-03-01T10:00:00.250Z","eventType":"user.session.start","#
            + #""actor":{"id":"00u1","alternateId":"ana@example.com","detailEntry":{"a":1}},"client":{"ipAddress":"192.0.2.7"},"#
            + #""authenticationContext":{"issuer":{"id":"i1","type":"t"}},"transaction":{"detail":{"requestApiTokenId":"t9"}},"#
            + #""debugContext":{"debugData":{"requestUri":"/x","pushOnlyResponseType":"OV"}}}"#,
        #"{"uuid":"e2","published":"2025-03-01T11:00:00Z","eventType":"user.logout","actor":{"id":"00u1"}}"#,
        #"{"uuid":"e3","published":"2025-03-01T09:00:00Z","eventType":"user.logout","actor":{"id":"00u2"}}"#,
        #"{"uuid":"e4","eventType":"user.logout","actor":{"id":"00u2"}}"#,
    ]

    private static func events() async throws -> EventTable {
        let source = RawBytes(name: "log", bytes: Array(lines.joined(separator: "\n").utf8))
        return try await EventReader().read([source], into: EventTable(), window: TimeWindowRequest(), now: nil).table
    }

    @Test("OktaSSO has the function's columns, then the others of Okta_CL")
    func columns() throws {
        let tables = LocalTable.okta(EventTable())
        #expect(tables.map(\.name) == ["OktaSystemLog", "Okta_CL", "OktaV2_CL", "OktaSSO"])
        let columns = tables[3].columns.map { "\($0.name) \($0.type)" }
        let known = try #require(KnownTables.columns(of: "OktaSSO")).map { "\($0.name) \($0.type)" }
        let first = try #require(KnownTables.columns(of: "Okta_CL")).map { "\($0.name) \($0.type)" }
        #expect(Array(columns.prefix(known.count)) == known)
        #expect(Set(columns) == Set(known + first) && Set(columns).count == columns.count)
    }

    @Test("OktaSSO, each event once", arguments: [
        ("OktaSSO | where eventType_s == 'user.session.start' | project uuid_g, actor_alternateId_s, client_ipAddress_s, TimeGenerated",
         [#"["e1","ana@example.com","192.0.2.7","2025-03-01T10:00:00.2500000Z"]"#]),
        ("OktaSSO | where uuid_g == 'e1' | project actor_detailEntry_s, authenticationContext_issuerId_s, transaction_details_s",
         [#"["{\"a\":1}","i1","{\"requestApiTokenId\":\"t9\"}"]"#]),
        ("OktaSSO | count", ["[4]"]),
    ])
    func both(query: String, rows: [String]) async throws {
        let table = try #require(LocalTable.okta(await Self.events()).last)
        #expect(try table.answer(to: query) == rows)
    }

    @Test("Columns that the first connector made of any key", arguments: [
        ("Okta_CL | where debugContext_debugData_pushOnlyResponseType_s == 'x'", ["debugContext_debugData_pushOnlyResponseType_s"]),
        ("x | extend transaction_detail_requestApiTokenId_s, debugContext_debugData_a_x, debugContext_debugData_b_d", [
            "debugContext_debugData_b_d", "transaction_detail_requestApiTokenId_s",
        ]),
        ("client_ipAdress_s, debugContext_debugData__s, debugContext_debugData_s, äébugContext_debugData_x_s", []),
        ("column_ifexists('debugContext_debugData_risk_s', '')", ["debugContext_debugData_risk_s"]),
        ("", []),
    ])
    func loose(query: String, columns: [String]) {
        #expect(LocalTable.looseColumns(in: query) == columns)
    }

    @Test("Loose columns are read from the events, and those that are there already stay as they are")
    func looseValues() async throws {
        let extra = ["debugContext_debugData_pushOnlyResponseType_s", "debugContext_debugData_requestUri_s"]
        for table in try await LocalTable.okta(Self.events(), extra: extra) where ["Okta_CL", "OktaSSO"].contains(table.name) {
            #expect(table.columns.count { $0.name == extra[1] } == 1)
            let query = "\(table.name) | where uuid_g == 'e1' | project \(extra.joined(separator: ", "))"
            #expect(try table.answer(to: query) == [#"["OV","/x"]"#])
        }
    }

    @Test("A window has both its ends, is in order of time, and leaves out events without a time", arguments: [
        ("2025-03-01T09:00:00Z", "2025-03-01T11:00:00Z", "e3 e1 e2"), ("2025-03-01T09:00:00.0000001Z", "2025-03-01T10:59:59Z", "e1"),
        ("2025-03-01T12:00:00Z", "2025-03-02T00:00:00Z", ""), ("2025-02-01T12:00:00Z", "2025-03-01T09:30:00Z", "e3"),
    ])
    func window(from: String, until: String, ids: String) async throws {
        let window = try #require(Timestamp(from))...(try #require(Timestamp(until)))
        for table in try await LocalTable.okta(Self.events()) {
            let id = ["OktaSystemLog": "uuid", "OktaV2_CL": "EventOriginalUid"][table.name] ?? "uuid_g"
            let result = try QueryEngine(tables: [table], now: window.upperBound)
                .run("\(table.name) | project \(id)", limits: QueryLimits(window: window))
            #expect((0..<result.count).map { result.text(row: $0, column: 0) }.joined(separator: " ") == ids)
        }
    }

    @Test("The field that a column shows", arguments: [
        ("actor_alternateId_s", EventField.actorAlternateID), ("SrcIpAddr", .ipAddress), ("client_ipAddress", .ipAddress),
        ("ActorUsername", .actorAlternateID), ("eventType_s", .eventType), ("EventOriginalType", .eventType),
        ("outcome_result_s", .outcomeResult), ("target_alternateId", .targetAlternateID),
        ("EventResult", nil), ("TimeGenerated", nil), ("securityContext_isProxy_b", nil), ("Who", nil),
    ] as [(String, EventField?)])
    func fields(column: String, field: EventField?) { #expect(EventField(queryColumn: column) == field) }
}
