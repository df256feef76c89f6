import Tables

/// From one time to another, for people: `2025-11-12 18:00:00Z – 20:05:00Z`; `nil` where one is missing.
/// One instant is written once.
func timeSpan(_ first: Timestamp?, _ last: Timestamp?) -> String? {
    guard let first, let last else { return nil }
    if first == last { return first.spaced }
    return first.spaced + " – " + (first.date == last.date ? last.timeOfDay : last.spaced)
}

/// Times of one list, as short as they can be told apart.
struct ListedTimes {
    private let isOneYear: Bool

    init(_ times: [Timestamp]) { isOneYear = Set(times.map { $0.date.prefix(4) }).count < 2 }

    /// `11-12 18:00:00`, with the year where the times are not all of one.
    func text(_ time: Timestamp?) -> String {
        time.map { String($0.spaced.dropFirst(isOneYear ? 5 : 0).dropLast()) } ?? "–"
    }
}
