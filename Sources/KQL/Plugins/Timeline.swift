internal import Events

/// Points on a time line, which may as well be whole numbers, and the bins that they fall in.
struct Timeline: Sendable {
    let type: ScalarType
    private let step: Step
    /// Where the bins begin; `nil`: at zero, which for dates is the year 1.
    private let origin: Int64?

    /// The width of a bin.
    private enum Step {
        case width(Int64)
        case week, month, year
    }

    /// - Throws: Where the types do not fit or the width is not positive.
    init(_ type: ScalarType, step: Scalar, from origin: Scalar? = nil, of plugin: String) throws(FunctionFault) {
        self.type = type
        self.origin = origin.flatMap(Self.place)
        guard [.datetime, .timespan, .long, .int].contains(type) else {
            throw FunctionFault(
                "SEM0001", "\(plugin): the time line is of type \(type.rawValue), not a time or a whole number")
        }
        switch step {
        case .string("week") where type == .datetime: self.step = .week
        case .string("month") where type == .datetime: self.step = .month
        case .string("year") where type == .datetime: self.step = .year
        default:
            let fits = type.isInteger ? step.type.isInteger : step.type == .timespan
            guard fits, let width = Self.place(step), width > 0 else {
                throw FunctionFault("SEM0001", "\(plugin): '\(step.text)' is no width of a bin")
            }
            self.step = .width(width)
        }
    }

    /// As a number: ticks of times.
    static func place(_ value: Scalar) -> Int64? {
        switch value {
        case .datetime(let ticks), .timespan(let ticks): ticks
        default: value.type.isInteger ? value.long : nil
        }
    }

    func scalar(_ place: Int64) -> Scalar {
        switch type {
        case .datetime: Scalar(datetime: place)
        case .timespan: .timespan(place)
        case .int: Scalar(Int32(exactly: place).map { Int64($0) }).converted(to: .int)
        default: .long(place)
        }
    }

    /// The beginning of the bin that a place is in.
    func bin(_ place: Int64) -> Int64 {
        switch step {
        case .width(let width):
            let origin = origin ?? (type == .datetime ? DatetimeText.range.lowerBound : 0)
            let (distance, overflow) = place.subtractingReportingOverflow(origin)
            return overflow ? place : place &- distance.floorRemainder(width)
        case .week: return calendar("startofweek", place)
        case .month: return calendar("startofmonth", place)
        case .year: return calendar("startofyear", place)
        }
    }

    /// The bin after one; `nil` at the end of time.
    func next(_ bin: Int64) -> Int64? {
        switch step {
        case .width(let width):
            let (next, overflow) = bin.addingReportingOverflow(width)
            return overflow ? nil : next
        case .week: return after(bin, days: 7)
        case .month: return after(bin, days: 31)
        case .year: return after(bin, days: 366)
        }
    }

    private func after(_ bin: Int64, days: Int64) -> Int64? {
        let next = self.bin(bin + days * 864_000_000_000)
        return DatetimeText.range.contains(next) && next > bin ? next : nil
    }

    private func calendar(_ function: String, _ place: Int64) -> Int64 {
        let context = EvaluationContext(now: 0)
        let value = try? ScalarFunctions.named(function)?.evaluate([.datetime(place)], context)
        return value.flatMap(Self.place) ?? place
    }
}
