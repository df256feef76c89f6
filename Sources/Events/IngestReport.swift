public import JSON
public import Tables

/// What became of an input: nothing is lost without being counted here.
public struct IngestReport: Hashable, Sendable {
    /// Events that were seen: the sum of the four below.
    public internal(set) var read = 0
    /// Events that are in the table now.
    public internal(set) var accepted = 0
    /// Events whose uuid was there already.
    public internal(set) var duplicates = 0
    /// What could not be read as an event.
    public internal(set) var rejected = 0
    /// Events that the window leaves out.
    public internal(set) var outsideWindow = 0
    /// The first hundred problems, in the order of the input.
    public internal(set) var problems: [Problem] = []
    /// How many problems there were beyond those.
    public internal(set) var moreProblems = 0
    /// The first time among the accepted events.
    public internal(set) var first: Timestamp?
    /// The last time among them.
    public internal(set) var last: Timestamp?
    /// Distinct actors among the accepted events.
    public internal(set) var actors = 0
    /// Okta paths that the input's shapes cannot supply.
    public internal(set) var missingFields: [String] = []
    /// The times that the input holds, window or not.
    public internal(set) var available: ClosedRange<Timestamp>?
    /// The window that was applied, `nil` when none was asked for.
    public internal(set) var window: TimeWindow?
    /// Names of the formats that were met.
    public internal(set) var formats: [String] = []

    /// Where the reading stopped when it was interrupted, `nil` when all was read.
    public internal(set) var stopped: Stop?

    /// Nothing read yet.
    public init() {}

    static let problemLimit = 100

    /// A place in the inputs: what stands before it was read.
    public struct Stop: Hashable, Sendable {
        /// As the user named it.
        public let file: String
        /// From 0, in the decompressed file.
        public let byte: Int

        /// - Parameter byte: From 0, in the decompressed file.
        public init(file: String, byte: Int) {
            self.file = file
            self.byte = byte
        }

        var json: JSONValue { ["file": .string(file), "byte": .integer(Int64(byte))] }
    }

    /// Something that could not be read, and where.
    public struct Problem: Hashable, Sendable {
        /// As the user named it.
        public let file: String
        /// From 1.
        public let line: Int
        /// From 0.
        public let byte: Int
        /// Reads on from the place, without a full stop: `has a time that cannot be read`.
        public let message: String

        var json: JSONValue {
            ["file": .string(file), "line": .integer(Int64(line)), "byte": .integer(Int64(byte)),
             "message": .string(message)]
        }
    }

    /// The record that `ingest` prints.
    public var json: JSONValue {
        var members: [JSONValue.Member] = [
            JSONValue.Member("read", .integer(Int64(read))), JSONValue.Member("accepted", .integer(Int64(accepted))),
            JSONValue.Member("duplicates", .integer(Int64(duplicates))),
            JSONValue.Member("rejected", .integer(Int64(rejected))),
            JSONValue.Member("outside_window", .integer(Int64(outsideWindow))),
            JSONValue.Member("problems", .array(problems.map(\.json))),
        ]
        if moreProblems > 0 { members.append(JSONValue.Member("more_problems", .integer(Int64(moreProblems)))) }
        members += [
            JSONValue.Member("first", JSONValue(first?.description)),
            JSONValue.Member("last", JSONValue(last?.description)),
            JSONValue.Member("actors", .integer(Int64(actors))),
            JSONValue.Member("missing_fields", JSONValue(missingFields)),
        ]
        if let stopped { members.append(JSONValue.Member("stopped", stopped.json)) }
        if let window {
            members.append(JSONValue.Member("window", [
                "since": JSONValue(window.since?.description), "until": JSONValue(window.until?.description),
            ]))
        }
        return .object(members)
    }

    /// Counts what came into the table, and what did not.
    mutating func take(_ table: GrowingTable) {
        let columns = table.columns, rows = table.added
        duplicates += table.duplicates
        accepted = rows.count
        let times = columns.times[rows].filter { $0 != .max }
        first = times.min().map(Timestamp.init(ticks:))
        last = times.max().map(Timestamp.init(ticks:))
        actors = Set(columns.actorKeys().codes[rows]).subtracting([0]).count
    }
}
