public import Diagnostics
internal import Events

/// What became of a file that was loaded as a table: nothing is left out without being counted here.
public struct TableLoadReport: Hashable, Sendable {
    /// Rows of the table.
    public internal(set) var rows = 0
    /// What should have been rows and could not be read.
    public internal(set) var rejected = 0
    /// Why, for the first hundred, in the order of the file: each with its file, line and byte.
    public internal(set) var problems: [Diagnostic] = []
    /// How many there are beyond those.
    public var moreProblems: Int { rejected - problems.count }
    /// What else was left out, as sentences.
    public internal(set) var notes: [String] = []

    init() {}

    /// Adds up what chunks could not read, in the order of the file, and what of the file never became text.
    init(_ chunks: [ChunkRows], _ plan: TablePlan, of source: RawBytes) {
        let losses =
            source.problems.map { ($0.byte, $0.message) }
            + (source.cutShortAt.map { [($0, "was cut short by another program while it was read")] } ?? [])
        rows = chunks.reduce(0) { $0 + $1.count }
        rejected = chunks.reduce(losses.count) { $0 + $1.rejected }
        var line = 1, position = 0
        for (byte, reason) in chunks.flatMap({ $0.problems.map { ($0.byte, $0.reason) } }) + losses {
            guard problems.count < ChunkRows.problemLimit else { break }
            let end = min(max(byte, position), source.count)
            line += source.withBytes { Lines.count(in: $0, position..<end) }
            position = end
            problems.append(Self.problem(reason, Place(file: source.name, line: line, byte: byte)))
        }
        if plan.isOverLimit {
            notes.append("The rows have more than \(TablePlan.columnLimit) keys; those beyond are left out")
        }
    }

    private static func problem(_ reason: String, _ place: Place) -> Diagnostic {
        Diagnostic(
            "the row \(reason)", remedy: "It is left out; mend it there and load the file again", at: place)
    }
}
