internal import JSON
internal import Tables

/// What the top-level keys of an object say of its shape.
struct KeyMarks: OptionSet {
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
