extension Format {
    // Formats that ``FieldMappings`` says all about.

    /// Okta's own paths as flat keys, as Splunk's field extraction and many flatteners write them.
    static let dotted = Format(.dotted)

    /// Documents of Elastic's Okta integration. Where `event.original` holds the event itself, that is read instead:
    /// ``Envelopes``.
    static let elastic = Format(.elastic)

    /// Rows of Sentinel's first table; lists and maps are JSON in text.
    static let oktaCL = Format(.oktaCL)

    /// Rows of Sentinel's second table, whose names follow the ASIM schema; lists and maps are JSON or text of it.
    static let oktaV2 = Format(.oktaV2)

    /// Rows of the Admin Console's CSV, also after some tool has made JSON of them.
    static let console = Format(.console)

    /// The flat shape of the demo: `id, event_type, actor_id, actor_type, target_id, ip_address, user_agent,
    /// city, country, outcome, timestamp`.
    static let flatDemo = Format(.flat)
}
