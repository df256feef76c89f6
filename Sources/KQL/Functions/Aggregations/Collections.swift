extension Aggregations {
    /// Arrays, sets and bags of a group's values; a second argument bounds their size.
    static let collections: [Aggregation] = [
        list, list.conditional("make_list_if", at: 1),
        Aggregation("make_list_with_nulls", [.any("expr")], prefix: "list", .one(.dynamic)) {
            List($0, keepsNulls: true)
        },
        set, set.conditional("make_set_if", at: 1), bag, bag.conditional("make_bag_if", at: 1),
        Aggregation("buildschema", [.dynamic("expr")], prefix: "schema", .one(.dynamic)) { _ in SchemaBuilder() },
    ]

    private static let limit = FunctionParameter.integer("max_size").optional.constant
    private static let list = Aggregation(
        "make_list", aliases: ["makelist"], [.any("expr"), limit], prefix: "list", .one(.dynamic)
    ) {
        List($0, keepsNulls: false)
    }
    private static let set = Aggregation(
        "make_set", aliases: ["makeset"], [.any("expr"), limit], prefix: "set", .one(.dynamic)
    ) {
        DistinctList($0)
    }
    private static let bag = Aggregation(
        "make_bag", aliases: ["make_dictionary"], [.dynamic("expr"), limit], prefix: "bag", .one(.dynamic)
    ) { Bags($0) }

    private static func size(_ arguments: [FunctionArgument]) -> Int {
        let asked = arguments.count > 1 ? arguments[1].constant?.long : nil
        return asked.map { Swift.min(Swift.max(Int(clamping: $0), 0), ValueLimits.elements) } ?? ValueLimits.elements
    }

    /// Arrays of a dynamic argument are taken apart, one level deep.
    private struct List: Accumulator {
        private let limit: Int
        private let keepsNulls: Bool
        private var elements: [Dynamic] = []

        init(_ arguments: [FunctionArgument], keepsNulls: Bool) {
            limit = size(arguments)
            // A null inside JSON is a value; other types' nulls are none.
            self.keepsNulls = keepsNulls || arguments[0].type == .dynamic
        }

        mutating func add(_ arguments: [Scalar]) {
            guard elements.count < limit, keepsNulls || !arguments[0].isNull else { return }
            let packed = arguments[0].packed
            if case .dynamic = arguments[0], let inner = packed.elements {
                elements += inner.prefix(limit - elements.count)
            } else {
                elements.append(packed)
            }
        }

        var results: [Scalar] { [.array(elements)] }
    }

    /// In order of first appearance.
    private struct DistinctList: Accumulator {
        private let limit: Int
        private var elements: [Dynamic] = []
        private var seen: Set<Dynamic> = []

        init(_ arguments: [FunctionArgument]) { limit = size(arguments) }

        mutating func add(_ arguments: [Scalar]) {
            if arguments[0].isNull { return }
            let packed = arguments[0].packed
            let inner = if case .dynamic = arguments[0] { packed.elements ?? [packed] } else { [packed] }
            for element in inner where elements.count < limit && seen.insert(element).inserted {
                elements.append(element)
            }
        }

        var results: [Scalar] { [.array(elements)] }
    }

    /// The first value of a key stays.
    private struct Bags: Accumulator {
        private let limit: Int
        private var builder = BagBuilder()

        init(_ arguments: [FunctionArgument]) { limit = size(arguments) }

        mutating func add(_ arguments: [Scalar]) {
            for member in arguments[0].packed.bag?.members ?? [] where builder.bag.members.count < limit {
                builder.add(member.key, member.value)
            }
        }

        var results: [Scalar] { [.dynamic(.bag(builder.bag))] }
    }
}
