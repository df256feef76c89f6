import Tables
import Testing

@testable import Hunting

/// The clock is 2025-11-12T03:04:00Z, a Wednesday.
@Suite("Times in questions")
struct TimeReaderTests {
    private static func read(_ text: String, _ limits: HuntLimits = HuntLimits(maximumWindow: 4000 * 86_400))
        -> HuntRange
    {
        TimeReader(HuntToken.tokens(of: text), now: HuntQuestion.now, limits).range
    }

    @Test(
        "Words are resolved to a range in UTC",
        arguments: [
            ("logins in the last 2 hours", "2025-11-12T01:04:00Z", "2025-11-12T03:04:00Z", "last 2 hours"),
            ("past four hours", "2025-11-11T23:04:00Z", "2025-11-12T03:04:00Z", "past four hours"),
            ("last 24h", "2025-11-11T03:04:00Z", "2025-11-12T03:04:00Z", "last 24h"),
            ("past 90 mins", "2025-11-12T01:34:00Z", "2025-11-12T03:04:00Z", "past 90 mins"),
            ("the last half an hour", "2025-11-12T02:34:00Z", "2025-11-12T03:04:00Z", "last half an hour"),
            ("last week", "2025-11-05T03:04:00Z", "2025-11-12T03:04:00Z", "last week"),
            ("since 3 days ago", "2025-11-09T03:04:00Z", "2025-11-12T03:04:00Z", "since 3 days ago"),
            ("today", "2025-11-12T00:00:00Z", "2025-11-12T03:04:00Z", "today"),
            ("yesterday", "2025-11-11T00:00:00Z", "2025-11-12T00:00:00Z", "yesterday"),
            ("last night", "2025-11-11T18:00:00Z", "2025-11-12T03:04:00Z", "last night"),
            ("this week", "2025-11-10T00:00:00Z", "2025-11-12T03:04:00Z", "this week"),
            ("over the weekend", "2025-11-08T00:00:00Z", "2025-11-10T00:00:00Z", "over the weekend"),
            ("this month", "2025-11-01T00:00:00Z", "2025-11-12T03:04:00Z", "this month"),
            ("in october", "2025-10-01T00:00:00Z", "2025-11-01T00:00:00Z", "in october"),
            ("2023-11-01 to 2023-11-03", "2023-11-01T00:00:00Z", "2023-11-04T00:00:00Z", "2023-11-01 to 2023-11-03"),
            (
                "from 2023-11-01 to 2023-11-03", "2023-11-01T00:00:00Z", "2023-11-04T00:00:00Z",
                "from 2023-11-01 to 2023-11-03"
            ),
            ("since monday", "2025-11-10T00:00:00Z", "2025-11-12T03:04:00Z", "since monday"),
            ("on sunday", "2025-11-09T00:00:00Z", "2025-11-10T00:00:00Z", "on sunday"),
            ("on 5 march", "2025-03-05T00:00:00Z", "2025-03-06T00:00:00Z", "on 5 march"),
            ("on the 5th of march 2024", "2024-03-05T00:00:00Z", "2024-03-06T00:00:00Z", "on the 5th of march 2024"),
            ("on december 24th", "2024-12-24T00:00:00Z", "2024-12-25T00:00:00Z", "on december 24th"),
            ("between 1am and 3am", "2025-11-12T01:00:00Z", "2025-11-12T03:00:00Z", "between 1am and 3am"),
            ("between 3am and 5am", "2025-11-12T03:00:00Z", "2025-11-12T03:04:00Z", "between 3am and 5am"),
            ("between 10pm and 2am", "2025-11-11T22:00:00Z", "2025-11-12T02:00:00Z", "between 10pm and 2am"),
            ("18:00-20:00 yesterday", "2025-11-11T18:00:00Z", "2025-11-11T20:00:00Z", "18:00-20:00 yesterday"),
            (
                "yesterday between 18:00 and 20:00", "2025-11-11T18:00:00Z", "2025-11-11T20:00:00Z",
                "yesterday between 18:00 and 20:00"
            ),
            ("since 11pm yesterday", "2025-11-11T23:00:00Z", "2025-11-12T03:04:00Z", "since 11pm yesterday"),
            (
                "from monday 9am to tuesday 17:00", "2025-11-10T09:00:00Z", "2025-11-11T17:00:00Z",
                "from monday 9am to tuesday 17:00"
            ),
            (
                "2025-11-10T22:00:00Z to 2025-11-10T23:00:00Z", "2025-11-10T22:00:00Z", "2025-11-10T23:00:00Z",
                "2025-11-10T22:00:00Z to 2025-11-10T23:00:00Z"
            ),
            (
                "since 2025-11-11T20:00:00+02:00", "2025-11-11T18:00:00Z", "2025-11-12T03:04:00Z",
                "since 2025-11-11T20:00:00+02:00"
            ),
            ("after 2025-11-09", "2025-11-10T00:00:00Z", "2025-11-12T03:04:00Z", "after 2025-11-09"),
            ("before 2025-11-09", "2025-11-08T00:00:00Z", "2025-11-09T00:00:00Z", "before 2025-11-09"),
            ("at 02:15", "2025-11-12T02:00:00Z", "2025-11-12T02:30:00Z", "at 02:15"),
            ("around 2am", "2025-11-12T01:30:00Z", "2025-11-12T02:30:00Z", "around 2am"),
            ("on 2025-11-05 at 14:00", "2025-11-05T13:45:00Z", "2025-11-05T14:15:00Z", "on 2025-11-05 at 14:00"),
        ])
    func range(text: String, from: String, until: String, words: String) {
        let range = Self.read(text)
        #expect("\(range.from) \(range.until) \(range.words)" == "\(from) \(until) \(words)")
    }

    @Test(
        "A time is in the zone that is named with it",
        arguments: [
            ("between 1am and 3am UTC", "2025-11-12T01:00:00Z", "2025-11-12T03:00:00Z"),
            ("between 1am and 3am CET", "2025-11-12T00:00:00Z", "2025-11-12T02:00:00Z"),
            ("between 1pm and 3pm PST", "2025-11-11T21:00:00Z", "2025-11-11T23:00:00Z"),
            ("between 1pm and 3pm UTC+5:30", "2025-11-11T07:30:00Z", "2025-11-11T09:30:00Z"),
            (
                "from 2025-11-10 09:00 to 2025-11-10 10:00 America/New_York", "2025-11-10T14:00:00Z",
                "2025-11-10T15:00:00Z"
            ),
            (
                "from 2025-07-10 09:00 to 2025-07-10 10:00 america/new_york", "2025-07-10T13:00:00Z",
                "2025-07-10T14:00:00Z"
            ),
            ("on 2025-11-10 Europe/Berlin", "2025-11-09T23:00:00Z", "2025-11-10T23:00:00Z"),
            ("yesterday PST", "2025-11-10T08:00:00Z", "2025-11-11T08:00:00Z"),
        ])
    func zones(text: String, from: String, until: String) {
        let range = Self.read(text)
        #expect("\(range.from) \(range.until)" == "\(from) \(until)")
    }

    @Test(
        "Without a time the default is read, and that is said",
        arguments: ["failed logins", "port 4444 on dc01", "top 5 users", "may", "right now", ""])
    func standard(text: String) {
        let range = Self.read(text)
        #expect(range.seconds == 86_400 && range.until == HuntQuestion.now && range.words.isEmpty)
        #expect(range.notes == ["no time was named: the last 24 hours are read"])
    }

    @Test("The default and the maximum can be set; a longer range is cut to its end, and that is said")
    func limits() {
        let limits = HuntLimits(defaultWindow: 3600, maximumWindow: 7 * 86_400)
        #expect(Self.read("failed logins", limits).seconds == 3600)
        let cut = Self.read("last 90 days", limits)
        #expect(cut.from.description == "2025-11-05T03:04:00Z")
        #expect(cut.notes == ["the range was cut to its last 7 days, the most that one hunt reads"])
        #expect(Self.read("last 90 days", HuntLimits(defaultWindow: 90 * 86_400, maximumWindow: 60)).seconds == 60)
        #expect(Self.read("failed logins", HuntLimits(defaultWindow: 90 * 86_400, maximumWindow: 60)).seconds == 60)
    }

    @Test("The zone of times without one can be set")
    func ownZone() {
        #expect(
            Self.read("between 1am and 3am", HuntLimits(zone: "Europe/Berlin")).from.description
                == "2025-11-12T00:00:00Z")
        #expect(
            Self.read("between 1am and 3am", HuntLimits(zone: "nonsense")).from.description == "2025-11-12T01:00:00Z")
    }

    @Test("What has not come yet is said, and the default is read")
    func future() {
        let range = Self.read("since 2030-01-01")
        #expect(range.seconds == 86_400)
        #expect(range.notes == ["`since 2030-01-01` has not come yet: the last 24 hours are read"])
    }

    @Test("For engines and services")
    func forms() {
        let range = Self.read("yesterday")
        #expect(range.timespan == "2025-11-11T00:00:00Z/2025-11-12T00:00:00Z")
        #expect(range.window.upperBound.ticks == range.until.ticks - 1)
        #expect(range.shown == "2025-11-11 00:00:00Z to 2025-11-12 00:00:00Z (yesterday)")
    }
}
