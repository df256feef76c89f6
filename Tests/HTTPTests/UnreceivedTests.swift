import Diagnostics
import Testing

@testable import HTTP

@Suite("Failures before and after a request was received", .timeLimit(.minutes(5)))
struct UnreceivedTests {
    private static func failure(of request: HTTPRequest, over transport: any HTTPTransport) async -> Diagnostic? {
        do {
            _ = try await transport.response(to: request)
            return nil
        } catch { return error as? Diagnostic }
    }

    @Test(
        "Nobody there, no such name, a refusal of this program's own: nothing was received",
        arguments: ["http://127.0.0.1:1", "https://no-such-host.invalid", "http://example.com", "https://169.254.1.1"])
    func unreceived(url: String) async throws {
        let request = HTTPRequest(method: "POST", url: url, body: [1])
        let failure = try #require(await Self.failure(of: request, over: CurlTransport()))
        #expect(RetryPolicy.isUnreceived(failure, of: request))
    }

    @Test("Offline, nothing is received")
    func offline() async throws {
        let request = HTTPRequest(method: "POST", url: "https://example.com")
        let failure = try #require(await Self.failure(of: request, over: OfflineTransport()))
        #expect(RetryPolicy.isUnreceived(failure, of: request))
    }

    @Test("A server that does not finish the TLS handshake received nothing")
    func handshake() async throws {
        let server = try WireServer([.hold])
        let url = "https://127.0.0.1:\(server.port)", limits = HTTPLimits(connect: .milliseconds(100))
        let request = HTTPRequest(method: "POST", url: url, body: [1], limits: limits)
        let failure = try #require(await Self.failure(of: request, over: CurlTransport()))
        #expect(failure.problem == "\(url) did not accept the connection within 100 ms")
        #expect(RetryPolicy.isUnreceived(failure, of: request))
    }

    @Test(
        "A server that says nothing, half of something, nonsense or another address may have received it",
        arguments: [
            [WireServer.Step.send("")], [.hold], [.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx")],
            [.send("nonsense")], [.send("HTTP/1.1 303 See Other\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n")],
        ])
    func received(script: [WireServer.Step]) async throws {
        let server = try WireServer(script)
        let limits = HTTPLimits(firstByte: .milliseconds(200))
        let request = HTTPRequest(method: "POST", url: server.url, body: [1], limits: limits)
        let failure = try #require(await Self.failure(of: request, over: CurlTransport()))
        #expect(!RetryPolicy.isUnreceived(failure, of: request))
        #expect(server.requests.count == 1)
    }
}
