import Testing

@testable import KQL

@Suite("Aggregations")
struct AggregationTests {
    @Test(
        "Of one column",
        arguments: [
            ("count", [Scalar.long(1), .null(.long)], "2"), ("sum", [.long(.max), .long(1)], "-9223372036854775808"),
            ("sum", [.int(2), .null(.int)], "2"), ("sum", [.timespan(10_000_000), .timespan(10_000_000)], "00:00:02"),
            ("avg", [.long(1), .long(2), .null(.long)], "1.5"), ("min", [.string("b"), .string("B")], "B"),
            ("max", [.real(1), .real(.nan), .real(2)], "NaN"), ("max", [.null(.datetime)], ""),
            ("dcount", [.string("a"), .string("a"), .string("")], "2"),
            ("count_distinct", [.long(1), .null(.long)], "1"),
            ("stdev", [.long(1), .long(2), .long(3), .long(4)], "1.2909944487358056"),
            ("variancep", [.long(1), .long(3)], "1.0"),
            ("make_list", [.long(2), .null(.long), .long(2)], "[2,2]"),
            ("make_list_with_nulls", [.long(2), .null(.long)], "[2,null]"),
            ("make_list", [.array([.long(1), .null]), .array([.long(3)])], "[1,null,3]"),
            ("make_set", [.long(2), .long(1), .long(2)], "[2,1]"),
            ("make_set", [.array([.long(1), .long(2)]), .array([.long(2)])], "[1,2]"),
            ("make_bag", [.bag([("a", .long(1))]), .bag([("a", .long(2)), ("b", .long(3))])], #"{"a":1,"b":3}"#),
            ("take_any", [.null(.long), .long(5), .long(6)], "5"), ("binary_all_or", [.long(1), .long(4)], "5"),
        ] as [(String, [Scalar], String)])
    func oneColumn(name: String, values: [Scalar], expected: String) throws {
        #expect(try Self.results(name, [], values.map { [$0] }) == [expected])
    }

    @Test(
        "Of nothing",
        arguments: [
            ("count", "0"), ("sum", "0"), ("avg", "NaN"), ("min", ""), ("make_list", "[]"), ("make_set", "[]"),
            ("dcount", "0"), ("stdev", "NaN"),
        ])
    func nothing(name: String, expected: String) throws {
        let aggregation = try #require(Aggregations.named(name))
        #expect(aggregation.accumulator(for: [FunctionArgument(.long)]).results.map(\.text) == [expected])
    }

    @Test(
        "With a condition: only where it is true",
        arguments: [
            ("countif", [[Scalar.bool(true)], [.bool(false)], [.null(.bool)]], "1"),
            ("sumif", [[.long(1), .bool(true)], [.long(2), .bool(false)]], "1"),
            ("dcountif", [[.long(1), .bool(true)], [.long(2), .null(.bool)]], "1"),
            ("make_list_if", [[.long(1), .bool(false)], [.long(2), .bool(true)]], "[2]"),
            ("maxif", [[.long(9), .bool(false)], [.long(2), .bool(true)]], "2"),
            ("take_anyif", [[.string("a"), .bool(false)], [.string("b"), .bool(true)]], "b"),
        ] as [(String, [[Scalar]], String)])
    func conditions(name: String, rows: [[Scalar]], expected: String) throws {
        #expect(try Self.results(name, [], rows) == [expected])
    }

    @Test("The rows of extremes; a null loses, and the first of equals wins")
    func extremes() throws {
        let rows: [[Scalar]] = [
            [.null(.long), .string("n")], [.long(2), .string("a")], [.long(2), .string("b")], [.long(1), .string("c")],
        ]
        #expect(try Self.results("arg_max", [], rows) == ["2", "a"])
        #expect(try Self.results("arg_min", [], rows) == ["1", "c"])
        #expect(try Self.results("arg_max", [], [rows[0]]) == ["", "n"])
    }

    @Test("Percentiles are values that exist")
    func percentiles() throws {
        let values = (1...10).map { [Scalar.long($0)] }
        #expect(try Self.results("percentile", [.long(50)], values) == ["5"])
        #expect(try Self.results("percentiles", [.long(25), .real(99.9)], values) == ["3", "10"])
        #expect(try Self.results("percentiles_array", [.array([.long(5), .long(100)])], values) == ["[1,10]"])
        let weighted: [[Scalar]] = [(10, 8), (20, 6), (30, 3), (40, 1)].map { [.long($0.0), .long($0.1)] }
        #expect(try Self.results("percentilesw", [.long(50), .long(75), .real(99.9)], weighted) == ["20", "20", "40"])
    }

    @Test("A schema covers all values")
    func schema() throws {
        let values = [#"{"x":1,"y":3.5}"#, #"{"x":"s","z":[1,2]}"#].map { [Scalar(Dynamic(parsing: $0))] }
        #expect(
            try Self.results("buildschema", [], values) == [
                #"{"x":["long","string"],"y":"double","z":{"`indexer`":"long"}}"#
            ])
    }

    private static func results(_ name: String, _ constants: [Scalar], _ rows: [[Scalar]]) throws -> [String] {
        let aggregation = try #require(Aggregations.named(name))
        let arguments =
            (rows.first ?? []).map { FunctionArgument($0.type) } + constants.map { FunctionArgument(constant: $0) }
        let types = try aggregation.resultTypes(of: arguments)
        var accumulator = aggregation.accumulator(for: arguments)
        for row in rows { accumulator.add(row + constants) }
        let results = accumulator.results
        #expect(results.map(\.type) == types)
        return results.map(\.text)
    }
}
