internal import JSON

extension Format {
    /// The LogEvent of Okta's System Log API, as the API, an event hook or an export of either writes it.
    ///
    /// Every field is optional: real logs break the published schema. One field of the schema's own spelling
    /// is enough to tell the shape, and unknown keys stay.
    static let oktaLogEvent = Format(.okta, missingFields: []) { event in
        guard let published = event["published"] else { return event }
        let normalised = Formats.normalised(time: published)
        return normalised == published ? event : event.setting("published", to: normalised)
    }
}
