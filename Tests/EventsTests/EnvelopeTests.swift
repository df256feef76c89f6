@testable import Events
import JSON
import Testing

@Suite("Envelopes")
struct EnvelopeTests {
    /// `<e>` is an event, `<t>` the same as text.
    @Test("By what they hold and where", arguments: [
        (#"{"eventType":"com.okta.event_hook","data":{"events":[<e>]}}"#, "event_hook", ["data", "events"]),
        (#"{"eventType":"com.okta.event_hook","data":{"events":[]}}"#, "event_hook", ["data", "events"]),
        (#"{"data":{"events":[<e>]}}"#, "event_hook", ["data", "events"]),
        (#"{"detail-type":"SystemLog","detail":<e>}"#, "eventbridge", ["detail"]),
        (#"{"detail-type":"Okta Log Event","id":"x","detail":{"uuid":"u"}}"#, "eventbridge", ["detail"]),
        (#"{"events":[<e>]}"#, "events", ["events"]), (#"{"events":[]}"#, "events", ["events"]),
        (#"{"uuid":"batch","events":[5]}"#, "events", ["events"]),
        (#"{"time":1.5,"sourcetype":"OktaIM2:log","event":<e>}"#, "splunk_hec", ["event"]),
        (#"{"host":"h","event":<t>}"#, "splunk_hec", ["event"]), (#"{"event":<e>}"#, "event", ["event"]),
        (#"{"event":<t>}"#, "event", ["event"]),
        (#"{"preview":true,"result":{"_raw":<t>}}"#, "splunk_search", ["result"]),
        (#"{"result":{"actor.id":"a"}}"#, "splunk_search", ["result"]),
        (#"{"result":<e>}"#, "splunk_search", ["result"]),
        (#"{"_raw":<t>,"eventType":"e","actor.id":"a"}"#, "splunk_raw", ["_raw"]),
        (#"{"preview":false,"results":[{"_raw":<t>}]}"#, "splunk_results", ["results"]),
        (#"{"hits":{"hits":[{"_source":<e>}]}}"#, "elastic_search", ["hits", "hits"]),
        (#"{"_index":"i","_source":{"okta":{"uuid":"u"}}}"#, "elastic_hit", ["_source"]),
        (#"{"event":{"original":<t>}}"#, "event_original", ["event", "original"]),
        (#"{"okta":{"uuid":"u"},"event":{"original":<t>}}"#, "event_original", ["event", "original"]),
        (#"{"okta.uuid":"u","event.original":<t>}"#, "event_original", ["event.original"]),
        (#"{"message":<t>}"#, "message", ["message"]),
        (#"{"input":{"message":<t>}}"#, "input_message", ["input", "message"]),
        (#"{"message":"\n  {broken"}"#, "message", ["message"]),
        (#"{"logEvents":[{"message":<t>}]}"#, "log_events", ["logEvents"]),
        (#"{"Name":"n","ExpectedResult":true,"Log":<e>}"#, "panther_test", ["Log"]),
        (#"{"class_uid":3002,"unmapped":{"okta":{}},"raw_data":<t>}"#, "raw_data", ["raw_data"]),
        (#"{"time":1,"event":{"detail":<e>}}"#, "splunk_hec", ["event"]),
    ])
    func recognised(template: String, name: String, path: [String]) throws {
        let object = try Self.object(template)
        #expect(Envelopes.all.filter { $0.recognises(object) }.map(\.name) == [name])
        let envelope = try #require(Envelopes.envelope(of: object))
        #expect(envelope.name == name && envelope.path == path)
    }

    @Test("No envelope", arguments: [
        "{}", "[]", "5", #""message""#, "<e>", #"{"eventType":"com.okta.event_hook","data":{}}"#,
        #"{"eventType":"com.okta.event_hook","events":[<e>]}"#, #"{"verification":"x"}"#, #"{"detail":{"a":1}}"#,
        #"{"detail":[<e>]}"#,
        #"{"events":{}}"#, #"{"event":{"a":1}}"#, #"{"event":"text"}"#, #"{"event":5}"#, #"{"event":null}"#,
        #"{"result":{"a":1}}"#,
        #"{"results":[5]}"#, #"{"hits":[<e>]}"#, #"{"hits":{"hits":<e>}}"#, #"{"_source":<t>}"#,
        #"{"message":"User login to Okta"}"#,
        #"{"message":"[1]"}"#, #"{"message":<e>}"#, #"{"_raw":"Jul 7 20:14:03 host"}"#,
        #"{"input":{"type":"httpjson"}}"#,
        // The text is no event, and the wrapping can be read without it.
        #"{"okta":{"uuid":"u"},"event":{"original":"{broken"}}"#,
        #"{"okta":{"uuid":"u"},"event":{"original":"{\"a\":1}"}}"#,
        #"{"actor.id":"a","_raw":"{\"actor\":"}"#,
        // A LogEvent with keys of its own.
        #"{"eventType":"e","message":<t>}"#, #"{"eventType":"e","events":[<e>]}"#, #"{"eventType":"e","detail":<e>}"#,
    ])
    func refused(template: String) throws {
        #expect(Envelopes.envelope(of: try Self.object(template))?.name == nil)
    }

    @Test("Envelopes in envelopes, four deep and no deeper", arguments: [
        (1, "okta"), (2, "okta"), (3, "okta"), (4, "okta"), (5, nil), (40, nil),
    ] as [(Int, String?)])
    func depth(count: Int, format: String?) throws {
        var text = #"{"eventType":"e"}"#
        for _ in 0..<count { text = #"{"detail":"# + text + "}" }
        let events = UnwrappedEvent.all(in: try JSONValue(parsing: text))
        #expect(events.map { $0.format?.name } == [format])
        #expect(events.map(\.envelopes.count) == [format == nil ? 0 : count])
    }

    @Test("A reply of hits, one of which keeps the event itself")
    func mixedHits() throws {
        let reply = try Self.object(#"""
            {"hits":{"hits":[{"_source":{"okta":{"event_type":"e","outcome":{"result":"DENY"}}}},
            {"_source":{"okta":{"event_type":"lossy"},"event":{"original":<t>}}},
            {"_source":{"aws":{}}},{"no":"source"}]}}
            """#)
        let events = UnwrappedEvent.all(in: reply)
        #expect(events.map { $0.format?.name } == ["elastic", "okta", nil, nil])
        #expect(events.map { $0.logEvent["eventType"] } == ["e", "user.session.start", nil, nil])
    }

    /// Text in text in text, and objects that hold one another under every key that an envelope has.
    @Test("What means harm is looked at in linear time", .timeLimit(.minutes(10)))
    func hostile() throws {
        var nested = JSONValue.object([])
        for _ in 0..<60 {
            let keys = ["detail", "event", "result", "_source", "Log", "time"]
            nested = .object(keys.map { JSONValue.Member($0, nested) })
            if nested.text.utf8.count > 2_000_000 { break }
        }
        #expect(Envelopes.envelope(of: nested)?.name == nil)
        var chain = JSONValue.object([])
        for _ in 0..<5000 { chain = .object([JSONValue.Member("event", chain), JSONValue.Member("time", 1)]) }
        #expect(Envelopes.envelope(of: chain)?.name == nil)
        let wide = JSONValue.object((0..<100_000).map { JSONValue.Member("k\($0)", ["events": []]) })
        #expect(Envelopes.envelope(of: wide)?.name == nil && Formats.format(of: wide)?.name == nil)
    }

    @Test("Wrong types under every key are no envelope, or an envelope without events", arguments: [
        "5", "null", "true", #""""#, "[]", "{}", "[[]]", "[null]", #"[{"x":1}]"#,
        #"{"hits":5,"events":"x","message":[],"original":{}}"#,
    ])
    func types(value: String) throws {
        let keys = [
            "data", "events", "detail", "hits", "_source", "event", "event.original", "result", "results", "_raw",
            "Log", "logEvents", "message", "input", "raw_data",
        ]
        for key in keys {
            let object = try JSONValue(parsing: #"{"\#(key)":\#(value)}"#)
            #expect(UnwrappedEvent.all(in: object).allSatisfy { $0.format == nil }, "\(key)")
        }
    }

    private static func object(_ template: String) throws -> JSONValue {
        let event = #"{"uuid":"u","eventType":"user.session.start"}"#
        let text = template.replacing("<e>", with: event).replacing("<t>", with: JSONValue.string(event).text)
        return try JSONValue(parsing: text)
    }
}
