public import Diagnostics
internal import JSON
internal import Tables

/// A shape in which Okta events arrive, and the way from it to the System Log API's shape.
public struct Format: Sendable {
    /// The name in reports and in `--format-in`.
    public let name: String
    /// Okta paths that this shape cannot supply.
    public let missingFields: [String]
    /// Whether an object is an event of this shape.
    let recognises: @Sendable (JSONValue) -> Bool
    /// The event as a LogEvent: nested, in Okta's spelling, its time as ISO 8601 where it can be read.
    let logEvent: @Sendable (JSONValue) -> JSONValue
    /// The event as a value, from the bytes at which it stood: unless said otherwise, JSON or a text that holds JSON.
    var value: @Sendable ([UInt8]) -> JSONValue = Format.json
    /// The way to the event inside a text, for formats of single events.
    private(set) var place: [ValueStep] = []
}

/// A step on the way into a value.
enum ValueStep: Hashable, Sendable {
    case key(String)
    case element(Int)
}

extension Format {
    /// JSON; of a text the JSON that it holds. Null when it is none.
    private static let json: @Sendable ([UInt8]) -> JSONValue = { bytes in
        opened((try? JSONValue(parsing: bytes)) ?? .null)
    }

    /// The JSON that a text holds; any other value is itself.
    private static func opened(_ value: JSONValue) -> JSONValue {
        value.string.map { (try? JSONValue(parsing: $0)) ?? .null } ?? value
    }

    /// This format for an event that stands somewhere inside a text.
    func inText(at steps: [ValueStep]) -> Format {
        var format = self
        format.value = { bytes in
            steps.reduce(Format.json(bytes)) { value, step in
                switch step {
                case .key(let key): Format.opened(value[key] ?? .null)
                case .element(let index):
                    Format.opened(value.array.flatMap { $0.indices.contains(index) ? $0[index] : nil } ?? .null)
                }
            }
        }
        format.place = steps
        return format
    }

    /// - Parameters:
    ///   - missingFields: What ``FieldMappings`` has no column for, when not given.
    ///   - logEvent: Conversion by ``FieldMappings``, when not given.
    init(
        _ shape: EventShape, missingFields: [String]? = nil, logEvent: (@Sendable (JSONValue) -> JSONValue)? = nil
    ) {
        self.init(
            name: shape.rawValue, missingFields: missingFields ?? FieldMappings.missing(in: shape),
            recognises: { EventShape(of: $0) == shape },
            logEvent: logEvent ?? { FieldCollector.logEvent($0, columns: ShapeColumns[shape]) })
    }
}

/// The input formats. To add one: one case of ``EventShape``, one file in `Formats/`, one line here.
public enum Formats {
    /// All formats; an object is of one of them at most, so that their order does not matter.
    public static let all: [Format] = [
        .oktaLogEvent, .panther, .dotted, .elastic, .oktaCL, .oktaV2, .ocsf, .console, .flatDemo,
    ]

    /// The format of a name.
    ///
    /// - Throws: When there is none; the remedy names those there are.
    public static func named(_ name: String) throws(Diagnostic) -> Format {
        guard let format = byName[name] else {
            throw Diagnostic(
                "there is no input format `\(name)`", remedy: "Formats: \(all.map(\.name).joined(separator: ", "))",
                kind: .usage)
        }
        return format
    }

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    /// The format of an object, `nil` when it is no Okta event. Looks at each top-level key once.
    static func format(of object: JSONValue) -> Format? {
        EventShape(of: object).flatMap { byName[$0.rawValue] }
    }

    /// The instant that `published` holds, however a product writes it: as text (``Timestamp/init(_:)``,
    /// ``Timestamp/init(asOthersWrite:)``), or as seconds or milliseconds since 1970.
    static func published(_ value: JSONValue) -> Timestamp? {
        if let text = value.string { return Timestamp(text) ?? Timestamp(asOthersWrite: text) }
        return value.double.flatMap { Timestamp(epoch: $0) }
    }

    /// A time as ISO 8601 text. One that is such text already is not touched, and neither is one that cannot be read:
    /// whoever reads it will say so.
    static func normalised(time value: JSONValue) -> JSONValue {
        if let text = value.string, Timestamp(text) != nil { return value }
        return published(value).map { .string($0.description) } ?? value
    }
}
