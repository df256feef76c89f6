internal import JSON
public import Tables

/// What a session read.
public struct ReportReading: Sendable {
    /// The files, each once, in the order in which they were read.
    public let inputs: [ReportInput]
    /// What became of the events, of all readings together.
    public let counts: ReportCounts
    /// Events in the session.
    public let events: Int
    /// Distinct actors among them.
    public let actors: Int
    /// Tables that were loaded beside the events.
    public let tables: [String]
    /// The times of the first and the last event.
    public let first: Timestamp?
    public let last: Timestamp?
    /// Whether the detectors have seen all the events.
    public let isDetected: Bool
    /// Detectors that saw nothing, with the fields that no event has.
    public let blind: [BlindDetector]
}

/// A detector that had nothing to look at.
public struct BlindDetector: Hashable, Sendable {
    /// Its id.
    public let detector: String
    /// Okta paths that no event has.
    public let missing: [String]
}

/// A file that a session read.
public struct ReportInput: Hashable, Sendable {
    /// What it was read as.
    public enum Use: String, Sendable { case events, table, rules }

    /// As the user named it.
    public let name: String
    /// Absolute.
    public let path: String
    /// In bytes, on disk.
    public let size: Int
    /// Of the file as it lay on disk, or of the part that was read; `nil` where it could not be opened.
    public let sha256: String?
    /// What it was read as.
    public let use: Use
    /// The byte before which reading was interrupted.
    public let readTo: Int?
    /// What has become of it since, in words; `nil` while it is as it was.
    public let change: String?

    init?(_ record: JSONValue, use: Use) {
        guard let input = InputRecord(record) else { return nil }
        (name, path, size, sha256) = (input.name, input.path, input.size, input.sha256)
        (self.use, readTo, change) = (use, input.readTo, input.change)
    }

    var json: JSONValue {
        [
            "name": .string(name), "path": .string(path), "use": .string(use.rawValue), "size": .integer(Int64(size)),
            "sha256": JSONValue(sha256), "read_to": readTo.map { .integer(Int64($0)) } ?? .null,
            "change": JSONValue(change),
        ]
    }
}

/// What became of events, summed over readings (`contract.md`, *Inputs*).
public struct ReportCounts: Hashable, Sendable {
    /// The sum of the four below.
    public private(set) var read = 0
    /// Events that were taken.
    public private(set) var accepted = 0
    /// Events that were there already.
    public private(set) var duplicates = 0
    /// Lines that could not be read as events.
    public private(set) var rejected = 0
    /// Events that a window left out.
    public private(set) var outsideWindow = 0
    /// The first problems, each with file, line and reason.
    public private(set) var problems: [String] = []
    /// How many problems there are beside those.
    public private(set) var moreProblems = 0

    /// Problems that are named.
    private static let problemLimit = 5
    /// A session file may hold any number; the sum of many must not overflow.
    private static let largest: Int64 = 1_000_000_000_000

    /// Adds what one `ingest` printed.
    mutating func add(_ report: JSONValue) {
        let count = { (key: String) in Int(min(max(0, report[key]?.integer ?? 0), Self.largest)) }
        read += count("read")
        accepted += count("accepted")
        duplicates += count("duplicates")
        rejected += count("rejected")
        outsideWindow += count("outside_window")
        moreProblems += count("more_problems")
        for problem in report["problems"]?.array ?? [] {
            guard problems.count < Self.problemLimit else {
                moreProblems += 1
                continue
            }
            let line = problem["line"]?.integer.map { ":\($0)" } ?? ""
            problems.append("\(problem["file"]?.string ?? "")\(line) \(problem["message"]?.string ?? "")")
        }
    }

    var json: JSONValue {
        let number = { (count: Int) in JSONValue.integer(Int64(count)) }
        return [
            "read": number(read), "accepted": number(accepted), "duplicates": number(duplicates),
            "rejected": number(rejected), "outside_window": number(outsideWindow), "problems": JSONValue(problems),
            "more_problems": number(moreProblems),
        ]
    }
}
