import HTTP
import Testing

@testable import Connectors

@Suite("The share of the org's requests")
struct RateShareTests {
    private func head(_ headers: (String, String)...) -> HTTPResponseHead {
        HTTPResponseHead(status: 200, headers: headers.map { ("x-rate-limit-\($0.0)", $0.1) })
    }

    @Test(
        "A quarter, at least 1, at most 25; other answers change nothing",
        arguments: [
            ("120", 25), ("99", 24), ("8", 2), ("7", 1), ("1", 1), ("0", 25), ("-8", 25), ("8.5", 25),
            ("1000000000000000000000", 25),
        ])
    func perMinute(limit: String, share: Int) {
        var rate = OktaRateShare()
        rate.learn(head(("Limit", limit), ("Remaining", "3")), now: 0)
        #expect(rate.perMinute == share)
    }

    @Test("The request after a full minute waits for the first of them to be a minute old")
    func window() {
        var rate = OktaRateShare()
        rate.learn(head(("Limit", "8")), now: 100)
        rate.noteRequest(now: 100)
        #expect(rate.wait(now: 110) == 0)
        rate.noteRequest(now: 130)
        #expect([130, 150, 159, 160].map { rate.wait(now: $0) } == [30, 10, 1, 0])
        rate.noteRequest(now: 160)
        #expect(rate.wait(now: 160) == 30)
    }

    @Test("A clock that is set back does not hold requests")
    func clockSetBack() {
        var rate = OktaRateShare()
        rate.learn(head(("Limit", "4")), now: 10_000)
        rate.noteRequest(now: 10_000)
        #expect(rate.wait(now: 5000) == 0)
    }

    @Test(
        "Both numbers 0 mean too many at once",
        arguments: [
            (("0", "0"), true), (("120", "0"), false), (("0", "1"), false), (("", "0"), false),
        ])
    func concurrency(numbers: (String, String), isConcurrency: Bool) {
        #expect(OktaRateLimit(head(("Limit", numbers.0), ("Remaining", numbers.1))).isConcurrency == isConcurrency)
    }
}
