@testable import Events
import JSON
import Testing

@Suite("Telling shapes apart")
struct FormatRecognitionTests {
    @Test("By top-level keys, whatever else is there", arguments: [
        (#"{"uuid":"a"}"#, "okta"), (#"{"published":null}"#, "okta"), (#"{"actor":{}}"#, "okta"),
        (#"{"eventType":"e","insertionTimestamp":null,"custom":{"a":1}}"#, "okta"),
        (#"{"eventType":"e","@timestamp":"2025-07-07"}"#, "okta"),
        (#"{"eventType":"e","eventtype":"okta_auth"}"#, "okta"),
        (#"{"eventType":"e","p_log_type":"Okta.SystemLog"}"#, "panther"), (#"{"eventtype":"e"}"#, "panther"),
        (#"{"uuid":"a","p_log_type":"Okta.SystemLog"}"#, "panther"), (#"{"actor":{},"displaymessage":"m"}"#, "panther"),
        (#"{"eventType":"e","actor.id":"a"}"#, "dotted"), (#"{"target.0.id":"t"}"#, "dotted"),
        (#"{"target{}.id":"t"}"#, "dotted"),
        (#"{"eventtype":"okta_auth","eventType":"e","actor.alternateId":"a"}"#, "dotted"),
        (#"{"okta":{"uuid":"u"}}"#, "elastic"), (#"{"okta.uuid":"u"}"#, "elastic"),
        (#"{"@timestamp":"t","event":{"dataset":"okta.system"}}"#, "elastic"), (#"{"event.module":"okta"}"#, "elastic"),
        (#"{"client":{"ip":"192.0.2.1"},"data_stream":{"dataset":"okta.system"}}"#, "elastic"),
        (#"{"eventType_s":"e"}"#, "okta_cl"), (#"{"actor_alternateId_s":"a","Type":"Okta_CL"}"#, "okta_cl"),
        (#"{"EventOriginalType":"e"}"#, "oktav2_cl"), (#"{"OriginalTarget":[],"Type":"OktaV2_CL"}"#, "oktav2_cl"),
        (#"{"class_uid":3002,"metadata":{"product":{"vendor_name":"Okta"}}}"#, "ocsf"),
        (#"{"class_uid":3005,"unmapped":{"okta":{}},"actor":{}}"#, "ocsf"),
        (#"{"timestamp":"t","event_type":"e","uuid":"u"}"#, "csv"), (#"{"display_message":"m"}"#, "csv"),
        (#"{"timestamp":"t","client.ip_address":"192.0.2.1"}"#, "csv"), (#"{"actor.id":"a","target0.id":"t"}"#, "csv"),
        (#"{"event_type":"e"}"#, "flat"), (#"{"timestamp":"t","ip_address":"192.0.2.1"}"#, "flat"),
    ])
    func recognised(input: String, format: String) throws {
        let object = try JSONValue(parsing: input)
        #expect(Formats.all.filter { $0.recognises(object) }.map(\.name) == [format])
        #expect(Formats.format(of: object)?.name == format)
    }

    @Test("No Okta event", arguments: [
        #"{"eventType":"AwsApiCall","p_log_type":"AWS.CloudTrail"}"#, #"{"uuid":"u","p_log_type":"GSuite.ActivityEvent"}"#,
        "{}", "[]", "5", "null", #""eventType""#, #"{"a":1}"#, #"{"actor":"ann"}"#, #"{"severity":"INFO"}"#,
        #"{"eventType":"com.okta.event_hook","data":{}}"#, #"{"verification":"x"}"#,
        #"{"eventtype":"e","p_log_type":"AWS.CloudTrail"}"#,
        #"{"timestamp":"t","message":"m"}"#, #"{"id":"x","outcome":"success","type":"start"}"#,
        #"{"p_log_type":"Okta.SystemLog"}"#,
        #"{"@timestamp":"t","event":{"dataset":"aws.cloudtrail","action":"e"}}"#, #"{"okta":"x"}"#,
        #"{"class_uid":3002,"actor":{},"metadata":{"product":{"vendor_name":"Other"}}}"#, #"{"class_uid":3002}"#,
        #"{"eventType_s":"e","Type":"Lookout_CL"}"#, #"{"EventOriginalType":"e","EventVendor":"Microsoft"}"#,
        #"{"client.ip":"192.0.2.1","user.name":"ann"}"#, #"{"EventType":"e"}"#,
    ])
    func refused(input: String) throws {
        let object = try JSONValue(parsing: input)
        #expect(Formats.all.filter { $0.recognises(object) }.map(\.name) == [])
    }

    @Test("Okta's test corpus", .enabled(if: corpus != nil, "the corpus is not beside the repository"), arguments: [
        ("concatenated_no_newline_CONSTRUCTED.txt", [], "okta"),
        ("event_hook_envelope_okta_docs.json", ["event_hook"], "okta"),
        ("eventbridge_envelope_CONSTRUCTED.json", ["eventbridge"], "okta"),
        ("flat_dotted_keys_CONSTRUCTED.json", [], "dotted"), ("flattened_demo_okta-agentic-soc.json", [], "flat"),
        ("json_array_CONSTRUCTED.json", [], "okta"),
        ("json_in_string_wrapper_CONSTRUCTED.json", ["input_message"], "okta"),
        ("lowercase_topkeys_panther.json", ["event"], "panther"),
        ("minimal_fragments_google_secops.ndjson", [], "okta"),
        ("sentinel_Okta_CL_flat_CONSTRUCTED.json", [], "okta_cl"),
        ("wrapped_events_key_CONSTRUCTED.json", ["events"], "okta"),
    ])
    func corpusFiles(file: String, envelopes: [String], format: String) throws {
        let events = try Self.values(corpusFile: file).flatMap { UnwrappedEvent.all(in: $0) }
        #expect(!events.isEmpty)
        for event in events { #expect(event.envelopes == envelopes && event.format?.name == format) }
    }

    @Test(
        "The first documentation event is the same in Sentinel's table and with flat keys",
        .enabled(if: corpus != nil, "the corpus is not beside the repository"),
        arguments: [
            "flat_dotted_keys_CONSTRUCTED.json", "sentinel_Okta_CL_flat_CONSTRUCTED.json",
            "eventbridge_envelope_CONSTRUCTED.json", "json_in_string_wrapper_CONSTRUCTED.json",
            "event_hook_envelope_okta_docs.json",
        ])
    func corpusEvent(file: String) throws {
        let wrapped = try Self.values(corpusFile: "wrapped_events_key_CONSTRUCTED.json")
        let native = try #require(wrapped.first?["events"]?.array?.first)
        let event = try #require(try Self.values(corpusFile: file).flatMap { UnwrappedEvent.all(in: $0) }.first)
        #expect(event.logEvent.leaves == native.leaves)
    }

    /// The objects of a file that lie one after another, with or without lines between.
    private static func values(corpusFile file: String) throws -> [JSONValue] {
        let source = try RawBytes(path: "\(corpus ?? "")/variants/\(file)")
        return try source.withBytes { bytes in
            var scanner = DocumentScanner(bytes, in: 0..<bytes.count), values: [JSONValue] = []
            while scanner.peek() != nil, let value = scanner.value() {
                values.append(try JSONValue(parsing: Array(bytes[value.range])))
            }
            return values
        }
    }
}
