extension ScalarFunctions {
    /// `iff()`, `case()`, `coalesce()`, tests for null and the like.
    static let conditions: [ScalarFunction] = [
        ScalarFunction(
            "iff", aliases: ["iif"], [.bool("if"), .any("then"), .any("else")], .common { Array($0.dropFirst()) }
        ) { arguments, _ in
            (arguments[0] == .bool(true) ? arguments[1] : arguments[2]).unified(with: arguments.dropFirst())
        },
        ScalarFunction(
            "case", [.bool("predicate"), .any("then"), .any("else")], layout: .cases, .common(caseValues)
        ) { arguments, _ in
            let met = stride(from: 0, to: arguments.count - 1, by: 2).first { arguments[$0] == .bool(true) }
            let values =
                stride(from: 1, to: arguments.count, by: 2).map { arguments[$0] } + [arguments[arguments.count - 1]]
            return arguments[met.map { $0 + 1 } ?? arguments.count - 1].unified(with: values)
        },
        ScalarFunction("coalesce", [.any("arg").repeated], layout: .list(minimum: 2, limit: 64), .common()) {
            arguments, _ in
            let first = arguments.first { $0.type == .string ? !$0.isEmpty : !$0.isNull }
            return (first ?? arguments[arguments.count - 1]).unified(with: arguments)
        },
        extreme("max_of", 1), extreme("min_of", -1),
        test("isnull", [], \.isNull), test("isnotnull", ["notnull"]) { !$0.isNull },
        test("isempty", [], \.isEmpty), test("isnotempty", ["notempty"]) { !$0.isEmpty },
        test("isascii", []) { $0.text.utf8.allSatisfy { $0 < 0x80 } }, test("isutf8", []) { _ in true },
        ScalarFunction("not", [.bool("expression")], .bool) { arguments, _ in Logic.not(arguments[0]) },
        ScalarFunction("around", [.any("value"), .any("center"), .any("delta")], .bool) { arguments, _ in
            let low = Arithmetic.subtract(arguments[1], arguments[2]), high = Arithmetic.add(arguments[1], arguments[2])
            return Comparison.between(arguments[0], low, high)
        },
        ScalarFunction("assert", [.bool("predicate"), .string("message").constant], .bool) {
            arguments, _ throws(FunctionFault) in
            guard arguments[0] == .bool(true) else {
                throw FunctionFault("RUN0001", "assert() has failed: \(arguments.text(1))")
            }
            return .bool(true)
        },
        ScalarFunction("estimate_data_size", [.any("value").repeated], layout: .list(minimum: 1, limit: 1024), .long) {
            arguments, _ in
            .long(arguments.reduce(0) { $0 + Int64(dataSize(of: $1)) })
        },
    ]

    private static func caseValues(_ arguments: [FunctionArgument]) -> [FunctionArgument] {
        arguments.enumerated().filter { $0.offset % 2 == 1 || $0.offset == arguments.count - 1 }.map(\.element)
    }

    private static func test(
        _ name: String, _ aliases: [String], _ holds: @escaping @Sendable (Scalar) -> Bool
    ) -> ScalarFunction {
        ScalarFunction(name, aliases: aliases, [.any("value")], .bool) { arguments, _ in .bool(holds(arguments[0])) }
    }

    /// Nulls are passed over.
    private static func extreme(_ name: String, _ sign: Int) -> ScalarFunction {
        ScalarFunction(name, [.any("arg").repeated], layout: .list(minimum: 2, limit: 64), .common()) { arguments, _ in
            var best: Scalar?
            for value in arguments where !value.isNull {
                guard let old = best else { best = value; continue }
                if let order = Comparison.order(value, old), order * sign > 0 { best = value }
            }
            return (best ?? arguments[0]).unified(with: arguments)
        }
    }

    /// What Kusto counts for a value in memory: its bytes.
    private static func dataSize(of value: Scalar) -> Int {
        switch value.type {
        case .bool: 1
        case .int: 4
        case .long, .real, .datetime, .timespan: 8
        case .guid, .decimal: 16
        case .string, .dynamic: value.text.utf8.count
        }
    }
}
