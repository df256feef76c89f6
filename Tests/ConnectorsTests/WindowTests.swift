import Tables
import Testing

@testable import Connectors

@Suite("Windows and their URLs")
struct WindowTests {
    @Test(
        "Halves overlap by a millisecond and are at least a minute long",
        arguments: [
            ("10:00:00", "10:02:00", "10:00:00", ["10:00:00-10:01:00", "10:00:59.999-10:02:00"] as [String]?),
            ("10:00:00", "10:01:59.999", "10:00:00", nil), ("10:00:00", "11:00:00", "10:59:00", nil),
            ("10:00:00", "11:00:00", "12:00:00", nil),
            ("10:00:00", "11:00:00", "09:00:00", ["10:00:00-10:30:00", "10:29:59.999-11:00:00"]),
            ("10:00:00", "10:03:00.0010001", "10:00:00", ["10:00:00-10:01:30", "10:01:29.999-10:03:00.0010001"]),
        ])
    func halves(since: String, until: String, start: String, halves: [String]?) {
        let window = OktaLogWindow(since: at(since), until: at(until))
        let text = window.halves(from: at(start))?.map { half in
            [half.since, half.until].map { $0.description.dropFirst(11).dropLast() }.joined(separator: "-")
        }
        #expect(text == halves)
    }

    @Test(
        "Half the page, all else as it stands",
        arguments: [
            ("https://a/logs?x=1&limit=1000&y=%2f", "https://a/logs?x=1&limit=500&y=%2f" as String?),
            ("https://a/logs?limit=20", "https://a/logs?limit=10"),
            ("https://a/logs?limit=19", nil), ("https://a/logs?limit=x", nil), ("https://a/logs?xlimit=100", nil),
            ("https://a/logs", nil),
            ("https://a/logs?limit=100&limit=50", "https://a/logs?limit=50&limit=50"),
            ("https://a/logs?&limit=41&", "https://a/logs?&limit=20&"),
        ])
    func halfThePage(url: String, smaller: String?) { #expect(OktaLogURL.withHalfThePage(url) == smaller) }

    @Test(
        "All but unreserved characters are escaped",
        arguments: [
            ("AZaz09-._~", "AZaz09-._~"), ("a b+c&d=e", "a%20b%2Bc%26d%3De"), ("\"%/?#:", "%22%25%2F%3F%23%3A"),
            ("ä\u{1F600}", "%C3%A4%F0%9F%98%80"),
            ("", ""), ("\0\n", "%00%0A"),
        ])
    func percentEncoding(text: String, encoded: String) { #expect(text.percentEncoded == encoded) }
}
