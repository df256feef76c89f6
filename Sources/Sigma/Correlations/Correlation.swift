/// What a Sigma correlation asks of the matches of other rules (Sigma correlation rules specification 2.0.2; the types
/// that sum up values are pySigma's, the specification's reference implementation).
struct Correlation: Sendable {
    enum Kind: String, CaseIterable, Sendable {
        case eventCount = "event_count"
        case valueCount = "value_count"
        case temporal
        case temporalOrdered = "temporal_ordered"
        case valueSum = "value_sum"
        case valueAverage = "value_avg"
        case valueMedian = "value_median"
        case valuePercentile = "value_percentile"

        /// Whether it is about which rules matched, not about how often or with what.
        var isTemporal: Bool { self == .temporal || self == .temporalOrdered }

        /// Whether it looks at the values of a field.
        var hasField: Bool { !isTemporal && self != .eventCount }

        /// Whether more events never make its figure smaller.
        var growsWithEvents: Bool { [.eventCount, .valueCount, .temporal].contains(self) }
    }

    let kind: Kind
    /// Ids or names of rules.
    let rules: [String]
    /// Fields, or aliases of fields; the events of a group have the same values there.
    let groupBy: [String]
    let aliases: [Alias]
    /// In ticks; both ends included.
    let timespan: Int64
    /// All must hold.
    let thresholds: [Threshold]
    /// The field whose values are counted or summed up.
    let field: String?
    /// Of ``Kind/valuePercentile``: from 0 to 100.
    let percentile: Double
    /// Whether the rules it refers to are reported by themselves as well.
    let generates: Bool

    /// A name that stands for another field in the events of each rule.
    struct Alias: Sendable {
        let name: String
        let fields: [(rule: String, path: FieldPath)]
    }

    /// What a figure must be like.
    struct Threshold: Sendable {
        let comparison: Comparison
        let number: Double
        let isNegated: Bool
    }

    /// Whether a figure passes all thresholds.
    func holds(_ figure: Double) -> Bool {
        thresholds.allSatisfy { $0.comparison.holds(figure, $0.number) != $0.isNegated }
    }

    /// Whether a window that holds goes on holding when events join it.
    var isMonotone: Bool {
        kind.growsWithEvents && thresholds.allSatisfy { [.greater, .greaterOrEqual].contains($0.comparison) }
    }
}
