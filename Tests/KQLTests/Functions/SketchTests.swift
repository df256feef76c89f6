import Testing

@testable import KQL

@Suite("Sketches and digests")
struct SketchTests {
    private let context = EvaluationContext(now: 0)

    private func sketch(_ values: some Sequence<Int>) throws -> Scalar {
        let aggregation = try #require(Aggregations.named("hll"))
        var accumulator = aggregation.accumulator(for: [FunctionArgument(.long)])
        for value in values { accumulator.add([.long(Int64(value))]) }
        return accumulator.results[0]
    }

    private func call(_ name: String, _ arguments: Scalar...) throws -> Scalar {
        try #require(ScalarFunctions.named(name)).evaluate(arguments, context)
    }

    @Test("Merged sketches count what either has seen, once")
    func merged() throws {
        let merged = try call("hll_merge", try sketch(1...10), try sketch(6...20))
        #expect(try call("dcount_hll", merged) == .long(20))
        #expect(try call("dcount_hll", .string("x").packedScalar).isNull)
    }

    @Test("Large numbers are estimated to half a per cent")
    func estimate() throws {
        let count = try #require(try call("dcount_hll", try sketch(1...300_000)).long)
        #expect(abs(Double(count) - 300_000) < 1500)
    }

    @Test(
        "Ranks and percentiles of 1 to 1000",
        arguments: [
            ("rank_tdigest", [Scalar.long(685)], Scalar.real(685)), ("percentrank_tdigest", [.long(850)], .real(85)),
            ("percentile_tdigest", [.long(50), .string("long")], .long(500)),
            ("percentile_tdigest", [.long(50)], .dynamic(.long(500))),
            ("percentiles_array_tdigest", [.array([.long(10), .long(99)])], .array([.long(100), .long(990)])),
        ] as [(String, [Scalar], Scalar)])
    func digests(name: String, arguments: [Scalar], expected: Scalar) throws {
        let aggregation = try #require(Aggregations.named("tdigest"))
        var accumulator = aggregation.accumulator(for: [FunctionArgument(.long)])
        for value in 1...1000 { accumulator.add([.long(Int64(value))]) }
        let function = try #require(ScalarFunctions.named(name))
        #expect(try function.evaluate([accumulator.results[0]] + arguments, context) == expected)
    }
}

extension Scalar {
    fileprivate var packedScalar: Scalar { Scalar(packed) }
}
