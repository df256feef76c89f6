/// The axis of `make-series`: steps of one length, and which of them a value falls in.
///
/// With `from a` the steps begin at `a`; otherwise, and with `in range(…)`, where `bin()` has them. `to b` is not
/// included, the end of a range is. (Kusto documentation, *make-series operator*)
struct SeriesAxis {
    private let scale: Scale
    private let type: ScalarType
    private let lower: Scalar?
    private let upper: Scalar?
    private let includesUpper: Bool
    /// The first step, and the one behind the last, where the query says so.
    let first: Int64?
    let end: Int64?

    private enum Scale {
        case whole(origin: Int64, step: Int64)
        case real(origin: Double, step: Double)

        /// The step that a value falls in; `nil` of null and far out of range.
        func place(of value: Scalar) -> Int64? {
            switch self {
            case .whole(let origin, let step):
                guard let distance = value.stored?.subtractingIfFits(origin) else { return nil }
                return distance.floorQuotient(step)
            case .real(let origin, let step):
                return value.double.flatMap { Int64(exactly: (($0 - origin) / step).rounded(.down)) }
            }
        }
    }

    init(_ series: BoundSeries, _ execution: Execution) throws(KQLFault) {
        let step = try execution.value(series.step)
        let isReal = [series.axis.type, step.type].contains { $0 == .real || $0 == .decimal }
        type = isReal ? .real : series.axis.type
        lower = try Self.bound(series.from, type, execution)
        upper = try Self.bound(series.to, type, execution)
        includesUpper = series.isInRange
        let start = series.isInRange ? nil : lower
        guard let scale = Self.scale(type, step, start) else {
            throw KQLFault("RUN0005", "make-series: the step has to be greater than zero", at: series.step.span)
        }
        self.scale = scale
        first = lower.flatMap { scale.place(of: $0) }
        end = upper.flatMap { upper in Self.end(upper, scale, isIncluded: series.isInRange) }
    }

    private static func bound(
        _ expression: BoundExpression?, _ type: ScalarType, _ execution: Execution
    ) throws(KQLFault) -> Scalar? {
        guard let expression else { return nil }
        let value = try execution.value(expression).converted(to: type)
        guard !value.isNull else {
            throw KQLFault("RUN0005", "make-series: a bound of the axis is null", at: expression.span)
        }
        return value
    }

    private static func scale(_ type: ScalarType, _ step: Scalar, _ start: Scalar?) -> Scale? {
        if type == .real {
            guard let length = step.double, length > 0 else { return nil }
            return .real(origin: start?.double ?? 0, step: length)
        }
        guard let length = step.stored, length > 0 else { return nil }
        return .whole(origin: start?.stored ?? (type == .datetime ? CivilTime.yearOne : 0), step: length)
    }

    private static func end(_ upper: Scalar, _ scale: Scale, isIncluded: Bool) -> Int64? {
        guard let place = scale.place(of: upper) else { return nil }
        let next = place.addingIfFits(1) ?? .max
        if isIncluded { return next }
        // A bound on a step's beginning leaves that step out.
        let isBeginning =
            switch scale {
            case .whole(let origin, let step): upper.stored.map { ($0 &- origin).floorRemainder(step) == 0 } ?? false
            case .real(let origin, let step): upper.double.map { origin + Double(place) * step == $0 } ?? false
            }
        return isBeginning ? place : next
    }

    /// The step of a value; `nil` where it is null or out of the axis.
    func place(of value: Scalar) -> Int64? {
        let value = value.type == type ? value : value.converted(to: type)
        if value.isNull { return nil }
        if let lower, let order = Comparison.order(value, lower), order < 0 { return nil }
        if let upper, let order = Comparison.order(value, upper), order > 0 || order == 0 && !includesUpper {
            return nil
        }
        return scale.place(of: value)
    }

    /// Where a step begins.
    func value(at place: Int64) -> Dynamic {
        switch scale {
        case .whole(let origin, let step): Scalar(integer: origin &+ place &* step, of: type).packed
        case .real(let origin, let step): .real(origin + Double(place) * step)
        }
    }
}
