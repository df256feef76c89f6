public import Diagnostics
internal import Events
internal import JSON

/// What `plot` draws.
public struct PlotRequest: Hashable, Sendable {
    /// `events`, `failures`, `countries`, `types`, or the path of a column.
    public let what: String
    /// What events are counted by over time; `nil` when it follows from the time they cover.
    public let unit: TimeUnit?
    /// Which events count. The limit is one of bars.
    public let filter: EventFilter

    /// How many bars are drawn when nobody says.
    public static let defaultLimit = 20

    /// - Throws: A usage error, when there is no such thing to draw.
    public init(what: String, unit: TimeUnit? = nil, filter: EventFilter = EventFilter(limit: defaultLimit))
        throws(Diagnostic)
    {
        guard let name = Self.names.first(where: { isSame($0, what.replacing("_", with: ".")) }) else {
            throw Diagnostic("`\(what)` is nothing to plot", remedy: Self.remedy(for: what), kind: .usage)
        }
        guard name == "events" || unit == nil else {
            throw Diagnostic(
                "--by belongs to `plot events`", remedy: "Leave it out: `plot \(name)` has a bar for each value",
                kind: .usage)
        }
        self.what = name
        self.unit = unit
        self.filter = filter
    }

    /// All that can be drawn, columns by their path.
    public static let names =
        ["events", "failures", "countries", "types"] + EventField.allCases.map(\.rawValue)
        + [NumberField.asNumber.rawValue]

    private static func remedy(for unknown: String) -> String {
        let word = unknown.lowercased().replacing("_", with: ".")
        let alike = word.utf8.count < 3 ? [] : names.filter { $0.lowercased().contains(word) }
        if alike.count == 1 { return "Did you mean `\(alike[0])`?" }
        if alike.isEmpty, let near = names.nearest(to: unknown) { return "Did you mean `\(near)`?" }
        return "Use events, failures, countries, types, or a column such as "
            + (alike.isEmpty ? ["client.ipAddress", "outcome.result"] : alike).prefix(4).joined(separator: ", ")
    }

    /// Whether its values are actors or addresses, which `entity` knows.
    public var namesEntities: Bool {
        ["failures", EventField.ipAddress.rawValue, EventField.actorID.rawValue, EventField.actorAlternateID.rawValue]
            .contains(what)
    }
}

extension PlotRequest {
    /// As a `command` record keeps it.
    var json: JSONValue { ["what": .string(what), "by": JSONValue(unit?.rawValue), "filter": filter.json] }

    init(json: JSONValue) throws(Diagnostic) {
        try self.init(
            what: json["what"]?.string ?? "", unit: json["by"]?.string.flatMap(TimeUnit.init),
            filter: EventFilter(json: json["filter"] ?? [:]))
    }
}
