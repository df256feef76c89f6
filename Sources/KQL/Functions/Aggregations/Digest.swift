/// Values with how often each came, in order, for ranks and percentiles: exact up to 65 536 different values, and then
/// with neighbours put together.
struct Digest: Sendable {
    private(set) var entries: [(value: Scalar, weight: Double)] = []
    private var isSorted = true

    private static let limit = 1 << 16

    init() {}

    mutating func add(_ value: Scalar, weight: Double = 1) {
        guard !value.isNull, weight > 0 else { return }
        entries.append((value, weight))
        isSorted = false
        if entries.count > 4 * Self.limit { compact() }
    }

    mutating func merge(_ other: Digest) { for entry in other.entries { add(entry.value, weight: entry.weight) } }

    /// Sorted, equal values together; where they are too many, every second joins the one before it.
    mutating func compact() {
        guard !isSorted else { return }
        isSorted = true
        entries.sort { (Comparison.order($0.value, $1.value) ?? 0) < 0 }
        var together: [(value: Scalar, weight: Double)] = []
        for entry in entries {
            if let last = together.last, last.value == entry.value {
                together[together.count - 1].weight += entry.weight
            } else {
                together.append(entry)
            }
        }
        while together.count > Self.limit {
            together = stride(from: 0, to: together.count, by: 2).map { index in
                let next = index + 1 < together.count ? together[index + 1].weight : 0
                return (together[index].value, together[index].weight + next)
            }
        }
        entries = together
    }

    private var total: Double { entries.reduce(0) { $0 + $1.weight } }

    /// How many values are not above one.
    func rank(of value: Scalar) -> Double {
        entries.reduce(0) { (Comparison.order($1.value, value) ?? 1) <= 0 ? $0 + $1.weight : $0 }
    }

    /// The same as a share of all, in per cent.
    func percentRank(of value: Scalar) -> Double? { total > 0 ? rank(of: value) / total * 100 : nil }

    /// The value of the nearest rank; `nil` of nothing.
    func percentile(_ percent: Double) -> Scalar? {
        guard (0...100).contains(percent) else { return nil }
        var left = max(1, (percent / 100 * total).rounded(.up))
        for entry in entries {
            left -= entry.weight
            if left <= 0 { return entry.value }
        }
        return entries.last?.value
    }
}

extension Digest {
    /// As `tdigest()` gives it: the values in order, then their weights. The engine's own form differs, and neither is
    /// meant to be read.
    var dynamic: Dynamic {
        var sorted = self
        sorted.compact()
        return .array([
            .array([.long(0)]), .array(sorted.entries.map(\.value.packed)),
            .array(sorted.entries.map { .real($0.weight) }),
        ])
    }

    /// `nil` for what ``dynamic`` did not make.
    init?(_ dynamic: Dynamic) {
        guard let parts = dynamic.elements, parts.count == 3, let values = parts[1].elements,
            let weights = parts[2].elements, values.count == weights.count
        else { return nil }
        for (value, weight) in zip(values, weights) { add(Self.typed(value), weight: Scalar(weight).double ?? 0) }
        compact()
    }

    /// As the value of a type of its own, which dynamic values do not compare as.
    private static func typed(_ value: Dynamic) -> Scalar {
        switch value {
        case .long(let long): .long(long)
        case .real(let real): .real(real)
        case .datetime(let ticks): .datetime(ticks)
        case .timespan(let ticks): .timespan(ticks)
        case .decimal(let decimal): .decimal(decimal)
        default: Scalar(value)
        }
    }
}

extension Aggregations {
    /// `tdigest()` and what merges its results.
    static let digests: [Aggregation] = [
        tdigest, tdigest.conditional("tdigest_if", aliases: ["tdigestif"], at: 1),
        Aggregation(
            "tdigest_merge", aliases: ["merge_tdigest", "merge_tdigests"], [.dynamic("tdigest")],
            prefix: "tdigest_merge", .one(.dynamic)
        ) { _ in Digests(isMerging: true) },
    ]

    private static let tdigest = Aggregation(
        "tdigest",
        [FunctionParameter("expr", [.number, .datetime, .timespan]), .integer("weight").optional], .one(.dynamic)
    ) { _ in Digests(isMerging: false) }

    private struct Digests: Accumulator {
        let isMerging: Bool
        private var digest = Digest()

        init(isMerging: Bool) { self.isMerging = isMerging }

        mutating func add(_ arguments: [Scalar]) {
            if isMerging {
                if let other = Digest(arguments[0].packed) { digest.merge(other) }
            } else {
                digest.add(arguments[0], weight: arguments.count > 1 ? arguments[1].double ?? 0 : 1)
            }
        }

        var results: [Scalar] { [Scalar(digest.dynamic)] }
    }
}

extension ScalarFunctions {
    /// What is done with the results of `tdigest()`.
    static let digests: [ScalarFunction] = [
        ScalarFunction("rank_tdigest", [.dynamic("digest"), .any("value")], .real) { arguments, _ in
            Scalar(Digest(arguments.packed(0)).map { $0.rank(of: arguments[1]) })
        },
        ScalarFunction("percentrank_tdigest", [.dynamic("digest"), .any("value")], .real) { arguments, _ in
            Scalar(Digest(arguments.packed(0)).flatMap { $0.percentRank(of: arguments[1]) })
        },
        ScalarFunction(
            "percentile_tdigest", [.dynamic("tdigest"), .number("percentile"), .typeName.optional],
            .named(at: 2, else: .dynamic), naming: .functionAndArgument
        ) { arguments, _ in
            let type = arguments.count > 2 ? ScalarType(written: arguments.text(2)) ?? .dynamic : .dynamic
            guard let value = Digest(arguments.packed(0))?.percentile(arguments.real(1) ?? .nan) else {
                return .none(type)
            }
            return type == .dynamic ? Scalar(value.packed) : value.converted(to: type)
        },
        ScalarFunction(
            "percentiles_array_tdigest", aliases: ["percentile_array_tdigest"],
            [.dynamic("tdigest"), FunctionParameter("percentile", [.number, .dynamic]).repeated],
            layout: .list(minimum: 2, limit: 64), .dynamic
        ) { arguments, _ in
            guard let digest = Digest(arguments.packed(0)) else { return .null(.dynamic) }
            let percents = arguments.dropFirst().flatMap { $0.packed.elements ?? [$0.packed] }
            return .array(percents.map { digest.percentile(Scalar($0).double ?? .nan)?.packed ?? .null })
        },
        ScalarFunction(
            "tdigest_merge", aliases: ["merge_tdigest", "merge_tdigests"], [.dynamic("tdigest").repeated],
            layout: .list(minimum: 2, limit: 64), .dynamic
        ) { arguments, _ in
            var merged = Digest()
            for argument in arguments {
                guard let digest = Digest(argument.packed) else { return .null(.dynamic) }
                merged.merge(digest)
            }
            return Scalar(merged.dynamic)
        },
    ]
}
