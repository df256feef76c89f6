/// The different values of a group by their hashes: exact up to 65 536 of them, and then the smallest hashes, from
/// whose density the number is estimated, to about 0.4 %.
struct DistinctSketch: Sendable {
    private(set) var hashes: Set<UInt64> = []
    /// Hashes above it are no longer kept.
    private var bound = UInt64.max

    private static let limit = 1 << 16

    init() {}

    mutating func add(_ value: Scalar) { add(hash: ScalarFunctions.hash(of: value)) }

    mutating func add(hash: UInt64) {
        guard hash <= bound else { return }
        hashes.insert(hash)
        if hashes.count > 2 * Self.limit { compact() }
    }

    /// Down to the limit.
    private mutating func compact() {
        guard hashes.count >= Self.limit else { return }
        let smallest = hashes.sorted().prefix(Self.limit)
        hashes = Set(smallest)
        bound = smallest.last ?? bound
    }

    mutating func merge(_ other: DistinctSketch) {
        if other.bound < bound {
            bound = other.bound
            hashes = hashes.filter { $0 <= other.bound }
        }
        for hash in other.hashes { add(hash: hash) }
    }

    /// How many different values there were.
    var estimate: Double {
        guard bound < .max, hashes.count > 1 else { return Double(hashes.count) }
        return Double(hashes.count - 1) / (Double(bound) / 0x1p64)
    }

    /// How many values all of these have.
    static func common(_ sketches: [DistinctSketch]) -> Double {
        var union = DistinctSketch()
        for sketch in sketches { union.merge(sketch) }
        guard !union.hashes.isEmpty else { return 0 }
        let shared = union.hashes.filter { hash in sketches.allSatisfy { $0.hashes.contains(hash) } }
        return union.estimate * Double(shared.count) / Double(union.hashes.count)
    }

    /// As `hll()` gives it: the precision, then the hashes in order. The engine's own form differs, and neither is
    /// meant to be read.
    var dynamic: Dynamic {
        var kept = self
        kept.compact()
        return .array([
            .array([.long(1024), .long(14)]), .array(kept.hashes.sorted().map { .long(Int64(bitPattern: $0)) }),
        ])
    }

    /// `nil` for what ``dynamic`` did not make.
    init?(_ dynamic: Dynamic) {
        guard let parts = dynamic.elements, parts.count == 2, let hashes = parts[1].elements else { return nil }
        for hash in hashes {
            guard case .long(let hash) = hash else { return nil }
            add(hash: UInt64(bitPattern: hash))
        }
        compact()
    }
}

extension Aggregations {
    /// `hll()` and what merges its results.
    static let sketches: [Aggregation] = [
        hll, hll.conditional("hll_if", aliases: ["hllif"], at: 1),
        Aggregation("hll_merge", [.dynamic("hll")], .one(.dynamic)) { _ in Sketches(isMerging: true) },
    ]

    private static let hll = Aggregation(
        "hll", [.any("expr"), .integer("accuracy").optional.constant], .one(.dynamic)
    ) { _ in Sketches(isMerging: false) }

    private struct Sketches: Accumulator {
        let isMerging: Bool
        private var sketch = DistinctSketch()

        init(isMerging: Bool) { self.isMerging = isMerging }

        mutating func add(_ arguments: [Scalar]) {
            if isMerging {
                if let other = DistinctSketch(arguments[0].packed) { sketch.merge(other) }
            } else if !arguments[0].isNull {
                sketch.add(arguments[0])
            }
        }

        var results: [Scalar] { [Scalar(sketch.dynamic)] }
    }
}

extension ScalarFunctions {
    /// What is done with the results of `hll()`.
    static let sketches: [ScalarFunction] = [
        ScalarFunction("dcount_hll", [.dynamic("hll")], .long, naming: .functionAndArgument) { arguments, _ in
            Scalar(DistinctSketch(arguments.packed(0)).map { Int64($0.estimate.rounded()) })
        },
        ScalarFunction("hll_merge", [.dynamic("hll").repeated], layout: .list(minimum: 2, limit: 64), .dynamic) {
            arguments, _ in
            var merged = DistinctSketch()
            for argument in arguments {
                guard let sketch = DistinctSketch(argument.packed) else { return .null(.dynamic) }
                merged.merge(sketch)
            }
            return Scalar(merged.dynamic)
        },
    ]
}
