import JSON
import Testing

@testable import Connectors

@Suite("What is said of a machine before its name is typed")
struct DefenderFactTests {
    static let cases: [(machine: JSONValue, action: DefenderAction, facts: [String])] = [
        (
            DefenderSimulation.machine("ws1.example.com", 1, lastSeen: "2026-11-21T09:55:00Z"), .isolate(.full),
            [
                "ws1.example.com · Windows11 · Active · last report 2026-11-21 09:55:00Z",
                "cuts it off the network but for Defender, until `release`",
            ]
        ),
        (
            DefenderSimulation.machine("ws1", 1, health: "Inactive"), .scan(.full),
            [
                "ws1 · Windows11 · Inactive", "Defender Antivirus looks through every file; it takes hours",
                "its state is not Active, so it may not take the request before it reports again",
            ]
        ),
        (["id": "m-1"], .release, ["gives it the network back"]),
    ]

    @Test("names, state and last report, what the action does, and when it may not arrive", arguments: cases)
    func facts(machine: JSONValue, action: DefenderAction, facts: [String]) throws {
        let machine = try #require(DefenderMachine(machine))
        let address = try DefenderAddress(url: "https://api.security.microsoft.com")
        #expect(try DefenderRequest(action, on: machine, comment: "why", at: address).facts == facts)
    }
}
