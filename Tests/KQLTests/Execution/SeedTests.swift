import Tables
import Testing

@testable import KQL

/// A recorded query draws the same numbers again.
@Suite struct SeedTests {
    private func drawn(_ query: String, seed: UInt64?) throws -> [String] {
        let engine = QueryEngine(tables: [], now: Timestamp(ticks: 0))
        let result = try engine.run(query, seed: seed)
        return (0..<result.count).map { row in
            result.columns.indices.map { result.text(row: row, column: $0) }.joined(separator: ",")
        }
    }

    @Test(arguments: [
        "range x from 1 to 5 step 1 | extend r = rand()", "print new_guid()",
        "range x from 1 to 1000 step 1 | sample 5",
    ])
    func theSameSeedDrawsTheSame(_ query: String) throws {
        #expect(try drawn(query, seed: 7) == drawn(query, seed: 7))
        #expect(try drawn(query, seed: 7) != drawn(query, seed: 8))
        #expect(try drawn(query, seed: nil) != drawn(query, seed: nil))
    }
}
