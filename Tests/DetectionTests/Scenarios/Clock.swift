import Tables

/// Times of the scenario, in milliseconds since 1970.
///
/// Two weeks are dense. The sixty days before them are kept thin, a sign-in of everybody every fortnight or so: enough
/// for a past that detectors can learn from and for accounts to fall dormant, without ten times the events.
enum Clock {
    static let second = 1000
    static let minute = 60 * second
    static let hour = 60 * minute
    static let day = 24 * hour
    /// Days of the thin past.
    static let past = 60
    /// Days of the dense weeks.
    static let days = 14
    /// Midnight (UTC) of the first dense day, Monday, 2 March 2026.
    static let start = 20_514 * day
    /// With half a day for evenings west of UTC.
    static let range = (start - past * day - hour)...(start + days * day + day / 2)

    /// Whether a dense day, counted from 0, is a Saturday or Sunday.
    static func isWeekend(_ day: Int) -> Bool { day % 7 >= 5 }

    /// A dense day's clock time in a city.
    static func time(day: Int, minutes: Int, in city: City) -> Int {
        start + day * Self.day + minutes * minute - city.hoursEast * hour
    }

    static func text(_ time: Int) -> String {
        let stamp = Timestamp(ticks: Int64(time) * 10_000).description
        // Okta always writes milliseconds.
        return stamp.utf8.count == 20 ? stamp.dropLast() + ".000Z" : stamp
    }
}
