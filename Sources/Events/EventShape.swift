internal import JSON

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
        return marks.contains(.panther) ? camelCased(marks, object) : .okta
    }

    /// Among the shapes whose top-level keys are Okta's own.
    private static func camelCased(_ marks: KeyMarks, _ object: JSONValue) -> EventShape? {
        if object["eventType"]?.string == Envelopes.eventHookType { return nil }
        if marks.contains(.dotted) || marks.contains(.dottedOrConsole) { return .dotted }
        guard marks.contains(.panther) else { return .okta }
        return isOkta(object, "p_log_type") ? .panther : nil
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
