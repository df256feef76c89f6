@testable import Events
import JSON
import Tables
import Testing

@Suite("Tables of events")
struct CSVFormatTests {
    @Test("A header that is that of a known shape", arguments: [
        ("timestamp,uuid,event_type,display_message", true), ("timestamp;uuid;event_type;outcome.result", true),
        ("\"timestamp\",\"client.ip_address\"", true), ("\u{FEFF}timestamp\tuuid\tevent_type", true),
        ("published,severity,eventType,actor.alternateId", true), ("eventType,displayMessage", true),
        ("\"TimeGenerated [UTC]\",\"eventType_s\",\"actor_alternateId_s\"", true),
        ("TimeGenerated [UTC],EventOriginalType,OriginalOutcomeResult", true),
        ("id,event_type,actor_id,timestamp", true), ("@timestamp,okta.event_type", true),
        ("\n\r\ntimestamp,uuid,event_type", true),
        ("eventType", false), ("", false), ("\n\n", false), ("a,b,c", false), ("name,timestamp,message", false),
        ("{\"eventType\":\"e\",\"uuid\":\"u\"}", false), ("[{\"eventType\":\"e\"},1]", false),
        ("  {\"event_type\":1,\"timestamp\":2}", false),
        ("\u{FEFF}{\"eventType\":1,\"uuid\":2}", false), ("\"eventType,uuid", false),
        ("uuid eventType published", false),
        ("_time,_raw", true), ("class_uid,time", false), ("eventtype,displaymessage", false),
    ])
    func header(line: String, expected: Bool) {
        for text in [line, line + "\n", line + "\r\n1,2,3\r\n"] {
            #expect(Array(text.utf8).withUnsafeBytes { CSVShape.looksLikeCSV($0, from: 0) } == expected)
        }
        let later = "{}\n" + line
        #expect(Array(later.utf8).withUnsafeBytes { CSVShape.looksLikeCSV($0, from: 3) } == expected)
    }

    @Test("A row is an object of its columns, without empty cells")
    func row() {
        #expect(CSVShape.row(["1", "", "3", "4"], header: ["a", "b", "c"]) == ["a": "1", "c": "3"])
        #expect(CSVShape.row(["1"], header: ["a", "b"]) == ["a": "1"])
        #expect(CSVShape.row([], header: ["a"]) == [:])
    }

    @Test("Events of a table", arguments: [
        ("timestamp,event_type,uuid,target0.id,target0.type,target1.id\n2025-07-07,e,u,t,User,s\n",
         #"{"uuid":"u","published":"2025-07-07","eventType":"e","target":[{"id":"t","type":"User"},{"id":"s"}]}"#),
        ("uuid,eventType,actor.id,securityContext.isProxy,device.os_platform,custom\nu,e,a,true,IOS,x\n",
         #"{"uuid":"u","eventType":"e","actor":{"id":"a"},"securityContext":{"isProxy":true},"device":{"os_platform":"IOS"}}"#),
        ("TimeGenerated [UTC];eventType_s;securityContext_asNumber_d;debugContext_debugData_url_s\n"
            + "7/7/2025, 8:14:03.5 PM;e;64500;/x\n",
         #"{"published":"2025-07-07T20:14:03.500Z","eventType":"e","securityContext":{"asNumber":64500},"#
            + #""debugContext":{"debugData":{"url":"/x"}}}"#),
        (" TimeGenerated [UTC] , EventOriginalType ,OriginalTarget\n1751919243512,e,\"[{\"\"id\"\":\"\"t\"\"}]\"\n",
         #"{"published":"2025-07-07T20:14:03.512Z","eventType":"e","target":[{"id":"t"}]}"#),
        ("id,event_type,timestamp,country\nu,e,2025-07-07,PT\n",
         #"{"uuid":"u","published":"2025-07-07","eventType":"e","client":{"geographicalContext":{"country":"PT"}}}"#),
        ("uuid,eventType,displayMessage\nu,e,\"one\r\ntwo \"\"three\"\"\"\n",
         #"{"uuid":"u","eventType":"e","displayMessage":"one\r\ntwo \"three\""}"#),
        ("eventType,eventType,uuid\ne,f,u\n", #"{"uuid":"u","eventType":"f"}"#),
        ("eventType,uuid\ne,\n", #"{"eventType":"e"}"#),
        ("_time,_raw\n2025-07-07,\"{\"\"uuid\"\":\"\"u\"\"}\"\n", #"{"uuid":"u"}"#),
        ("_time,_raw,actor.id,target{}.id,target{}.type\n2025-07-07,cut off,a,\"t\ns\",\"User\nApp\"\n",
         #"{"published":"2025-07-07","actor":{"id":"a"},"target":[{"id":"t","type":"User"},{"id":"s","type":"App"}]}"#),
    ])
    func events(table: String, expected: String) throws {
        let events = try UnwrappedEvent.all(inCSV: Array(table.utf8))
        #expect(events.map(\.logEvent.text) == [expected])
        #expect(events.map { $0.format?.name } == ["csv"])
    }

    @Test("What a table cannot supply is told from its own columns", arguments: [
        (["timestamp", "event_type", "uuid", "actor.alternate_id", "target0.id", "debug_context.debug_data.dt_hash"],
         ["severity", "displayMessage", "actor.id", "actor.type", "actor.displayName", "client.ipAddress"],
         ["eventType", "actor.alternateId", "target.0.id", "debugContext.debugData.dtHash", "debugContext.debugData"]),
        (["eventType_s", "target_s", "device_id_s"], ["actor.id", "debugContext.debugData"],
         ["target", "target.0.id", "target.0.displayName", "device", "device.id"]),
    ])
    func missing(header: [String], missing: [String], supplied: [String]) throws {
        let fields = try #require(Format.csv(header: header)).missingFields
        #expect(missing.allSatisfy(fields.contains))
        #expect(!supplied.contains(where: fields.contains))
    }

    @Test("A header of a hundred thousand columns, most of them nobody's", .timeLimit(.minutes(10)))
    func wide() throws {
        let names = ["eventType", "uuid"] + (0..<100_000).map { "column\($0)" }
            + (0..<5_000).map { "debugContext.debugData.k\($0)" }
        let text = names.joined(separator: ",") + "\n" + names.map { _ in "v" }.joined(separator: ",") + "\n"
        let events = try UnwrappedEvent.all(inCSV: Array(text.utf8))
        #expect(events.count == 1 && events[0].logEvent["uuid"] == "v")
        let debugData = try #require(events[0].logEvent[path: "debugContext.debugData"]?.members)
        #expect((1...500).contains(debugData.count))
    }

    @Test("Bytes that are no table are none, at any length", arguments: [
        [0], [0xFF, 0xFE], [0x2C], [0x22], [0x0A], [0x2C, 0x0A], Array("name,".utf8),
    ] as [[UInt8]])
    func noTable(pattern: [UInt8]) {
        for count in [0, 1, 2, 1000, 50_000] {
            let bytes = (0..<count).flatMap { _ in pattern }
            #expect(!bytes.withUnsafeBytes { CSVShape.looksLikeCSV($0, from: 0) })
        }
    }

    @Test("A header may be long, but not go on for megabytes", arguments: [(1000, true), (850_000, false)])
    func longHeader(count: Int, expected: Bool) {
        let bytes = Array(String(repeating: "uuid,", count: count).utf8)
        #expect(bytes.withUnsafeBytes { CSVShape.looksLikeCSV($0, from: 0) } == expected)
    }
}
