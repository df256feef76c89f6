import Testing

@testable import KQL

/// The same numbers from the same seed (SplitMix64).
private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Queries with one to four changes of bytes or words.
private struct Mutations {
    var generator: SeededGenerator
    let seeds: [String]

    mutating func next() -> String {
        var bytes = Array((seeds.randomElement(using: &generator) ?? "").utf8.prefix(3000))
        for _ in 0...Int.random(in: 0..<4, using: &generator) { change(&bytes) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func change(_ bytes: inout [UInt8]) {
        guard !bytes.isEmpty else { return }
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.remove(at: place)
        case 2: bytes.removeSubrange(place...)
        case 3: bytes.insert(contentsOf: (Self.words.randomElement(using: &generator) ?? "").utf8, at: place)
        case 4:
            let end = min(bytes.count, place + Int.random(in: 1..<40, using: &generator))
            bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: 0...bytes.count, using: &generator))
        default: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1..<40, using: &generator)))
        }
    }

    private static let words =
        Symbol.allCases.map(\.rawValue) + TabularOperator.Keyword.allCases.map { "| \($0.rawValue) " }
        + ComparisonOperator.allCases.map { " \($0.rawValue) " }
        + [
            " by ", " on ", " with ", " of ", " to ", "['", "\"", "'", "@\"", "```", "1d", " null ", "dynamic(",
            "datetime(", "let x = ", "\u{0}", "\n",
        ]
}

@Suite("Mutated queries")
struct MutationTests {
    /// Where the recorded queries are not at hand, these few are.
    private static let seeds: [String] = {
        let recorded = (RecordedQueries.answered + RecordedQueries.refused).map(\.query)
        guard recorded.isEmpty else { return recorded }
        return [
            "let x = 5; T | where a == x and b in~ ('c') | summarize n = count() by bin(t, 1h) | top 5 by n desc",
            "T | count", "print 1", "T | take 5", "T | where a > 1", "T | project a, b", "T | distinct a",
            "T | join kind=inner (U | project a, b) on a | mv-expand c to typeof(string) | parse s with \"x\" y:long *",
        ]
    }()

    @Test(
        "None crashes; what is refused is refused at a place, what is read prints and reads the same", arguments: 1...8)
    func mutations(seed: Int) {
        var mutations = Mutations(generator: SeededGenerator(state: UInt64(seed)), seeds: Self.seeds)
        var read = 0
        for _ in 0..<300 {
            let text = mutations.next()
            _ = Query.isComplete(text)
            do throws(KQLFault) {
                let query = try Query.parse(text)
                read += 1
                expectStable(query)
                expectBound(query)
            } catch {
                #expect(
                    error.span.start >= 0 && error.span.start <= error.span.end && error.span.end <= text.utf8.count,
                    "\(text)")
                #expect(["SYN", "SEM"].contains(error.code.prefix(3)) && !error.message.isEmpty)
            }
        }
        // Some of each, however few the seeds are.
        #expect(read > 5 && read < 295)
    }

    /// With a meaning, or refused at a place.
    private func expectBound(_ query: Query) {
        do throws(KQLFault) {
            let bound = try Binder(RecordedTables.catalog, context: EvaluationContext(now: 0)).bind(query)
            expectRun(bound)
        } catch {
            let isInside = error.span.start >= 0 && error.span.start <= error.span.end
            #expect(isInside && error.span.end <= query.text.utf8.count && !error.message.isEmpty, "\(query.text)")
            // Ill-formed patterns are the only errors of syntax that the binder finds.
            let isOwn = ["SEM", "UNS"].contains(error.code.prefix(3)) || error.code == "SYN0420"
            #expect(isOwn, "\(error.code) of \(query.text)")
        }
    }

    /// Runs to an end within its limits, whatever was mutated, or says why not.
    private func expectRun(_ query: BoundQuery) {
        let context = EvaluationContext(now: 0, deadline: ContinuousClock.now + .seconds(2))
        let execution = Execution(query, Self.sources, context, ExecutionLimits(rows: 20_000))
        do throws(KQLFault) {
            let frame = try execution.run().resolved()
            #expect(frame.columns.map(\.type) == query.columns.map(\.type))
            #expect(frame.columns.allSatisfy { $0.count == frame.count })
        } catch {
            #expect(["RUN", "SEM", "UNS"].contains(error.code.prefix(3)) && !error.message.isEmpty, "\(error.code)")
        }
    }

    /// A few rows for each table of the catalog: nothing, the ordinary, and the odd.
    private static let sources: [String: any TableSource] = RecordedTables.catalog.tables.entries.reduce(into: [:]) { result, table in
        let values: [[ScalarType: Scalar]] = [
            [:],
            [.long: .long(1), .int: .int(1), .real: .real(1.5), .string: .string("a b 10.0.0.1"), .bool: .bool(true),
             .datetime: .datetime(0), .timespan: .timespan(1), .dynamic: .dynamic(.array([.long(1), .string("x")]))],
            [.long: .long(.min), .int: .int(.max), .real: .real(.nan), .string: .string("é\u{0}\u{202E}"), .bool: .bool(false),
             .datetime: .datetime(DatetimeText.range.upperBound), .timespan: .timespan(.min),
             .dynamic: .dynamic(.bag(Dynamic.Bag([.init("k", .null)])))],
        ]
        let columns = table.value.columns
        let rows = values.map { values in columns.map { values[$0.type] ?? .none($0.type) } }
        result[table.name] = StoredColumns(count: rows.count, columns: Frame(rows, columns).columns)
    }

    private func expectStable(_ query: Query) {
        let printed = query.description
        do throws(KQLFault) {
            let again = try Query.parse(printed)
            #expect(again.description == printed, "\(query.text)")
        } catch {
            Issue.record("\(error.message) in \(printed) of \(query.text)")
        }
    }
}
