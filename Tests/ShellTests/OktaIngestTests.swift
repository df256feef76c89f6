import Foundation
import Testing

/// `ingest okta` of the real program, against a server on this computer.
@Suite struct OktaIngestTests {
    private static func event(_ number: Int) -> String {
        #"{"uuid":"e\#(number)","published":"2026-11-20T10:0\#(number):00Z","eventType":"user.session.start","actor":{"id":"00u1"}}"#
    }

    /// An org with three pages of one event each; polling goes on with empty ones.
    private static func org(refusingAfter limit: Int = .max) throws -> LocalServer {
        try LocalServer { request, origin in
            let page = request.target.components(separatedBy: "after=").dropFirst().first.flatMap { Int($0.prefix(1)) } ?? 0
            guard page < limit else {
                return answer(403, #"{"errorCode":"E0000006","errorSummary":"You do not have permission"}"#)
            }
            let isBounded = request.target.contains("until="), isLast = page >= 2
            let next = isBounded && isLast ? "" : "Link: <\(origin)/api/v1/logs?\(isBounded ? "until=x&" : "")after=\(page + 1)>; rel=\"next\"\r\n"
            return answer(200, page > 2 ? "[]" : "[\(event(page))]", headers: next)
        }
    }

    private static func answer(_ status: Int, _ body: String, headers: String = "") -> String {
        "HTTP/1.1 \(status) x\r\nContent-Type: application/json\r\n\(headers)Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"
    }

    private func settings(_ server: LocalServer) -> [String: String] {
        ["OKTA_ORG_URL": server.origin, "OKTA_API_TOKEN": "00canary"]
    }

    private let now = ["--now", "2026-11-21T00:00Z"]

    @Test("A window is fetched page by page, kept as a file, and the session can be replayed without Okta")
    func window() throws {
        let server = try Self.org(), folder = try Program.folder()
        let said = try Program.run(
            now + ["--session", "s", "-c", "ingest okta --since 24h --until now; show events"], in: folder,
            environment: settings(server))
        #expect(said.status == 0, "\(said.error)")
        #expect(said.output.contains("\"accepted\": 3"))
        #expect(server.requests.map { $0.target.contains("after=") } == [false, true, true])
        #expect(server.requests[0].target.contains("since=2026-11-20T00%3A00%3A00") || server.requests[0].target.contains("since=2026-11-20T00:00:00"))
        #expect(server.requests.allSatisfy { $0.head.contains("Authorization: SSWS 00canary") })
        let spooled = try folder.names(in: "data/events")
        #expect(spooled.count == 1 && spooled[0].hasPrefix("okta-2026"))
        let asked = server.requests.count
        let verified = try Program.run(["replay", "s", "--verify"], in: folder)
        #expect(verified.status == 0, "\(verified.error)")
        #expect(server.requests.count == asked)
        for file in ["/sessions/s.jsonl", "/data/events/" + spooled[0]] {
            #expect(try !String(contentsOfFile: folder.path + file, encoding: .utf8).contains("canary"))
        }
    }

    @Test("A fetch that is refused keeps what it brought, says why, fails, and is not sent again by a replay", arguments: [
        (2, "\"accepted\": 2"), (0, ""),
    ])
    func refused(after pages: Int, output: String) throws {
        let server = try Self.org(refusingAfter: pages), folder = try Program.folder()
        let said = try Program.run(
            now + ["--session", "s", "ingest", "okta", "--since", "24h", "--until", "now"], in: folder,
            environment: settings(server))
        #expect(said.status == 6)
        #expect(output.isEmpty ? said.output.isEmpty : said.output.contains(output))
        #expect(said.error.contains("You do not have permission"))
        let asked = server.requests.count
        let verified = try Program.run(["replay", "s", "--verify"], in: folder, environment: settings(server))
        #expect(verified.status == 0, "\(verified.error)")
        #expect(server.requests.count == asked)
    }

    @Test("What cannot be asked is said before anything is sent", arguments: [
        (["--offline", "ingest", "okta"], 6, "offline"),
        (["ingest", "okta", "--since", "200d"], 2, "180 days"),
        (["ingest", "okta", "--follow", "--until", "now"], 2, "--follow has no end"),
        (["ingest", "okta", "a.json"], 2, "`ingest okta` stands alone"),
        (["ingest", "a.json", "--filter", "x"], 2, "belong to `ingest okta`"),
    ] as [([String], Int32, String)])
    func refusedBefore(arguments: [String], status: Int32, error: String) throws {
        let server = try Self.org()
        let said = try Program.run(arguments, in: try Program.folder(), environment: settings(server))
        #expect(said.status == status)
        #expect(said.error.contains(error))
        #expect(server.requests.isEmpty)
    }

    @Test("Without settings the error names what to set")
    func unset() throws {
        let said = try Program.run(["ingest", "okta"], in: try Program.folder())
        #expect(said.status == 6)
        #expect(said.error.contains("OKTA_ORG_URL is not set"))
    }

    @Test("Following lasts until Ctrl-C, keeps what came, and goes on from there the next time")
    func follow() throws {
        let server = try Self.org(), folder = try Program.folder()
        let terminal = try PseudoTerminal(
            running: PseudoTerminal.built("watchfloor"), ["--session", "f"],
            environment: Program.environment(folder).merging(settings(server)) { $1 }, directory: folder, columns: 120)
        try terminal.expect("› ")
        terminal.send("ingest okta --follow\r")
        try terminal.expect("nothing new")
        terminal.send("\u{3}")
        try terminal.expect("3 events, 1 actor")
        try terminal.expect("interrupted")
        try terminal.expect("3 events › ")
        terminal.send("ingest okta --follow\r")
        try terminal.expect("nothing new")
        terminal.send("\u{3}")
        try terminal.expect("went on from the checkpoint")
        #expect(server.requests.filter { !$0.target.contains("after=") }.count == 1)
        terminal.send("quit\r")
    }
}
