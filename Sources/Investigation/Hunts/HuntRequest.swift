internal import Diagnostics
public import Hunting
internal import JSON

/// What `hunt` asks for.
public struct HuntRequest: Hashable, Sendable {
    /// As it was typed.
    public var question: String
    /// Where the query is to run; `nil` means the tables that are loaded.
    public var place: Hunt.Place?
    /// Whether the query may run unasked (`--yes`).
    public var isConfirmed: Bool

    /// A question.
    public init(_ question: String, on place: Hunt.Place? = nil, isConfirmed: Bool = false) {
        self.question = question
        self.place = place
        self.isConfirmed = isConfirmed
    }
}

extension HuntRequest {
    /// The members of a `command` record.
    var members: [JSONValue.Member] {
        [
            JSONValue.Member("text", .string(question)), JSONValue.Member("on", JSONValue(place?.rawValue)),
            JSONValue.Member("yes", isConfirmed ? true : .null),
        ]
    }

    /// Reads the members of a `command` record.
    init(json: JSONValue) throws(Diagnostic) {
        let on = json["on"]?.string
        guard let text = json["text"]?.string, on == nil || Hunt.Place(rawValue: on ?? "") != nil else {
            throw Diagnostic(
                "a command record lacks the question of a hunt, or where it was to run",
                remedy: "The session file was changed, or is of another version")
        }
        self.init(text, on: on.flatMap(Hunt.Place.init), isConfirmed: json["yes"]?.bool ?? false)
    }
}
