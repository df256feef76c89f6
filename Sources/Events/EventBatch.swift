/// A chunk that was read.
struct EventBatch: Sendable {
    var columns: EventColumns
    let outcome: ChunkOutcome
}

/// What became of one chunk.
struct ChunkOutcome: Sendable {
    var index = 0
    var source = RawBytes(name: "", bytes: [])
    /// The byte after the chunk.
    var end = 0
    var bytes = 0
    var events = 0
    var rejected = 0
    /// The first problems, by byte.
    var problems: [(byte: Int, message: String)] = []
    /// The names of the shapes, with the Okta paths that they cannot supply.
    var formats: [String: Set<String>] = [:]
    var envelopes: Set<String> = []

    init() {}

    init(index: Int, source: RawBytes, end: Int, bytes: Int) {
        self.index = index
        self.source = source
        self.end = end
        self.bytes = bytes
    }

    mutating func reject(_ byte: Int, _ message: String) {
        rejected += 1
        if problems.count < IngestReport.problemLimit { problems.append((byte, message)) }
    }
}
