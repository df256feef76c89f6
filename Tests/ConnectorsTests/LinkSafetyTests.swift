import Diagnostics
import Tables
import Testing

@testable import Connectors

@Suite("Links", .timeLimit(.minutes(10)))
struct LinkSafetyTests {
    @Test(
        "A `next` that leads away is not followed, and nobody there sees anything",
        arguments: [
            "http://localhost:PORT/api/v1/logs?after=1", "http://127.0.0.1:OTHER/api/v1/logs?after=1",
            "https://127.0.0.1:PORT/api/v1/logs?after=1", "http://127.0.0.1:OTHER@127.0.0.1:PORT/api/v1/logs",
            "http://127.0.0.1:PORT/api/v1/users", "http://127.0.0.1:PORT/api/v1/logs/../users",
            "http://127.0.0.1:PORT/api/v1/logs%2f..",
            "http://127.0.0.1:PORT/api/v1/logs#part", "/api/v1/logs?after=1", "//127.0.0.1:OTHER/api/v1/logs", "",
            "nonsense",
            "http://127.0.0.1:PORT/api/v1/logs?a= b", "file:///etc/passwd",
        ])
    func foreign(next: String) async throws {
        let other = try OktaServer([.page([])])
        let ports = { @Sendable (url: String) in String(url.split(separator: ":").last ?? "") }
        let server = try OktaServer { request, _ in
            let port = String((request.headers["host"] ?? "").split(separator: ":").last ?? "")
            let url = next.replacing("PORT", with: port).replacing("OTHER", with: ports(other.url))
            return .page([#"{"uuid":"a"}"#], links: ["next": url])
        }
        let bench = try Bench(server)
        let report = await bench.fetch(hour)
        let url = next.replacing("PORT", with: ports(server.url)).replacing("OTHER", with: ports(other.url))
        #expect(
            report.stopped?.rendered
                == "error: Okta's `next` link leads to another address, which is not followed: \(url)\n"
                + "  If the org moved, set OKTA_ORG_URL to its new address")
        #expect(other.lines == [])
        #expect(server.lines == [hourLine])
        #expect(bench.heard.events == [#"{"uuid":"a"}"#])
    }

    @Test("A `next` that repeats the token is neither followed, nor shown, nor remembered")
    func secretLink() async throws {
        let server = try OktaServer { request, _ in
            .page([], links: ["next": "http://\(request.headers["host"] ?? "")/api/v1/logs?after=00token"])
        }
        let folder = try TestFolder(), bench = try Bench(server)
        let report = await bench.fetch(OktaLogQuery(), checkpoints: OktaCheckpoints(folder: folder.path))
        #expect(
            report.stopped?.problem == "Okta's `next` link leads to another address, which is not followed: "
                + "\(server.url)/api/v1/logs?after=[secret]")
        #expect(folder.names == [])
    }

    @Test("A redirect is not followed")
    func redirect() async throws {
        let other = try OktaServer([.page([])])
        let bench = try Bench(
            OktaServer([OktaServer.Reply(status: 302, headers: [("Location", other.url + "/api/v1/logs")])]))
        let report = await bench.fetch(hour)
        #expect(
            report.stopped?.problem
                == "\(bench.server.url) redirects to another address, at 127.0.0.1, which is not followed")
        #expect(other.lines == [])
    }

    @Test(
        "Links that lead in a circle end the fetch",
        arguments: [
            (OktaLogQuery(since: at("10:00:00"), until: at("11:00:00")), true),
            (OktaLogQuery(since: at("10:00:00"), until: at("11:00:00")), false),
            (OktaLogQuery(since: at("10:00:00")), true),
        ])
    func loop(query: OktaLogQuery, hasEvents: Bool) async throws {
        let server = try OktaServer { request, index in
            let next = "http://\(request.headers["host"] ?? "")/api/v1/logs?n=\((index + 1) % 2)"
            return .page(hasEvents ? [#"{"uuid":"\#(index)"}"#] : [], links: ["next": next])
        }
        let report = try await Bench(server).fetch(query)
        #expect(
            report.stopped?.rendered == "error: Okta's `next` link leads back to a page that was read already\n"
                + "  What was read is kept; try a narrower window")
        #expect(server.lines.dropFirst() == ["GET /api/v1/logs?n=1", "GET /api/v1/logs?n=0"])
    }
}
