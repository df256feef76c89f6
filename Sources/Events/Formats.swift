internal import JSON

/// A shape in which Okta events arrive, and the way from it to the System Log API's shape.
public struct Format: Sendable {
    /// The name in `--format-in`.
    public let name: String
    /// Okta paths that this shape cannot supply.
    public let missingFields: [String]
    /// Whether an object is an event of this shape.
    let recognises: @Sendable (JSONValue) -> Bool
    /// The event as a LogEvent.
    let logEvent: @Sendable (JSONValue) -> JSONValue
}

/// The input formats, tried in order. To add one: one file in `Formats/`, one line here.
public enum Formats {
    public static let all: [Format] = [
        .oktaLogEvent,
        .flatDemo,
    ]

    static func format(of object: JSONValue) -> Format? { all.first { $0.recognises(object) } }
}
