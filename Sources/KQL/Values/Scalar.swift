/// One value of a query.
///
/// Every type but `string` has a null of its own; `string` has the empty text instead, which ``none(_:)`` knows.
/// Two values are the same (`==`, hashing) as keys of `summarize` and `join` are: null is null and NaN is NaN, types
/// differ, and texts compare by their bytes. What KQL's own `==` says is in ``Comparison``.
enum Scalar: Sendable {
    /// Never of `string`.
    case null(ScalarType)
    case bool(Bool)
    case int(Int32)
    case long(Int64)
    case real(Double)
    case decimal(DecimalNumber)
    /// In ticks of 100 ns since 1970, UTC, as `Timestamp` has it; within ``DatetimeText/range``.
    case datetime(Int64)
    /// In ticks of 100 ns.
    case timespan(Int64)
    case guid(GUID)
    case string(String)
    /// Never `.null`.
    case dynamic(Dynamic)

    /// The null of a type, which for `string` is the empty text.
    static func none(_ type: ScalarType) -> Scalar { type == .string ? .string("") : .null(type) }

    /// A dynamic value; JSON's null is the null of the type.
    init(_ dynamic: Dynamic) { self = dynamic.isNull ? .null(.dynamic) : .dynamic(dynamic) }

    init(_ bool: Bool?) { self = bool.map { .bool($0) } ?? .null(.bool) }
    init(_ long: Int64?) { self = long.map { .long($0) } ?? .null(.long) }
    init(_ real: Double?) { self = real.map { .real($0) } ?? .null(.real) }

    /// A point in time by its ticks; null outside the years 1 to 9999.
    init(datetime ticks: Int64?) {
        guard let ticks, DatetimeText.range.contains(ticks) else { self = .null(.datetime); return }
        self = .datetime(ticks)
    }

    init(timespan ticks: Int64?) { self = ticks.map { .timespan($0) } ?? .null(.timespan) }

    var type: ScalarType {
        switch self {
        case .null(let type): type
        case .bool: .bool
        case .int: .int
        case .long: .long
        case .real: .real
        case .decimal: .decimal
        case .datetime: .datetime
        case .timespan: .timespan
        case .guid: .guid
        case .string: .string
        case .dynamic: .dynamic
        }
    }

    /// As `isnull()` has it: never true of a string.
    var isNull: Bool {
        switch self {
        case .null: true
        case .dynamic(let value): value.isNull
        default: false
        }
    }

    /// As `isempty()` has it: null or without text.
    var isEmpty: Bool {
        switch self {
        case .string(let text), .dynamic(.string(let text)): text.isEmpty
        default: isNull
        }
    }
}

extension Scalar: Hashable {
    static func == (left: Scalar, right: Scalar) -> Bool {
        switch (left, right) {
        case (.null(let left), .null(let right)): left == right
        case (.bool(let left), .bool(let right)): left == right
        case (.int(let left), .int(let right)): left == right
        case (.long(let left), .long(let right)): left == right
        case (.real(let left), .real(let right)): left == right || left.isNaN && right.isNaN
        case (.decimal(let left), .decimal(let right)): left == right
        case (.datetime(let left), .datetime(let right)): left == right
        case (.timespan(let left), .timespan(let right)): left == right
        case (.guid(let left), .guid(let right)): left == right
        case (.string(let left), .string(let right)): left.isSame(as: right)
        case (.dynamic(let left), .dynamic(let right)): left == right
        default: false
        }
    }

    func hash(into hasher: inout Hasher) {
        switch self {
        case .null(let type): hasher.combine(type)
        case .bool(let bool): hasher.combine(bool)
        case .int(let int): hasher.combine(int)
        case .long(let long), .datetime(let long), .timespan(let long): hasher.combine(long)
        case .real(let real): hasher.combine(real.isNaN ? .nan : real)
        case .decimal(let decimal): hasher.combine(decimal)
        case .guid(let guid): hasher.combine(guid)
        case .string(let text): hasher.combine(bytesOf: text)
        case .dynamic(let dynamic): hasher.combine(dynamic)
        }
    }
}
