import Foundation
import Testing

/// `escalate` of the real program, against a server on this computer.
@Suite struct EscalateCommandTests {
    private static func receiver(_ status: Int = 200) throws -> LocalServer {
        try LocalServer { _, _ in "HTTP/1.1 \(status) x\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok" }
    }

    private func run(_ arguments: [String], _ server: LocalServer, in folder: ProgramFolder) throws -> Program.Said {
        try Program.run(arguments + ["--input", Program.demo], in: folder, environment: [
            "SLACK_WEBHOOK_URL": server.origin + "/services/T00CANARY", "WEBHOOK_URL": server.origin + "/CANARYHOOK",
            "WEBHOOK_SECRET": "CANARYSECRET",
        ])
    }

    @Test("Without --send the requests are printed without secrets, and nothing leaves")
    func dry() throws {
        let server = try Self.receiver(), folder = try Program.folder()
        let said = try run(["escalate", "--format", "table"], server, in: folder)
        #expect(said.status == 0, "\(said.error)")
        for part in [
            "to #soc-critical-alerts, not sent (dry run):", "the request to slack that `--send` would send:",
            "POST \(server.origin)/[secret]", "[HIGH] Impossible travel between two countries: bob",
            "the request to webhook that `--send` would send:", "X-Watchfloor-Signature: sha256=",
        ] { #expect(said.output.contains(part), "\(part)\n\(said.output)") }
        #expect(!said.output.contains("CANARY") && server.requests.isEmpty)
    }

    @Test("With --send each target gets it once, without a question; --again sends it again")
    func sent() throws {
        let server = try Self.receiver(), folder = try Program.folder()
        let said = try run(["escalate", "--send", "--format", "table"], server, in: folder)
        #expect(said.status == 0, "\(said.error)")
        #expect(said.output == "  40e8e340 sent to slack: 200 ok\n  40e8e340 sent to webhook: 200 ok\n")
        #expect(server.requests.map(\.target) == ["/services/T00CANARY", "/CANARYHOOK"])
        let second = try run(["escalate", "--send", "--format", "table"], server, in: folder)
        #expect(second.output == "  nothing was sent\n" && second.error.contains("--again sends it again"), "\(second.error)")
        #expect(server.requests.count == 2)
        #expect(try run(["escalate", "40e8", "--send", "--again"], server, in: folder).status == 0)
        #expect(server.requests.count == 4)
        let kept = try folder.text("data/escalations.jsonl")
        #expect(!kept.contains("CANARY") && !said.output.contains("CANARY"))
    }

    @Test("What is not taken is exit 6, and is in the record")
    func refused() throws {
        let server = try Self.receiver(404), folder = try Program.folder()
        let said = try run(["escalate", "--send", "--format", "json"], server, in: folder)
        #expect(said.status == 6)
        #expect(said.error.contains("2 of 2 notifications were not taken: Slack no longer knows where it should go (status 404)"))
        #expect(said.output.contains(#""sent": false"#) && !said.output.contains(#""sent": true"#))
    }

    @Test("What cannot be sent is said before anything leaves", arguments: [
        (["--offline", "escalate", "--send"], 6, "this session is offline"),
        (["escalate", "--again"], 2, "--again belongs to --send"),
        (["escalate", "ffff", "--send"], 1, "there is no incident `ffff`"),
    ] as [([String], Int32, String)])
    func refusedBefore(arguments: [String], status: Int32, error: String) throws {
        let server = try Self.receiver()
        let said = try run(arguments, server, in: try Program.folder())
        #expect(said.status == status)
        #expect(said.error.contains(error), "\(said.error)")
        #expect(server.requests.isEmpty)
    }

    @Test("Without a target it says what to set")
    func unset() throws {
        let said = try Program.run(["escalate", "--send", "--input", Program.demo], in: try Program.folder())
        #expect(said.status == 6)
        #expect(said.error.contains("Set SLACK_WEBHOOK_URL, PAGERDUTY_ROUTING_KEY or WEBHOOK_URL"))
    }
}
