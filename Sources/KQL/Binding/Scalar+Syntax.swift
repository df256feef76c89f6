internal import Tables

extension Scalar {
    /// The value that a query writes out.
    init(_ literal: Literal) {
        self =
            switch literal {
            case .bool(let bool): Scalar(bool)
            case .int(let int): int.map { .int($0) } ?? .null(.int)
            case .long(let long): Scalar(long)
            case .real(let real): Scalar(real)
            case .decimal(let digits): digits.flatMap { DecimalNumber($0) }.map { .decimal($0) } ?? .null(.decimal)
            case .datetime(let time): Scalar(datetime: time?.ticks)
            case .timespan(let span): Scalar(timespan: span?.ticks)
            case .guid(let text): text.flatMap { GUID($0) }.map { .guid($0) } ?? .null(.guid)
            case .string(let text): .string(text)
            case .dynamic(let value): Scalar(Dynamic(value))
            case .type(let type): .string(type.rawValue)
            }
    }
}

extension Dynamic {
    /// The value that a query writes out.
    init(_ literal: DynamicLiteral) {
        self =
            switch literal {
            case .null: .null
            case .bool(let bool): .bool(bool)
            case .long(let long): .long(long)
            case .real(let real): .real(real)
            case .string(let text): .string(text)
            case .datetime(let time): .datetime(time.ticks)
            case .timespan(let span): .timespan(span.ticks)
            case .guid(let text): GUID(text).map { .guid($0) } ?? .string(text)
            case .array(let elements): .array(elements.map { Dynamic($0) })
            case .bag(let members): .bag(Bag(members.map { Bag.Member($0.key, Dynamic($0.value)) }))
            }
    }
}
