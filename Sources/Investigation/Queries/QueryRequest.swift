internal import JSON

/// A KQL query of the session's tables.
public struct QueryRequest: Hashable, Sendable {
    /// As it was typed.
    public var text: String
    /// What `rand()`, `new_guid()` and samples are drawn from; recorded, so that a replay draws the same.
    public var seed: UInt64

    /// A query that draws its own numbers.
    public init(_ text: String) { self.init(text, seed: UInt64.random(in: .min ... .max)) }

    /// A query with recorded numbers.
    public init(_ text: String, seed: UInt64) {
        self.text = text
        self.seed = seed
    }

    var members: [JSONValue.Member] {
        [JSONValue.Member("text", .string(text)), JSONValue.Member("seed", .integer(Int64(bitPattern: seed)))]
    }
}

/// A file whose rows become a table of the session.
public struct TableRequest: Hashable, Sendable {
    /// The table's name, as queries write it.
    public var name: String
    public var path: String
    /// The bytes of standard input, when `path` is `-`; never written into the transcript.
    public var standardInput: [UInt8]?

    public init(name: String, path: String, standardInput: [UInt8]? = nil) {
        self.name = name
        self.path = path
        self.standardInput = standardInput
    }

    var members: [JSONValue.Member] { [JSONValue.Member("as", .string(name)), JSONValue.Member("path", .string(path))] }
}

extension Operation {
    /// The bytes of standard input that it is to read.
    var standardInput: [UInt8]? {
        switch self {
        case .ingest(let request): request.standardInput
        case .ingestTable(let request): request.standardInput
        default: nil
        }
    }

    /// The files that it reads.
    var inputPaths: [String] {
        switch self {
        case .ingest(let request): request.paths
        case .ingestTable(let request): [request.path]
        default: []
        }
    }

    /// The same, with a file in place of standard input.
    func reading(_ path: String) -> Operation {
        switch self {
        case .ingest(var request):
            request.paths = request.paths.map { $0 == "-" ? path : $0 }
            request.standardInput = nil
            return .ingest(request)
        case .ingestTable(var request):
            request.path = path
            request.standardInput = nil
            return .ingestTable(request)
        default: return self
        }
    }
}
