internal import JSON
internal import Tables

/// A wrapping in which events travel.
struct Envelope: Sendable {
    let name: String
    /// Keys from the wrapping's top to what it holds: one event, an array of events, or a text that is the JSON of
    /// one. What it holds may be an envelope again, down to ``Envelopes/depthLimit``.
    let path: [String]
    /// Whether an object is this envelope. Reads a text inside only where the object could be read without it.
    let recognises: @Sendable (JSONValue) -> Bool
    /// As ``recognises``, with the number of envelopes that may lie in one another.
    fileprivate let fits: @Sendable (JSONValue, Int) -> Bool

    /// - Parameter requires: What the wrapping must be besides holding something that may be an event.
    fileprivate init(
        _ name: String, _ path: [String], _ content: EnvelopeContent,
        requires: @escaping @Sendable (JSONValue) -> Bool = { _ in true }
    ) {
        let fits: @Sendable (JSONValue, Int) -> Bool = { object, depth in
            guard let inner = Envelopes.value(in: object, at: path), requires(object) else { return false }
            return content.allows(inner, in: object, depth: depth)
        }
        self.name = name
        self.path = path
        self.fits = fits
        recognises = { fits($0, Envelopes.depthLimit) }
    }
}

/// The envelopes. To add one: one line here.
///
/// They are asked before ``Formats``: Elastic's document with the event itself in `event.original` is an envelope, and
/// Splunk's result with `_raw` is one; without that, both are events in a format.
enum Envelopes {
    /// How many envelopes may lie in one another.
    static let depthLimit = 4
    /// The `eventType` of an event hook's request, which is no event itself (Okta's event hook documentation).
    static let eventHookType = "com.okta.event_hook"

    /// All envelopes; the first that an object is counts.
    static let all: [Envelope] = [
        Envelope("event_hook", ["data", "events"], .list) { [nil, eventHookType].contains($0["eventType"]?.string) },
        // Amazon EventBridge; the detail type has been seen as `SystemLog` and as `Okta Log Event`.
        Envelope("eventbridge", ["detail"], .event),
        Envelope("elastic_search", ["hits", "hits"], .objects),
        Envelope("elastic_hit", ["_source"], .event),
        Envelope("event_original", ["event", "original"], .text),
        Envelope("event_original", ["event.original"], .text),
        Envelope("splunk_hec", ["event"], .event, requires: hasCollectorKeys),
        Envelope("splunk_hec", ["event"], .text, requires: hasCollectorKeys),
        Envelope("splunk_search", ["result"], .event),
        Envelope("splunk_results", ["results"], .objects),
        Envelope("splunk_raw", ["_raw"], .text),
        // A test case of panther-analysis.
        Envelope("panther_test", ["Log"], .event),
        Envelope("events", ["events"], .list) { $0["eventType"] == nil },
        // The payload of a CloudWatch Logs subscription.
        Envelope("log_events", ["logEvents"], .objects),
        Envelope("message", ["message"], .text),
        Envelope("input_message", ["input", "message"], .text),
        // OCSF's own place for the event as it was.
        Envelope("raw_data", ["raw_data"], .text),
        Envelope("event", ["event"], .event) { !hasCollectorKeys($0) },
        Envelope("event", ["event"], .text) { !hasCollectorKeys($0) },
    ]

    /// Whether something stands beside `event` that Splunk's HTTP Event Collector takes there; `source`, which it takes
    /// as well, stands at others too.
    @Sendable private static func hasCollectorKeys(_ object: JSONValue) -> Bool {
        ["time", "host", "sourcetype", "index", "fields"].contains { object[$0] != nil }
    }

    /// The envelope that an object is, `nil` when it is none. A LogEvent that says what happened is none, whatever
    /// else it holds.
    static func envelope(of object: JSONValue) -> Envelope? { envelope(of: object, depth: depthLimit) }

    fileprivate static func envelope(of object: JSONValue, depth: Int) -> Envelope? {
        guard depth > 0, let members = object.members,
            members.contains(where: { firstKeys.contains(ByteText($0.key)) }),
            object["eventType"] == nil || !isLogEvent(object)
        else { return nil }
        return all.first { $0.fits(object, depth) }
    }

    private static func isLogEvent(_ object: JSONValue) -> Bool {
        [.okta, .panther].contains(EventShape(of: object))
    }

    private static let firstKeys = Set(all.compactMap { $0.path.first.map(ByteText.init) })

    /// The value at a path of keys, which may have dots in them.
    static func value(in object: JSONValue, at path: [String]) -> JSONValue? {
        var value: JSONValue? = object
        for key in path { value = value?[key] }
        return value
    }
}

/// What an envelope holds.
private enum EnvelopeContent {
    /// An object that is an event or an envelope.
    case event
    /// A list whose elements are looked at later, each for itself.
    case list
    /// A list of objects.
    case objects
    /// The JSON of an object.
    case text

    /// Whether the envelope may hold this. A text counts by its first character, unless the wrapping can be read
    /// as an event itself: then the text must be one.
    func allows(_ inner: JSONValue, in object: JSONValue, depth: Int) -> Bool {
        switch self {
        case .event: Self.isEvent(inner, depth: depth)
        case .list: inner.array != nil
        case .objects: inner.array.map { $0.first.map { $0.members != nil } ?? true } ?? false
        case .text: Self.isText(inner, in: object, depth: depth)
        }
    }

    private static func isEvent(_ value: JSONValue, depth: Int) -> Bool {
        EventShape(of: value) != nil || Envelopes.envelope(of: value, depth: depth - 1) != nil
    }

    private static func isText(_ inner: JSONValue, in object: JSONValue, depth: Int) -> Bool {
        guard let text = inner.string, text.utf8.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") else { return false }
        guard EventShape(of: object) != nil else { return true }
        return (try? JSONValue(parsing: text)).map { isEvent($0, depth: depth) } ?? false
    }
}
