import Events
import Tables
import Testing

@testable import Pipeline

@Suite("A time in a question")
struct QuestionTimeTests {
    static let times: [(words: String, since: String?, until: String?)] = [
        ("what happened", nil, nil),
        ("between 18:00 and 18:05", "2025-11-12T18:00:00Z", "2025-11-12T18:05:00Z"),
        ("from 18:00:30 to 19:00", "2025-11-12T18:00:30Z", "2025-11-12T19:00:00Z"),
        ("between 19:00 and 18:00", "2025-11-12T18:00:00Z", "2025-11-12T19:00:00Z"),
        ("after 18:03", "2025-11-12T18:03:00Z", nil),
        ("since 2025-11-10", "2025-11-10T00:00:00Z", nil),
        ("before 19:10", nil, "2025-11-12T19:10:00Z"),
        ("at 9:15", "2025-11-12T09:15:00Z", "2025-11-12T09:15:59.9990000Z"),
        ("around 18:00", "2025-11-12T17:55:00Z", "2025-11-12T18:05:00Z"),
        ("on the 10th", "2025-11-10T00:00:00Z", "2025-11-10T23:59:59.9990000Z"),
        ("on 3 october", "2025-10-03T00:00:00Z", "2025-10-03T23:59:59.9990000Z"),
        ("on october 3rd after 10:00", "2025-10-03T10:00:00Z", "2025-10-03T23:59:59.9990000Z"),
        ("2025-11-11 between 10:00 and 11:00", "2025-11-11T10:00:00Z", "2025-11-11T11:00:00Z"),
        ("in december", "2025-12-01T00:00:00Z", "2025-12-31T23:59:59.9990000Z"),
        ("today", "2025-11-13T00:00:00Z", "2025-11-13T23:59:59.9990000Z"),
        ("yesterday", "2025-11-12T00:00:00Z", "2025-11-12T23:59:59.9990000Z"),
        ("in the last 2 hours", "2025-11-13T06:00:00Z", "2025-11-13T08:00:00Z"),
        ("past day", "2025-11-12T08:00:00Z", "2025-11-13T08:00:00Z"),
        ("the 45th, 25:00 and may 99", nil, nil),
    ]

    @Test("is a window", arguments: times)
    func window(words: String, since: String?, until: String?) {
        var parts = words.split { " ,".contains($0) }.map(String.init)
        let time = QuestionTime(
            &parts, clock: Timestamp("2025-11-13T08:00:00Z")!, last: Timestamp("2025-11-12T20:05:00Z"))
        #expect(time.window == TimeWindow(since: since.flatMap { Timestamp($0) }, until: until.flatMap { Timestamp($0) }))
    }
}
