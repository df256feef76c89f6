/// What gathers the values of a group, row by row.
protocol Accumulator: Sendable {
    /// Takes the arguments of one row.
    mutating func add(_ arguments: [Scalar])
    /// One value for each of the aggregation's columns. May be asked for more than once.
    var results: [Scalar] { get }
}

/// A function of `summarize`: one value, or several, of the rows of a group.
struct Aggregation: Sendable {
    let name: String
    let aliases: [String]
    let parameters: [FunctionParameter]
    let columns: Columns
    /// What the column of a bare column's name begins with: `sum_x`, `list_x`.
    let prefix: String
    private let minimum: Int
    private let make: @Sendable ([FunctionArgument]) -> any Accumulator

    /// Which columns a call makes.
    enum Columns: Sendable {
        case one(ResultRule)
        /// One for each argument and of its type: `arg_max(v, a)`, named by the columns.
        case eachArgument
        /// One for each percentile, of the first argument's type: `percentile_x_95`. They stand from this index on.
        case eachPercentile(from: Int)
    }

    init(
        _ name: String, aliases: [String] = [], _ parameters: [FunctionParameter], minimum: Int = 0,
        prefix: String? = nil,
        _ columns: Columns, _ make: @escaping @Sendable ([FunctionArgument]) -> any Accumulator
    ) {
        self.name = name
        self.aliases = aliases
        self.parameters = parameters
        self.columns = columns
        self.prefix = prefix ?? name
        self.minimum = minimum
        self.make = make
    }

    /// An empty accumulator for a call whose arguments ``resultTypes(of:)`` accepted.
    func accumulator(for arguments: [FunctionArgument]) -> any Accumulator { make(arguments) }

    /// Checks a call and says of which types its columns are.
    ///
    /// - Throws: When the number of arguments, a type or a constant is wrong.
    func resultTypes(of arguments: [FunctionArgument]) throws(FunctionFault) -> [ScalarType] {
        let type = try binding.resultType(of: arguments)
        return switch columns {
        case .one: [type]
        case .eachArgument: arguments.map(\.type)
        case .eachPercentile(let first): Array(repeating: arguments[0].type, count: max(1, arguments.count - first))
        }
    }

    /// Calls are checked as those of functions are.
    private var binding: ScalarFunction {
        let rule = if case .one(let rule) = columns { rule } else { ResultRule.argument(0) }
        return ScalarFunction(name, parameters, layout: .list(minimum: minimum, limit: 1024), rule) { _, _ in
            .null(.dynamic)
        }
    }
}

/// The aggregations of KQL, by name. To add one, add it to its family's file.
enum Aggregations {
    static let all: [Aggregation] = [
        counts, sums, extremes, spreads, percentiles, collections, bits, sketches, digests,
    ].flatMap { $0 }

    private static let byName: [String: Aggregation] = all.reduce(into: [:]) { table, aggregation in
        for name in [aggregation.name] + aggregation.aliases { table[name] = aggregation }
    }

    /// The aggregation of a name, which is compared as it is.
    static func named(_ name: String) -> Aggregation? { byName[name] }

    /// The names, for suggestions and completion; older spellings are not among them.
    static var names: [String] { all.map(\.name) }
}

/// Hands on the rows for which a condition holds, without the condition.
struct ConditionalAccumulator: Accumulator {
    private var inner: any Accumulator
    private let condition: Int

    init(_ inner: any Accumulator, condition: Int) {
        self.inner = inner
        self.condition = condition
    }

    mutating func add(_ arguments: [Scalar]) {
        guard arguments[condition] == .bool(true) else { return }
        var rest = arguments
        rest.remove(at: condition)
        inner.add(rest)
    }

    var results: [Scalar] { inner.results }
}

extension Aggregation {
    /// The same aggregation of the rows for which a condition holds, which stands at an index of its own.
    func conditional(_ name: String, aliases: [String] = [], at index: Int, prefix: String? = nil) -> Aggregation {
        var parameters = parameters
        parameters.insert(.bool("predicate"), at: index)
        let prefix = prefix ?? (self.prefix == self.name ? name : self.prefix)
        return Aggregation(
            name, aliases: aliases, parameters, minimum: minimum == 0 ? 0 : minimum + 1, prefix: prefix, columns
        ) { arguments in
            var rest = arguments
            rest.remove(at: index)
            return ConditionalAccumulator(accumulator(for: rest), condition: index)
        }
    }
}
