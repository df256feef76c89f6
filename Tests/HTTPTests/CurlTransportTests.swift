import Diagnostics
import HTTP
import Testing

@Suite(.timeLimit(.minutes(10))) struct CurlTransportTests {
    private let transport = CurlTransport()

    @Test func sendsTheRequestAsItIs() async throws {
        let server = try WireServer([.send("HTTP/1.1 201 Created\r\nX-A: 1\r\nx-a: 2 \r\nContent-Length: 2\r\n\r\nok")])
        defer { server.stop() }
        let response = try await transport.response(
            to: HTTPRequest(
                method: "PUT", url: server.url + "/p?q=1", headers: [("X-Key", "k"), ("X-Empty", "")], body: Array("söme".utf8)))
        #expect(response.head.status == 201)
        #expect(response.head.headers.map { "\($0.name)=\($0.value)" } == ["X-A=1", "x-a=2", "Content-Length=2"])
        #expect(response.head.header("X-a") == "1")
        #expect(response.body == Array("ok".utf8))
        #expect(
            server.requests == [
                "PUT /p?q=1 HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\nAccept: */*\r\nX-Key: k\r\nX-Empty:\r\n"
                    + "Content-Length: 5\r\n\r\nsöme"
            ])
    }

    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 200, ""),
        ("HTTP/1.1 204 No Content\r\n\r\n", 204, ""),
        ("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnone", 404, "none"),
        ("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nuntil the end", 200, "until the end"),
        ("HTTP/1.1 103 Early Hints\r\nX: y\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", 200, "x"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: t\r\n\r\n", 200, "abcde"),
    ])
    func answers(wire: String, status: Int, body: String) async throws {
        let server = try WireServer([.send(wire)])
        defer { server.stop() }
        let response = try await transport.response(to: HTTPRequest(url: server.url))
        #expect(response.head.status == status)
        #expect(String(decoding: response.body, as: UTF8.self) == body)
    }

    private static let quick = HTTPLimits(
        firstByte: .milliseconds(200), idle: .milliseconds(100), total: .milliseconds(400), maxBody: 1000)

    @Test(arguments: [
        ([WireServer.Step.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort")], "SERVER cut its answer short"),
        ([.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc")], "SERVER cut its answer short"),
        ([], "SERVER closed the connection before it answered"),
        ([.send("hello\r\n")], "SERVER answered with something that is not HTTP"),
        ([.hold], "SERVER sent nothing within 200 ms"),
        ([.send("HTTP/1.1 200 OK\r\n\r\n"), .hold], "SERVER sent nothing within 200 ms"),
        ([.send("HTTP/1.1 200 OK\r\n\r\nab"), .hold], "SERVER stopped sending for 100 ms"),
        ([.send("HTTP/1.1 200 OK\r\n\r\n" + String(repeating: "x", count: 1001))], "SERVER sent more than 1000 bytes"),
        ([.send("HTTP/1.1 200 OK\r\n" + String(repeating: "X: y\r\n", count: 50_000)), .hold], "SERVER sent headers without end"),
        ([.send("HTTP/1.1 302 Found\r\n\r\n")], "SERVER redirects to another address, which is not followed"),
    ])
    func failures(script: [WireServer.Step], problem: String) async throws {
        let server = try WireServer(script)
        defer { server.stop() }
        let error = await #expect(throws: Diagnostic.self) {
            try await transport.response(to: HTTPRequest(url: server.url, limits: Self.quick, remedy: "Do this"))
        }
        #expect(error?.problem == problem.replacing("SERVER", with: server.url))
        #expect(error?.kind == .unavailable)
    }

    @Test func totalLimitHoldsForSlowPieces() async throws {
        let server = try WireServer([.send("HTTP/1.1 200 OK\r\n\r\n"), .drip])
        defer { server.stop() }
        let limits = HTTPLimits(idle: .milliseconds(150), total: .milliseconds(200))
        let error = await #expect(throws: Diagnostic.self) {
            try await transport.response(to: HTTPRequest(url: server.url, limits: limits))
        }
        #expect(error?.problem == "\(server.url) did not finish within 200 ms")
    }

    @Test func refusedConnection() async throws {
        // Port 1 is nobody's; that of a stopped server may be another test's by then.
        let error = await #expect(throws: Diagnostic.self) {
            try await transport.response(to: HTTPRequest(url: "http://127.0.0.1:1"))
        }
        #expect(error?.problem == "http://127.0.0.1:1 refused the connection")
        #expect(error?.remedy == "Is the server running? `config` shows the addresses in use")
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func redirectIsRefusedAndTheOtherHostUntouched(status: Int) async throws {
        let other = try WireServer([.send("HTTP/1.1 200 OK\r\n\r\n")])
        let location = "http://localhost:\(other.port)/elsewhere?token=t"
        let server = try WireServer([.send("HTTP/1.1 \(status) R\r\nLocation: \(location)\r\nContent-Length: 0\r\n\r\n")])
        defer { [server, other].forEach { $0.stop() } }
        let error = await #expect(throws: Diagnostic.self) {
            try await transport.response(to: HTTPRequest(method: "POST", url: server.url, body: [1]))
        }
        #expect(error?.problem == "\(server.url) redirects to another address, at localhost, which is not followed")
        #expect(error?.remedy == "If that address is right, configure it directly")
        #expect(other.requests == [])
    }

    @Test func secretsAreStruckFromWhatTheServerSays() async throws {
        let server = try WireServer([.send("HTTP/1.1 307 R\r\nLocation: https://k-secret.example/\r\n\r\n")])
        defer { server.stop() }
        let error = await #expect(throws: Diagnostic.self) {
            try await transport.response(to: HTTPRequest(url: server.url, secrets: ["k-secret"]))
        }
        #expect(
            error?.problem == "\(server.url) redirects to another address, at [secret].example, which is not followed")
    }

    @Test func offlineReachesNothing() async throws {
        let error = await #expect(throws: Diagnostic.self) {
            try await OfflineTransport().response(to: HTTPRequest(url: "https://example.com/private"))
        }
        #expect(error?.rendered == "error: this session is offline, so https://example.com was not asked\n  "
            + "Start without `--offline` to allow it")
    }

    // MARK: Ending early

    @Test func cancelBeforeTheHead() async throws {
        let server = try WireServer([.hold])
        defer { server.stop() }
        let task = Task { try await transport.response(to: HTTPRequest(url: server.url)) }
        task.cancel()
        let error = await #expect(throws: Diagnostic.self) { try await task.value }
        #expect(error == .interrupted)
    }

    @Test func cancelInTheBodyEndsTheConnection() async throws {
        let server = try WireServer([.send("HTTP/1.1 200 OK\r\n\r\nfirst"), .hold])
        defer { server.stop() }
        let (pieces, arrived) = AsyncStream<Void>.makeStream()
        let task = Task {
            let stream = try await transport.open(HTTPRequest(url: server.url))
            arrived.yield()
            return try await stream.collect()
        }
        for await _ in pieces { break }
        task.cancel()
        let error = await #expect(throws: Diagnostic.self) { try await task.value }
        #expect(error == .interrupted)
        await server.clientLeft()
    }

    @Test func lettingGoOfTheBodyEndsTheConnection() async throws {
        let server = try WireServer([.send("HTTP/1.1 200 OK\r\n\r\nfirst"), .hold])
        defer { server.stop() }
        for try await piece in try await transport.open(HTTPRequest(url: server.url)).body {
            #expect(piece == Array("first".utf8))
            break
        }
        await server.clientLeft()
    }

    @Test func bodyEndsAfterItsGrace() async throws {
        let server = try WireServer([.send("HTTP/1.1 200 OK\r\n\r\nall"), .hold])
        defer { server.stop() }
        let stream = try await transport.open(HTTPRequest(url: server.url))
        stream.endBody(within: .milliseconds(100))
        #expect(try await stream.collect().body == Array("all".utf8))
        await server.clientLeft()
    }
}
