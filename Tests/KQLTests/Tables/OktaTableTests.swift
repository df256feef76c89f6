import Events
import JSON
import Tables
import Testing

@testable import KQL

@Suite("Tables of Okta events")
struct OktaTableTests {
    /// A sign-in that failed, the same person's success elsewhere, and an event of next to nothing.
    private static let lines = [
        #"""
        {"uuid":"e1","published":"2025-03-01T10:00:00.250Z","eventType":"user.session.start","version":"0",\#
        "severity":"WARN","legacyEventType":"core.user_auth.login_failed","displayMessage":"User login to Okta",\#
        "actor":{"id":"00u1","type":"User","alternateId":"ana@example.com","displayName":"Ana","detailEntry":null},\#
        "client":{"userAgent":{"rawUserAgent":"curl/8","os":"Linux","browser":"UNKNOWN"},"zone":"null",\#
        "device":"Computer","id":null,"ipAddress":"192.0.2.7","geographicalContext":{"city":"Oslo","state":"Oslo",\#
        "country":"Norway","postalCode":"0150","geolocation":{"lat":59.91,"lon":10.75}}},\#
        "outcome":{"result":"FAILURE","reason":"INVALID_CREDENTIALS"},"target":[{"id":"0oa1","type":"AppInstance",\#
        "alternateId":"Portal","displayName":"The Portal"}],"transaction":{"type":"WEB","id":"t1","detail":{}},\#
        "debugContext":{"debugData":{"requestUri":"/api/v1/authn","dtHash":"d1","factor":"PASSWORD",\#
        "loginResult":"x"}},"authenticationContext":{"authenticationStep":2,"externalSessionId":"s1",\#
        "credentialType":"PASSWORD","issuer":{"id":"i1","type":"t"}},"securityContext":{"asNumber":64500,\#
        "asOrg":"example","isp":"Example ISP","domain":"example.net","isProxy":true},\#
        "request":{"ipChain":[{"ip":"192.0.2.7","version":"V4"}]}}
        """#,
        #"""
        {"uuid": "e2", "published": "2025-03-01T10:05:00Z", "eventType": "user.session.start", "severity": "INFO",\#
         "actor": {"id": "unknown", "type": "User", "alternateId": "ana"}, "client": {"ipAddress": "198.51.100.9"},\#
         "outcome": {"result": "SUCCESS"}, "device": {"id": "guo1"}, "securityContext": {"isProxy": false},\#
         "debugContext": {"debugData": {"url": "/a?b=\"1\""}}}
        """#,
        #"{"uuid":"e3","published":"2025-03-01T10:06:00Z","eventType":"user.logout","actor":{"id":"00u1"}}"#,
    ]

    private static func events() async throws -> EventTable {
        let text = lines.joined(separator: "\n")
        let source = RawBytes(name: "log", bytes: Array(text.utf8))
        return try await EventReader().read([source], into: EventTable(), window: TimeWindowRequest(), now: nil).table
    }

    @Test("OktaSystemLog has the contract's columns, in its order")
    func columns() {
        let columns = LocalTable.oktaSystemLog(EventTable()).columns.map { "\($0.name) \($0.type)" }
        #expect(columns.count == 51)
        #expect(
            columns.prefix(4) == ["TimeGenerated datetime", "published datetime", "uuid string", "eventType string"])
        let target = ["target_id", "target_type", "target_alternateId", "target_displayName"]
        #expect(columns.suffix(4) == target.map { $0 + " string" })
        for column in [
            "actor dynamic", "target dynamic", "client_userAgent_rawUserAgent string",
            "client_geographicalContext_geolocation_lat real", "securityContext_asNumber long",
            "securityContext_isProxy bool", "debugContext_debugData_dtHash string",
        ] { #expect(columns.contains(column)) }
    }

    @Test("The views have the columns of the known tables", arguments: ["OktaV2_CL", "Okta_CL"])
    func views(name: String) throws {
        let table = name == "OktaV2_CL" ? LocalTable.oktaV2(EventTable()) : LocalTable.oktaCL(EventTable())
        #expect(table.name == name)
        let known = try #require(KnownTables.columns(of: name))
        #expect(table.columns.map { "\($0.name) \($0.type)" } == known.map { "\($0.name) \($0.type)" })
    }

    @Test("Columns show the events", arguments: [
        ("TimeGenerated, published", [
            #"["2025-03-01T10:00:00.2500000Z","2025-03-01T10:00:00.2500000Z"]"#,
            #"["2025-03-01T10:05:00.0000000Z","2025-03-01T10:05:00.0000000Z"]"#,
            #"["2025-03-01T10:06:00.0000000Z","2025-03-01T10:06:00.0000000Z"]"#,
        ]),
        ("uuid, eventType, severity, version", [
            #"["e1","user.session.start","WARN","0"]"#, #"["e2","user.session.start","INFO",""]"#,
            #"["e3","user.logout","",""]"#,
        ]),
        ("client_geographicalContext_geolocation_lat, securityContext_asNumber, securityContext_isProxy",
            ["[59.91,64500,true]", "[null,null,false]", "[null,null,null]"]),
        ("device, outcome, target_displayName", [
            #"[null,{"result":"FAILURE","reason":"INVALID_CREDENTIALS"},"The Portal"]"#,
            #"[{"id":"guo1"},{"result":"SUCCESS"},""]"#, #"[null,null,""]"#,
        ]),
        ("debugContext_debugData_requestUri, debugContext.debugData.url, client_device", [
            #"["/api/v1/authn",null,"Computer"]"#, #"["","/a?b=\"1\"",""]"#, #"["",null,""]"#,
        ]),
    ])
    func values(columns: String, rows: [String]) async throws {
        let table = LocalTable.oktaSystemLog(try await Self.events())
        #expect(try table.answer(to: "OktaSystemLog | project \(columns)") == rows)
        #expect(
            try table.answer(to: "OktaSystemLog | where eventType has 'logout' | project \(columns)") == [rows[2]],
            "read for one row alone")
        #expect(try table.answer(to: "OktaSystemLog | project \(columns)") == rows, "what was kept is the same")
    }

    @Test("Hunting queries run on Sentinel's second table", arguments: [
        ("""
        OktaV2_CL
        | where EventOriginalType =~ "user.session.start" and EventResult == "Failure"
        | summarize Failed = count(), Users = make_set(OriginalActorAlternateId) by SrcIpAddr, SrcGeoCountry
        """, [#"["192.0.2.7","Norway",1,["ana@example.com"]]"#]),
        ("""
        OktaV2_CL | where TimeGenerated > datetime(2025-03-01T10:01:00Z)
        | project EventOriginalUid, EventSeverity, ActorUserId, ActorUsername, OriginalUserId, ActorUserType
        """, [#"["e2","Informational","","","unknown","Regular"]"#, #"["e3","","00u1","","00u1",""]"#]),
        ("""
        OktaV2_CL | where EventOriginalUid == "e1"
        | extend Targets = todynamic(OriginalTarget), Debug = parse_json(DebugData)
        | mv-expand Targets
        | project tostring(Targets.displayName), tostring(Debug.factor), SrcGeoLongtitude, LogonMethod,
            AuthenticationContextAuthenticationStep, Request
        """, [
            #"["The Portal","PASSWORD",10.75,"PASSWORD",2.0,"#
                + #""{\"ipChain\":[{\"ip\":\"192.0.2.7\",\"version\":\"V4\"}]}"]"#
        ]),
    ])
    func secondTable(query: String, rows: [String]) async throws {
        #expect(try LocalTable.oktaV2(await Self.events()).answer(to: query) == rows)
    }

    @Test("Hunting queries run on Sentinel's first table", arguments: [
        ("""
        Okta_CL
        | where eventType_s =~ "user.session.start" and outcome_reason_s =~ "INVALID_CREDENTIALS"
        | summarize dcount(actor_alternateId_s), min(TimeGenerated) by client_ipAddress_s, Type
        """, [#"["192.0.2.7","Okta_CL",1,"2025-03-01T10:00:00.2500000Z"]"#]),
        ("""
        Okta_CL | where isnotempty(target_s)
        | extend target = parse_json(target_s)[0], chain = parse_json(request_ipChain_s)
        | project uuid_g, published_t, target.type, chain[0].ip, authenticationContext_authenticationStep_d,
            debugContext_debugData_factor_s, securityContext_isProxy_b, TenantId
        """, [#"["e1","2025-03-01T10:00:00.2500000Z","AppInstance","192.0.2.7",2.0,"PASSWORD",true,""]"#]),
    ])
    func firstTable(query: String, rows: [String]) async throws {
        #expect(try LocalTable.oktaCL(await Self.events()).answer(to: query) == rows)
    }

    @Test("Events of another shape are shown as Okta would have written them")
    func otherShape() async throws {
        let line = #"""
            {"TimeGenerated":"2025-03-01T10:00:00Z","EventOriginalUid":"v1","EventOriginalType":"user.session.start",\#
            "OriginalActorAlternateId":"ana@example.com","DebugData":"{\"requestUri\":\"/x\"}","Version":"0",\#
            "SrcZone":"office","OriginalUserId":"00u1","ActorUsername":"ana@example.com"}
            """#
        let source = RawBytes(name: "rows", bytes: Array(line.utf8))
        let events = try await EventReader()
            .read([source], into: EventTable(), window: TimeWindowRequest(), now: nil).table
        let row = #"["v1","office","/x",{"debugData":{"requestUri":"/x"}}]"#
        let query = "OktaSystemLog | project uuid, client_zone, debugContext_debugData_requestUri, debugContext"
        #expect(try LocalTable.oktaSystemLog(events).answer(to: query) == [row])
    }

    @Test("A table is a snapshot, and one without events has its columns")
    func snapshot() async throws {
        let table = LocalTable.oktaSystemLog(EventTable())
        #expect(table.rowCount == 0)
        #expect(try table.answer(to: "OktaSystemLog | where actor.id == 'x' | project client, TimeGenerated") == [])
        #expect(try table.answer(to: "OktaSystemLog | count") == ["[0]"])
    }
}
