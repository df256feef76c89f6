internal import Foundation
internal import Tables

/// A time zone that a question names.
struct HuntZone: Hashable, Sendable {
    /// As the question wrote it.
    let name: String
    private let rule: Rule

    private enum Rule: Hashable, Sendable {
        /// Seconds east of UTC.
        case offset(Int64)
        case place(TimeZone)
    }

    static let utc = HuntZone(name: "UTC", rule: .offset(0))

    private init(name: String, rule: Rule) {
        self.name = name
        self.rule = rule
    }

    /// Reads `UTC`, `Z`, `+02:00`, `UTC+2`, `GMT-5`, `CET`, `America/New_York`; `nil` for anything else.
    init?(_ text: String) {
        let upper = text.uppercased()
        if let hours = Self.abbreviations[upper] {
            self.init(name: text, rule: .offset(Int64(hours * 3600)))
        } else if let place = Self.places[upper], let zone = TimeZone(identifier: place) {
            self.init(name: text, rule: .place(zone))
        } else if let offset = Self.offset(upper) {
            self.init(name: text, rule: .offset(offset))
        } else if text.contains("/"), text.utf8.count < 40, let name = Self.identifier(text),
            let zone = TimeZone(identifier: name)
        {
            self.init(name: name, rule: .place(zone))
        } else {
            return nil
        }
    }

    /// The instant at which clocks of the zone show a civil time, given in seconds since 1970 as if it were UTC.
    ///
    /// Where clocks are set back the earlier instant; a time that is skipped is read with the offset before it.
    func instant(_ civil: Int64) -> Timestamp {
        let offset: Int64
        switch rule {
        case .offset(let seconds): offset = seconds
        case .place(let zone):
            let before = Self.offset(of: zone, at: civil - 86_400), after = Self.offset(of: zone, at: civil + 86_400)
            let isEarlier = Self.offset(of: zone, at: civil - before) == before
            offset = isEarlier || Self.offset(of: zone, at: civil - after) != after ? before : after
        }
        return Timestamp(ticks: (civil - offset) * Timestamp.ticksPerSecond)
    }

    /// What clocks of the zone show at an instant, in seconds since 1970 as if it were UTC.
    func civil(_ time: Timestamp) -> Int64 {
        let seconds = Int64((Double(time.ticks) / Double(Timestamp.ticksPerSecond)).rounded(.down))
        switch rule {
        case .offset(let offset): return seconds + offset
        case .place(let zone): return seconds + Self.offset(of: zone, at: seconds)
        }
    }

    private static func offset(of zone: TimeZone, at seconds: Int64) -> Int64 {
        Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds))))
    }

    private static func offset(_ text: String) -> Int64? {
        guard let match = text.wholeMatch(of: #/(?:UTC|GMT)?([+-])([0-9]{1,2})(?::?([0-9]{2}))?/#),
            let hours = Int64(match.2), hours <= 14, let minutes = Int64(match.3 ?? "0"), minutes < 60
        else { return nil }
        return (match.1 == "-" ? -1 : 1) * (hours * 3600 + minutes * 60)
    }

    /// The name in the data base's own letters: `america/new_york` is `America/New_York`.
    private static func identifier(_ text: String) -> String? {
        let lower = text.lowercased()
        return TimeZone.knownTimeZoneIdentifiers.first { $0.lowercased() == lower }
    }

    /// Hours east of UTC of the abbreviations that analysts write, as the IANA time zone data base has them; those
    /// that mean several things (`CST`, `IST`) as the United States and India use them.
    private static let abbreviations: [String: Double] = [
        "UTC": 0, "Z": 0, "GMT": 0, "ZULU": 0, "WET": 0, "BST": 1, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3,
        "MSK": 3, "GST": 4, "IST": 5.5, "SGT": 8, "HKT": 8, "AWST": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11,
        "NZST": 12, "NZDT": 13, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
        "AKST": -9, "HST": -10, "BRT": -3,
    ]

    /// Zones that are named without saying whether it is summer.
    private static let places: [String: String] = [
        "ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles",
        "EASTERN": "America/New_York", "PACIFIC": "America/Los_Angeles",
    ]
}
