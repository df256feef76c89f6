@testable import Events
import JSON
import Tables
import Testing

@Suite("Values of other shapes as Okta writes them")
struct FormatValueTests {
    @Test("ECS without `okta.*`: what is left, and only that")
    func ecs() throws {
        let events = try UnwrappedEvent.all(inFile: "elastic-ecs.ndjson")
        #expect(events.map { $0.format?.name } == ["elastic", "elastic", "elastic"])
        #expect(events[0].logEvent == [
            "uuid": "7c0a2f10-5b7e-11f0-8f4a-0f5d6c1e2a31", "published": "2025-07-07T20:14:03.512Z",
            "eventType": "user.session.start",
            "actor": ["id": "00uq1w2e3r4t5y6u7i8o", "alternateId": "rosa.almeida", "displayName": "Rosa Almeida"],
            "client": [
                "ipAddress": "203.0.113.24",
                "userAgent": ["rawUserAgent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"],
                "geographicalContext": [
                    "city": "Lisbon", "state": "Lisbon", "country": "Portugal",
                    "geolocation": ["lat": 38.7167, "lon": -9.1333],
                ],
            ],
            "securityContext": ["asOrg": "example transit", "domain": "isp.example"],
            "outcome": ["result": "FAILURE"],
        ])
    }

    @Test("ASIM's words where Okta's own are not among the columns")
    func asim() throws {
        let events = try UnwrappedEvent.all(inFile: "oktav2_cl-asim.ndjson")
        #expect(events.map { $0.format?.name } == ["oktav2_cl", "oktav2_cl", "oktav2_cl"])
        #expect(events[0].logEvent == [
            "uuid": "7c0a2f10-5b7e-11f0-8f4a-0f5d6c1e2a31", "published": "2025-07-07T20:14:03.512Z",
            "eventType": "user.session.start", "severity": "WARN",
            "actor": ["id": "00uq1w2e3r4t5y6u7i8o", "type": "User", "alternateId": "rosa.almeida@example.com"],
            "client": ["ipAddress": "203.0.113.24"], "outcome": ["result": "FAILURE"],
        ])
        #expect(events[1].logEvent["severity"] == nil, "Informational is DEBUG or INFO")
    }

    @Test("A single value", arguments: [
        (#"{"eventType_s":"e","securityContext_asNumber_d":64500.0}"#, "securityContext.asNumber", 64500),
        (#"{"eventType_s":"e","securityContext_asNumber_s":"64500"}"#, "securityContext.asNumber", 64500),
        (#"{"eventType_s":"e","securityContext_asNumber_s":"AS64500"}"#, "securityContext.asNumber", "AS64500"),
        (#"{"eventType_s":"e","securityContext_isProxy_b":true}"#, "securityContext.isProxy", true),
        (#"{"eventType_s":"e","securityContext_isProxy_s":"True"}"#, "securityContext.isProxy", true),
        (#"{"eventType_s":"e","securityContext_isProxy_s":"maybe"}"#, "securityContext.isProxy", "maybe"),
        (#"{"eventType_s":"e","actor_id_s":""}"#, "actor", nil),
        (#"{"eventType_s":"e","actor_id_s":null}"#, "actor", nil),
        (#"{"eventType_s":"e","client_zone_s":"null"}"#, "client.zone", "null"),
        (#"{"eventType_s":"e","uuid_s":"u"}"#, "uuid", "u"), (#"{"eventType_s":"e","uuid_g":"u"}"#, "uuid", "u"),
        (#"{"eventType_s":"e","published_t":"2025-07-07T20:14:03Z","TimeGenerated":"2025-07-08"}"#, "published",
         "2025-07-07T20:14:03Z"),
        (#"{"eventType_s":"e","TimeGenerated":"2025-07-08"}"#, "published", "2025-07-08"),
        (#"{"eventType_s":"e","target_s":"[{\"id\":\"t\"},{\"id\":\"u\"}]"}"#, "target.1.id", "u"),
        (#"{"eventType_s":"e","target_s":"{\"id\":\"t\"}"}"#, "target.0.id", "t"),
        (#"{"eventType_s":"e","target_s":"[{\"id\":"}"#, "target", nil),
        (#"{"eventType_s":"e","target_s":"x"}"#, "target", nil),
        (#"{"eventType_s":"e","client_ipChain_s":"[{\"ip\":\"192.0.2.1\"}]"}"#, "client.ipChain.0.ip", "192.0.2.1"),
        (#"{"eventType_s":"e","debugContext_debugData_logOnlySecurityData_s":"{\"risk\":{}}"}"#,
         "debugContext.debugData.logOnlySecurityData", #"{"risk":{}}"#),
        (#"{"eventType_s":"e","securityContext_risk_level_s":"HIGH"}"#, "securityContext.risk.level", "HIGH"),
        (#"{"eventType_s":"e","authenticationContext_issuerId_s":"i"}"#, "authenticationContext.issuer.id", "i"),
        (#"{"EventOriginalType":"e","OriginalTarget":"[]"}"#, "target", []),
        (#"{"EventOriginalType":"e","DebugData":"{\"dtHash\":\"h\"}"}"#, "debugContext.debugData.dtHash", "h"),
        (#"{"EventOriginalType":"e","OriginalOutcomeResult":"ALLOW","EventResult":"Success"}"#, "outcome.result",
         "ALLOW"),
        (#"{"EventOriginalType":"e","EventResult":"Partial"}"#, "outcome.result", "CHALLENGE"),
        (#"{"EventOriginalType":"e","EventResult":"Odd"}"#, "outcome", nil),
        (#"{"okta":{"outcome":{"result":"DENY"}},"event":{"outcome":"failure"}}"#, "outcome.result", "DENY"),
        (#"{"event":{"outcome":"success"},"okta":{"uuid":"u"}}"#, "outcome.result", "SUCCESS"),
        (#"{"event":{"outcome":"unknown"},"okta":{"uuid":"u"}}"#, "outcome", nil),
        (#"{"user":{"name":"ann"},"okta":{"actor":{"alternate_id":"ann@example.com"}}}"#, "actor.alternateId",
         "ann@example.com"),
        (#"{"okta":{"actor":{"alternate_id":"ann@example.com"}},"user":{"name":"ann"}}"#, "actor.alternateId",
         "ann@example.com"),
        (#"{"okta":{"target":[{"alternate_id":"t","detailEntry":{"display_name":"d"}}]}}"#,
         "target", [["alternateId": "t", "detailEntry": ["display_name": "d"]]]),
        (#"{"okta.target.id":["a","b"],"okta.target.type":["User","AppInstance"]}"#,
         "target", [["id": "a", "type": "User"], ["id": "b", "type": "AppInstance"]]),
        (#"{"okta.event_type":["e"]}"#, "eventType", "e"), (#"{"okta.event_type":["e","f"]}"#, "eventType", nil),
        (#"{"okta":{"debug_context":{"debug_data":{"dt_hash":"h","risk_level":"LOW"}}}}"#,
         "debugContext", ["debugData": ["dtHash": "h"]]),
        (#"{"okta":{"device":{"os_platform":"IOS","managed":"false"}}}"#, "device",
         ["managed": false, "os_platform": "IOS"]),
        (#"{"actor.id":"a","target{}.id":["t","u"],"target{}.displayName":"x"}"#, "target", [["id": "t"], ["id": "u"]]),
        (#"{"actor.id":"a","target{}.id":"t","target{}.displayName":"x"}"#, "target",
         [["id": "t", "displayName": "x"]]),
        (#"{"actor.id":"a","target[1].id":"u","target[0].id":"t"}"#, "target", [["id": "t"], ["id": "u"]]),
        (#"{"actor.id":"a","target.0.detailEntry.methodTypeUsed":"PUSH"}"#, "target.0.detailEntry.methodTypeUsed",
         "PUSH"),
        (#"{"actor.id":"a","actor":"text"}"#, "actor", ["id": "a"]),
        (#"{"actor.id":"a","debugContext.debugData.device.assurance":"x"}"#,
         "debugContext", ["debugData": ["device.assurance": "x"]]),
        (#"{"display_message":"m","target2.id":"c","target0.id":"a"}"#, "target", [["id": "a"], ["id": "c"]]),
        (#"{"display_message":"m","request.ip_chain":"[{\"ip\":\"192.0.2.1\"}]"}"#, "request.ipChain.0.ip",
         "192.0.2.1"),
        (#"{"class_uid":3002,"unmapped":{"okta":{}},"actor":{"user":{"name":"a@example.com"}}}"#, "actor",
         ["alternateId": "a@example.com"]),
        (#"{"class_uid":3002,"unmapped":{"okta":{}},"actor":{"user":{"name":"Ann","email_addr":"a@example.com"}}}"#,
         "actor", ["alternateId": "a@example.com", "displayName": "Ann"]),
        (#"{"class_uid":3002,"unmapped":{"okta":{}},"user":{"uid":"u"},"actor":{"user":{"uid":"u"}}}"#, "target", nil),
        (#"{"class_uid":3001,"unmapped":{"okta":{}},"user":{"uid":"u"},"actor":{"user":{"uid":"u"}}}"#, "target",
         [["id": "u", "type": "User"]]),
        (#"{"class_uid":3005,"unmapped":{"okta":{}},"resources":[{"name":"App","type":"AppInstance","uid":"0oa"}]}"#,
         "target", [["id": "0oa", "type": "AppInstance", "displayName": "App"]]),
        (#"{"class_uid":3002,"unmapped":{"okta":{}},"device":{"uid":"guo1","name":"mac"}}"#, "device",
         ["id": "guo1", "name": "mac"]),
        (#"{"class_uid":3002,"unmapped":{"okta":{}},"device":{"uid":"0oa1","name":"CHROME"}}"#,
         "client", ["id": "0oa1", "userAgent": ["browser": "CHROME"]]),
        (#"{"class_uid":6003,"unmapped":{"okta":{}},"api":{"operation":"system.api_token.create"}}"#, "eventType",
         "system.api_token.create"),
        (#"{"class_uid":3002,"unmapped":{"okta":{}},"status_id":99,"status":"Other"}"#, "outcome", nil),
    ] as [(String, String, JSONValue?)])
    func value(input: String, path: String, expected: JSONValue?) throws {
        let object = try JSONValue(parsing: input)
        let format = try #require(Formats.format(of: object))
        let logEvent = format.logEvent(object)
        #expect(logEvent[path: path] == expected, "\(logEvent.text)")
    }

    @Test("The time, however it is written", arguments: [
        (#""2025-07-07T20:14:03.512Z""#, "2025-07-07T20:14:03.512Z"),
        (#""2025-07-07 20:14:03.512""#, "2025-07-07 20:14:03.512"),
        ("1751919243512", "2025-07-07T20:14:03.512Z"), (#""1751919243512""#, "2025-07-07T20:14:03.512Z"),
        ("1751919243", "2025-07-07T20:14:03Z"), ("1751919243.512", "2025-07-07T20:14:03.512Z"),
        ("1751919243512.0", "2025-07-07T20:14:03.512Z"), (#""7/7/2025, 8:14:03.512 PM""#, "2025-07-07T20:14:03.512Z"),
        (#""Mon, 07 Jul 2025 20:14:03 GMT""#, "2025-07-07T20:14:03Z"),
        (#""yesterday""#, "yesterday"), ("12", 12), ("-1751919243", -1_751_919_243), ("1e300", 1e300), ("true", true),
        ("null", .null), ("[1751919243]", [1_751_919_243]), ("{}", [:]), (#""""#, ""),
    ] as [(String, JSONValue)])
    func published(input: String, expected: JSONValue) throws {
        let event = try JSONValue(parsing: #"{"eventType":"e","published":\#(input),"x":1}"#)
        #expect(Format.oktaLogEvent.logEvent(event) == ["eventType": "e", "published": expected, "x": 1])
        let row = try JSONValue(parsing: #"{"eventType_s":"e","published_s":\#(input)}"#)
        // Elsewhere a list of one value is that value, and what says nothing is left out.
        let isNothing = [.null, [:], ""].contains(expected), isList = expected.array != nil
        let other = isNothing ? JSONValue?.none : isList ? "2025-07-07T20:14:03Z" : expected
        #expect(Format.oktaCL.logEvent(row)["published"] == other)
    }
}
