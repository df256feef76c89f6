import Events
import Foundation
import JSON
import Tables
import Testing

@Suite("The corpus of real events", .enabled(if: corpus != nil, "the corpus is not beside the repository"))
struct CorpusTests {
    private static let documentation = [
        "f1d0b993-cc19-11ed-a688-db22c99ef6c4",
    ]

    @Test("The documentation's events, in every shape that is read", arguments: [
        ("events/okta_docs.ndjson", 5), ("variants/json_array_CONSTRUCTED.json", 2),
        ("variants/wrapped_events_key_CONSTRUCTED.json", 2), ("variants/concatenated_no_newline_CONSTRUCTED.txt", 5),
    ])
    func shapes(file: String, count: Int) async throws {
        let whole = try await read("events/okta_docs.ndjson").table
        let (table, report) = try await read(file)
        #expect(report.messages == [])
        #expect(table.count == count && report.accepted == count)
        #expect((0..<count).map { table[$0].rawJSON } == (0..<count).map { whole[$0].rawJSON })
        #expect(report.formats == ["okta"])
    }
}
