internal import JSON
internal import Tables

/// The shapes in which one event is told, by name.
enum EventShape: String, CaseIterable, Sendable {
    /// The LogEvent of Okta's System Log API.
    case okta
    /// Panther: a LogEvent whose top-level keys are in lower case, and `p_*` beside them.
    case panther
    /// Okta's own paths as flat keys: `actor.alternateId`, `target.0.id`, Splunk's `target{}.id`.
    case dotted
    /// Elastic's Okta integration: ECS fields and `okta.*`, nested or flat.
    case elastic
    /// Microsoft Sentinel's first table.
    case oktaCL = "okta_cl"
    /// Microsoft Sentinel's second table.
    case oktaV2 = "oktav2_cl"
    /// The Open Cybersecurity Schema Framework.
    case ocsf
    /// The columns of the CSV that Okta's Admin Console downloads.
    case console = "csv"
    /// The demo's flat events.
    case flat

    /// The shape of an object, told by its top-level keys and, where other products use the same, by what they say of
    /// the product; `nil` when it is no Okta event. One object has one shape.
    init?(of object: JSONValue) {
        guard let members = object.members else { return nil }
        let marks = KeyMarks(members)
        guard let shape = Self.shape(marks, object) else { return nil }
        self = shape
    }

    /// The shape of a table, told by the names of its columns alone.
    init?(ofColumns names: [String]) {
        self.init(of: .object(names.map { JSONValue.Member($0, .null) }))
    }

    private static func shape(_ marks: KeyMarks, _ object: JSONValue) -> EventShape? {
        if marks.contains(.okta) { return camelCased(marks, object) }
        if marks.contains(.lowerCase) { return isOkta(object, "p_log_type") ? .panther : nil }
        if marks.contains(.ocsf) { return isOktaByOCSF(object) ? .ocsf : nil }
        if marks.contains(.elastic) || marks.contains(.dataset) && isOktaByDataset(object) { return .elastic }
        if marks.contains(.dotted) { return .dotted }
        if marks.contains(.oktaCL) { return isOkta(object, "Type") ? .oktaCL : nil }
        if marks.contains(.oktaV2) { return isOkta(object, "Type") && isOkta(object, "EventVendor") ? .oktaV2 : nil }
        if marks.contains(.console) || marks.isSuperset(of: [.flat, .bare]) { return .console }
        if marks.contains(.dottedOrConsole) { return .dotted }
        if marks.contains(.flat) || marks.contains(.flatOnly) { return .flat }
        guard marks.contains(.bare) else { return nil }
        return marks.contains(.panther) && isOkta(object, "p_log_type") ? .panther : .okta
    }

    /// Among the shapes that have at least one top-level key that Okta alone spells so.
    private static func camelCased(_ marks: KeyMarks, _ object: JSONValue) -> EventShape? {
        if object["eventType"]?.string == Envelopes.eventHookType { return nil }
        if marks.contains(.dotted) || marks.contains(.dottedOrConsole) { return .dotted }
        return marks.contains(.panther) && isOkta(object, "p_log_type") ? .panther : .okta
    }

    /// Whether a text that names a product or a table, where there is one, names Okta.
    private static func isOkta(_ object: JSONValue, _ key: String) -> Bool {
        object[key]?.string.map(isOkta) ?? true
    }

    private static func isOkta(_ name: String) -> Bool { name.lowercased().hasPrefix("okta") }

    private static func isOktaByDataset(_ object: JSONValue) -> Bool {
        [("event", "dataset"), ("event", "module"), ("data_stream", "dataset")].contains { parent, key in
            (object[parent]?[key] ?? object[parent + "." + key])?.string.map(isOkta) ?? false
        }
    }

    private static func isOktaByOCSF(_ object: JSONValue) -> Bool {
        let product = object["metadata"]?["product"]
        return object["unmapped"]?["okta"]?.members != nil
            || [product?["vendor_name"], product?["name"]].contains { $0?.string.map(isOkta) ?? false }
    }
}

/// What the top-level keys of an object say of its shape.
private struct KeyMarks: OptionSet {
    let rawValue: UInt16

    /// A key that Okta alone spells so.
    static let okta = KeyMarks(rawValue: 1)
    /// A key of Okta's that others have as well, with a value of Okta's type.
    static let bare = KeyMarks(rawValue: 1 << 1)
    static let lowerCase = KeyMarks(rawValue: 1 << 2)
    static let panther = KeyMarks(rawValue: 1 << 3)
    static let dotted = KeyMarks(rawValue: 1 << 4)
    static let dottedOrConsole = KeyMarks(rawValue: 1 << 5)
    static let elastic = KeyMarks(rawValue: 1 << 6)
    static let dataset = KeyMarks(rawValue: 1 << 7)
    static let oktaCL = KeyMarks(rawValue: 1 << 8)
    static let oktaV2 = KeyMarks(rawValue: 1 << 9)
    static let ocsf = KeyMarks(rawValue: 1 << 10)
    static let console = KeyMarks(rawValue: 1 << 11)
    static let flat = KeyMarks(rawValue: 1 << 12)
    /// A time, and no key that the flat shape does not have.
    static let flatOnly = KeyMarks(rawValue: 1 << 13)

    init(rawValue: UInt16) { self.rawValue = rawValue }

    init(_ members: [JSONValue.Member]) {
        self = []
        for member in members { formUnion(Self.marks(of: member, known: self)) }
        let isFlat = members.contains { $0.key.utf8.elementsEqual("timestamp".utf8) }
            && members.allSatisfy { ShapeColumns[.flat].lists($0.key) }
        if isFlat { insert(.flatOnly) }
    }

    private static func marks(of member: JSONValue.Member, known: KeyMarks) -> KeyMarks {
        let key = member.key
        if let marks = byName[ByteText(key)] { return marks }
        if objects.contains(ByteText(key)) { return member.value.members == nil ? [] : .bare }
        if key.utf8.contains(UInt8(ascii: ".")) {
            return known.contains(.dotted) || known.contains(.elastic) ? [] : dottedMarks(of: key)
        }
        if key.utf8.starts(with: "p_".utf8) { return .panther }
        if let base = OktaSpelling.withoutType(key), typed.contains(ByteText(String(base))) { return .oktaCL }
        return key.utf8.elementsEqual("okta".utf8) && member.value.members != nil ? .elastic : []
    }

    private static func dottedMarks(of key: String) -> KeyMarks {
        if key.utf8.starts(with: "okta.".utf8) { return .elastic }
        switch (ShapeColumns[.dotted].lists(key), ShapeColumns[.console].lists(key)) {
        case (true, true): return .dottedOrConsole
        case (true, false): return .dotted
        case (false, true): return .console
        case (false, false): return []
        }
    }

    private static let byName: [ByteText: KeyMarks] = {
        let names: [(KeyMarks, [String])] = [
            (.okta, spelledByOkta), (.lowerCase, spelledByOkta.map { $0.lowercased() }), (.bare, ["uuid", "published"]),
            (.dataset, ["event", "event.dataset", "event.module", "data_stream", "data_stream.dataset"]),
            (.oktaV2, [
                "EventOriginalType", "OriginalActorAlternateId", "OriginalOutcomeResult", "OriginalUserId",
                "OriginalUserType", "OriginalTarget", "OriginalClientDevice", "LegacyEventType",
            ]),
            (.ocsf, ["class_uid"]), (.console, ["display_message", "legacy_event_type"]),
            (.flat, ["event_type", "actor_id"]),
            // The other keys of a LogEvent, which say nothing: here so that they are found at once.
            ([], ["version", "severity", "request", "target", "device", "insertionTimestamp"]),
        ]
        return Dictionary(
            names.flatMap { marks, names in names.map { (ByteText($0), marks) } }, uniquingKeysWith: { $0.union($1) })
    }()

    private static let spelledByOkta = [
        "eventType", "legacyEventType", "displayMessage", "authenticationContext", "securityContext", "debugContext",
    ]
    private static let objects = Set(["actor", "client", "outcome", "transaction"].map(ByteText.init))
    private static let typed = Set(
        ["eventType", "legacyEventType", "displayMessage", "actor_id", "actor_alternateId", "outcome_result",
         "client_ipAddress"].map(ByteText.init))
}
