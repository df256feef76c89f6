/// The type of a function's result by its arguments.
struct ResultRule: Sendable {
    /// `nil` where the arguments do not go together.
    let type: @Sendable ([FunctionArgument]) -> ScalarType?

    init(_ type: @escaping @Sendable ([FunctionArgument]) -> ScalarType?) { self.type = type }

    static let bool = ResultRule.of(.bool), long = ResultRule.of(.long), real = ResultRule.of(.real)
    static let string = ResultRule.of(.string), dynamic = ResultRule.of(.dynamic), datetime = ResultRule.of(.datetime)
    static let timespan = ResultRule.of(.timespan), guid = ResultRule.of(.guid)

    static func of(_ type: ScalarType) -> ResultRule { ResultRule { _ in type } }

    /// The type of one argument.
    static func argument(_ index: Int) -> ResultRule {
        ResultRule { $0.indices.contains(index) ? $0[index].type : nil }
    }

    /// The type that the chosen arguments share.
    static func common(_ choose: @escaping @Sendable ([FunctionArgument]) -> [FunctionArgument] = { $0 }) -> ResultRule
    {
        ResultRule { sharedType(choose($0).map(\.type)) }
    }

    /// As the type named by `typeof(…)` in the last place, else a default.
    static func named(at index: Int, else type: ScalarType) -> ResultRule {
        ResultRule { arguments in
            guard arguments.indices.contains(index) else { return type }
            return arguments[index].constant.flatMap { ScalarType(written: $0.text) }
        }
    }

    /// Numbers widen; a dynamic among others takes their type.
    static func sharedType(_ types: [ScalarType]) -> ScalarType? {
        let typed = types.filter { $0 != .dynamic }
        guard let first = typed.first else { return types.first }
        return typed.dropFirst().reduce(first) { common, type in common.flatMap { ScalarType.common($0, type) } }
    }
}

extension Scalar {
    /// This value as one of the type that a list of values shares: what `iff()`, `coalesce()` and `max_of()` give.
    func unified(with others: some Sequence<Scalar>) -> Scalar {
        guard let shared = ResultRule.sharedType(others.map(\.type)) else { return self }
        return converted(to: shared)
    }
}
