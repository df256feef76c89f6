import Testing

@testable import KQL

@Suite("Calls are checked before they run")
struct FunctionBindingTests {
    @Test(
        "Each wrong call with what is said of it",
        arguments: [
            (
                "extract", ["string", "long", "dynamic"],
                "SEM0202 extract(): argument #3 expected to be a string expression"
            ),
            ("trim", ["string", "dynamic"], "SEM0202 trim(): argument #2 expected to be a string expression"),
            ("strlen", [], "SEM0001 strlen(): 0 arguments given, but it takes (string)"),
            ("iff", ["bool", "string", "long"], "SEM0001 iff(): types do not match: bool, string, long"),
            ("iff", ["long", "long", "long"], "SEM0202 iff(): argument #1 expected to be bool expression"),
            ("abs", ["string"], "SEM0202 abs(): argument #1 expected to be a number expression"),
            ("format_datetime", ["datetime", "string"], "SEM0001 format_datetime(): argument #2 must be a constant"),
            ("case", ["bool", "long"], "SEM0001 case(): 2 arguments given, but it takes (predicate, then, …, else)"),
        ])
    func wrong(name: String, types: [String], message: String) throws {
        let function = try #require(ScalarFunctions.named(name))
        let arguments = types.compactMap(ScalarType.init(written:)).map { FunctionArgument($0) }
        let fault = #expect(throws: FunctionFault.self) { try function.resultType(of: arguments) }
        #expect(fault.map { "\($0.code) \($0.message)" } == message)
    }

    @Test(
        "Each wrong constant with the code of its refusal",
        arguments: [
            ("extract", [Scalar.string("(a"), .long(1), .string("x")], "SYN0420"),
            ("extract", [Scalar.string("(?=a)"), .long(1), .string("x")], "SYN0420"),
            ("extract_all", [Scalar.string("a"), .string("x")], "SEM0420"),
            ("format_datetime", [Scalar.datetime(0), .string("QQ")], "SEM0001"),
            ("repeat", [Scalar.bag([("a", .long(1))]), .long(3)], "SEM0202"),
            ("datetime_diff", [Scalar.string("fortnight"), .datetime(0), .datetime(0)], "SEM0001"),
        ])
    func constants(name: String, arguments: [Scalar], code: String) throws {
        let function = try #require(ScalarFunctions.named(name))
        let fault = #expect(throws: FunctionFault.self) {
            try function.resultType(of: arguments.map { FunctionArgument(constant: $0) })
        }
        #expect(fault?.code == code)
    }

    @Test(
        "A result's type follows its arguments",
        arguments: [
            ("iff", ["bool", "int", "real"], "real"), ("coalesce", ["long", "int"], "long"),
            ("bin", ["int", "int"], "long"),
            ("bin", ["datetime", "timespan"], "datetime"), ("max_of", ["datetime", "datetime"], "datetime"),
            ("round", ["real"], "real"), ("tostring", ["dynamic"], "string"),
            ("iff", ["bool", "dynamic", "string"], "string"),
        ])
    func types(name: String, types: [String], expected: String) throws {
        let function = try #require(ScalarFunctions.named(name))
        let arguments = types.compactMap(ScalarType.init(written:)).map { FunctionArgument($0) }
        #expect(try function.resultType(of: arguments).rawValue == expected)
    }

    @Test(
        "An unknown name is refused with the nearest, and an environment's with the reason",
        arguments: [
            ("tolowr", "SEM0260 Unknown function: 'tolowr' Did you mean 'tolower'?"),
            ("min_by", "SEM0260 Unknown function: 'min_by' Did you mean 'min_of'?"),
            (
                "_GetWatchlist",
                "SEM0001 _GetWatchlist() is not available locally: watchlists belong to a Sentinel workspace "
            ),
            ("geo_polygon_area", "UNS0001 geo_polygon_area() is not implemented "),
            ("hash_many", "UNS0001 hash_many() is not implemented "),
        ])
    func unknown(name: String, expected: String) {
        let fault = ScalarFunctions.fault(ofUnknown: name)
        #expect("\(fault.code) \(fault.message) \(fault.suggestion ?? "")" == expected)
    }

    @Test(
        "Extreme numbers do not end the program",
        arguments: [
            ("tohex(1, -9223372036854775807 - 1)", "1"), ("round(todecimal('1.5'), -9223372036854775807)", "0"),
            ("series_periods_detect(dynamic([1, 5, 1, 5, 1, 5, 1, 5]), -1.0e300, 1.0e300, 1)[0]", "[0.0]"),
            ("series_decompose(dynamic([1, 2]), 9223372036854775807)[1]", "[0.0,0.0]"),
            ("abs(-9223372036854775807 - 1)", "-9223372036854775808"),
            ("5 % (-9223372036854775807 - 1)", "5"), ("-5 % (-9223372036854775807 - 1)", "9223372036854775803"),
            ("array_slice(dynamic([1, 2]), -9223372036854775807, 9223372036854775807)", "[1,2]"),
            ("array_rotate_left(dynamic([1, 2, 3]), -9223372036854775807 - 1)", "[2,3,1]"),
            ("datetime_add('month', 9223372036854775807, datetime(2025-01-01))", ""),
            ("startofweek(datetime(0001-01-01))", ""),
            ("substring('abc', -9223372036854775807, 9223372036854775807)", "abc"),
            ("datetime_utc_to_local(datetime(2025-01-01), '../x')", ""),
            ("range(9223372036854775806, 9223372036854775807)", "[9223372036854775806,9223372036854775807]"),
            ("bin(-9223372036854775807, 4)", "-9223372036854775808"), ("bin_at(9223372036854775807, 1, -2)", ""),
        ])
    func extremes(call: String, expected: String) throws {
        var evaluator = try ExpressionEvaluator("print " + call)
        #expect(try evaluator.row()[0].value.text == expected)
    }

    @Test("No name stands for two functions; a few merge values as well as rows")
    func names() {
        let functions = ScalarFunctions.all.flatMap { [$0.name] + $0.aliases }
        let aggregations = Aggregations.all.flatMap { [$0.name] + $0.aliases }
        #expect(Set(functions).count == functions.count && Set(aggregations).count == aggregations.count)
        let both = Set(functions).intersection(aggregations)
        #expect(both == ["hll_merge", "tdigest_merge", "merge_tdigest", "merge_tdigests"])
    }

    @Test(
        "Hostile sizes stay within limits",
        arguments: [
            "strlen(strrep('abc', 1000000000))", "array_length(repeat(1, 1000000000))",
            "array_length(range(1, 1000000000))",
            "strlen(replace_string(strrep('a', 1048576), 'a', 'bbbbbbbbbb'))", "strlen(tohex(1, 1000000000))",
        ])
    func limits(call: String) throws {
        var evaluator = try ExpressionEvaluator("print " + call)
        #expect(try evaluator.row()[0].value.long ?? .max <= Int64(ValueLimits.bytes))
    }
}
