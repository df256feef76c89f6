@testable import Events
import Testing

/// The members of an event that is read the fast way.
let eventMembers = #""uuid":"u","eventType":"t","published":"2025-01-01T00:00:00Z""#

/// Reads a line between two good ones, the fast way and the slow way, which must be the same.
///
/// - Returns: The event of the line, or the problem with it, its byte counted from the beginning of the line.
func readBetweenNeighbours(
    _ line: [UInt8], _ location: SourceLocation = #_sourceLocation
) async throws -> (event: OktaEvent?, problem: String?) {
    let before = Array("{\"uuid\":\"before\",\"eventType\":\"t\",\"published\":\"2025-01-01T00:00:00Z\"}\n".utf8)
    let after = Array("\n{\"uuid\":\"after\",\"eventType\":\"t\",\"published\":\"2025-01-01T00:00:00Z\"}\n".utf8)
    let source = RawBytes(name: "a", bytes: before + line + after)
    let (table, report) = try await EventReader.fast.read(source), slow = try await EventReader.slow.read(source)
    let differences = ReaderOutput(table, report).differences(from: ReaderOutput(slow.table, slow.report))
    #expect(differences == [], sourceLocation: location)
    #expect(table.ids.first == "before" && table.ids.last == "after", sourceLocation: location)
    #expect(table.count + report.rejected == 3, sourceLocation: location)
    #expect(report.isBalanced && report.problems.allSatisfy { $0.line == 2 }, sourceLocation: location)
    return (table.count == 3 ? table[1] : nil, report.problems.first.map { "\($0.byte - before.count) \($0.message)" })
}

/// The same, for text in which `<>` stands for ``eventMembers``.
func readBetweenNeighbours(
    _ line: String, _ location: SourceLocation = #_sourceLocation
) async throws -> (event: OktaEvent?, problem: String?) {
    try await readBetweenNeighbours(Array(line.replacing("<>", with: eventMembers).utf8), location)
}
