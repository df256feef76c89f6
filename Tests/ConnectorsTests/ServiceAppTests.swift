import Diagnostics
import Digests
import HTTP
import JSON
import Tables
import Testing

@testable import Connectors

@Suite("Service apps", .timeLimit(.minutes(10)))
struct ServiceAppTests {
    private static let tokenLine = "POST /oauth2/v1/token"

    private func bench(
        _ key: SigningKey, demandsProof: Bool = false, lifetime: Int = 3600
    ) throws -> (bench: Bench, issuer: OktaIssuer) {
        let clock = TestClock()
        let issuer = OktaIssuer(key.publicKey, clock: clock, demandsProof: demandsProof, lifetime: lifetime)
        let credentials = OktaCredentials.serviceApp(clientID: issuer.clientID, keyID: issuer.keyID, key: key)
        return (
            try Bench(OktaServer { request, _ in issuer.answer(request) }, clock: clock, credentials: credentials),
            issuer
        )
    }

    @Test("The app signs for a token, with RS256 or ES256 as its key is, and reads with it", arguments: ["RSA", "EC"])
    func bearer(kind: String) async throws {
        let (bench, _) = try bench(kind == "RSA" ? TestKeys.rsa() : TestKeys.p256())
        let report = await bench.fetch(hour)
        #expect(report.stopped == nil)
        #expect(bench.server.lines == [Self.tokenLine, hourLine])
        #expect(bench.heard.events == [#"{"uuid":"access-1"}"#])
        #expect(report.counts(\.requests, \.tokenRequests) == [1, 1])
    }

    @Test("An org that demands proof of possession gets it, with its nonce, for the token and for each page")
    func proof() async throws {
        let (bench, _) = try bench(TestKeys.p256(), demandsProof: true)
        let report = await bench.fetch(hour)
        #expect(report.stopped == nil)
        #expect(bench.server.lines == [Self.tokenLine, Self.tokenLine, Self.tokenLine, hourLine])
        let proofs = bench.server.requests.map { $0.headers["dpop"].flatMap { SignedStatement($0) } }
        #expect(proofs.map { $0?.claims["nonce"]?.string } == [nil, nil, OktaIssuer.nonce, nil])
        #expect(proofs[0] == nil && proofs[1]?.shownKey != nil)
        #expect(Set(proofs.dropFirst().compactMap { $0?.shownKey }).count == 1)
        #expect(report.counts(\.requests, \.tokenRequests, \.events) == [1, 3, 1])

        await bench.fetch(OktaLogQuery(since: at("09:00:00"), until: at("09:30:00")))
        #expect(bench.server.lines.count == 5)
    }

    @Test("A token is kept until a minute before its end", arguments: [(3600 - 61, 1), (3600 - 60, 2)])
    func renewal(pause: Int, tokens: Int) async throws {
        let (bench, _) = try bench(TestKeys.p256())
        await bench.fetch(hour)
        try await bench.clock.retryClock.sleep(.seconds(pause))
        let report = await bench.fetch(hour)
        #expect(report.stopped == nil)
        #expect(bench.server.lines.filter { $0 == Self.tokenLine }.count == tokens)
        #expect(bench.heard.events.last == #"{"uuid":"access-\#(tokens)"}"#)
    }

    @Test("A token that is refused is renewed once; the page is not lost", arguments: [false, true])
    func refused(demandsProof: Bool) async throws {
        let (bench, issuer) = try bench(TestKeys.p256(), demandsProof: demandsProof)
        await bench.fetch(hour)
        let before = bench.server.lines.count
        issuer.revoke()
        let report = await bench.fetch(hour)
        #expect(report.stopped == nil)
        #expect(Array(bench.server.lines.dropFirst(before)) == [hourLine, Self.tokenLine, hourLine])
        #expect(bench.heard.events == [#"{"uuid":"access-1"}"#, #"{"uuid":"access-2"}"#])
    }

    @Test("A token that is refused again is the end")
    func refusedAgain() async throws {
        let (bench, issuer) = try bench(TestKeys.p256())
        let server = try OktaServer { request, _ in
            request.method == "POST"
                ? issuer.answer(request) : .error(401, "E0000011", "Invalid token access-2 provided")
        }
        let own = try Bench(
            server, clock: bench.clock,
            credentials: .serviceApp(clientID: issuer.clientID, keyID: issuer.keyID, key: TestKeys.p256()))
        let report = await own.fetch(hour)
        #expect(server.lines == [Self.tokenLine, hourLine, Self.tokenLine, hourLine])
        #expect(
            report.stopped?.rendered == "error: \(server.url) refused an access token it had just issued (status 401): "
                + "Invalid token [secret] provided\n  Check that the app is active, and this computer's clock")
    }

    @Test("An app without its role or scope says what to grant")
    func forbidden() async throws {
        let (bench, issuer) = try bench(TestKeys.p256())
        let server = try OktaServer { request, _ in
            request.method == "POST" ? issuer.answer(request) : .error(403, "E0000006", "You do not have permission")
        }
        let own = try Bench(
            server, clock: bench.clock,
            credentials: .serviceApp(clientID: issuer.clientID, keyID: issuer.keyID, key: TestKeys.p256()))
        let report = await own.fetch(hour)
        #expect(
            report.stopped?.rendered == "error: \(server.url) does not let the app read the System Log (status 403): "
                + "You do not have permission\n"
                + "  Grant the app the scope okta.logs.read, and an admin role such as Read-only Administrator"
        )
    }

    @Test("A key that the org does not know is refused")
    func wrongKey() async throws {
        let clock = TestClock(), issuer = OktaIssuer(try TestKeys.rsa().publicKey, clock: clock)
        let bench = try Bench(
            OktaServer { request, _ in issuer.answer(request) }, clock: clock,
            credentials: .serviceApp(clientID: issuer.clientID, keyID: issuer.keyID, key: TestKeys.p256()))
        let report = await bench.fetch(hour)
        #expect(bench.server.lines == [Self.tokenLine])
        #expect(
            report.stopped?.rendered
                == "error: \(bench.server.url) does not accept the app's key (invalid_client): signature\n"
                + "  Check OKTA_CLIENT_ID, OKTA_KEY_ID, the public key the app holds, and this computer's clock"
        )
    }

    private static let unusable = (
        "SERVER answered without an access token that can be used", "Check OKTA_ORG_URL, and try again"
    )

    @Test(
        "Other refusals of a token",
        arguments: [
            (
                400, #"{"error":"invalid_scope","error_description":"no"}"#,
                "SERVER does not grant the app the scope okta.logs.read: no",
                "Grant it under the app's tab `Okta API Scopes`"
            ),
            (
                400, #"{"error":"unauthorized_client"}"#,
                "SERVER does not let the app ask for a token itself: unauthorized_client",
                "Make it an API Services app with the grant type client credentials"
            ),
            (
                400, #"{"error":"use_dpop_nonce"}"#,
                "SERVER did not accept the proof of possession: use_dpop_nonce",
                "Check this computer's clock, then try again"
            ),
            (
                404, "<html>", "SERVER issued no access token (status 404): (a web page)",
                "Check OKTA_ORG_URL, OKTA_CLIENT_ID and OKTA_KEY_ID"
            ),
            (200, #"{"access_token":"a b","token_type":"Bearer"}"#, unusable.0, unusable.1),
            (200, #"{"access_token":"a","token_type":"mac"}"#, unusable.0, unusable.1),
            (200, #"{"access_token":"a","token_type":"DPoP"}"#, unusable.0, unusable.1),
            (200, "<html>", unusable.0, unusable.1),
        ])
    func refusals(status: Int, body: String, problem: String, remedy: String) async throws {
        let server = try OktaServer([OktaServer.Reply(status: status, body: body)])
        let bench = try Bench(server, credentials: .serviceApp(clientID: "c", keyID: "k", key: TestKeys.p256()))
        let report = await bench.fetch(hour)
        #expect(report.stopped?.problem == problem.replacing("SERVER", with: server.url))
        #expect(report.stopped?.remedy == remedy)
        #expect(server.lines == [Self.tokenLine])
        #expect(report.counts(\.requests, \.tokenRequests) == [0, 1])
    }

    @Test("An org that wants a new nonce for ever is given up after four requests")
    func endlessNonce() async throws {
        let server = try OktaServer { _, index in
            OktaServer.Reply(status: 400, headers: [("DPoP-Nonce", "n\(index)")], body: #"{"error":"use_dpop_nonce"}"#)
        }
        let bench = try Bench(server, credentials: .serviceApp(clientID: "c", keyID: "k", key: TestKeys.p256()))
        let report = await bench.fetch(hour)
        #expect(report.tokenRequests == 4)
        #expect(report.stopped?.problem == "\(server.url) did not accept the proof of possession: use_dpop_nonce")
        let nonces = server.requests.map { $0.headers["dpop"].flatMap { SignedStatement($0) }?.claims["nonce"]?.string }
        #expect(nonces == [nil, "n0", "n1", "n2"])
    }

    @Test("A token's limits and failures are waited out as a page's are, with a new assertion each time")
    func limits() async throws {
        let (bench, issuer) = try bench(TestKeys.p256())
        let now = Int(TestClock.start.ticks / Timestamp.ticksPerSecond)
        let server = try OktaServer { request, index in
            switch index {
            case 0: .error(429, "E0000047", "used", headers: [("X-Rate-Limit-Reset", "\(now + 4)")])
            case 1: OktaServer.Reply(status: 502)
            default: issuer.answer(request)
            }
        }
        let own = try Bench(
            server, clock: bench.clock,
            credentials: .serviceApp(clientID: issuer.clientID, keyID: issuer.keyID, key: TestKeys.p256()))
        let report = await own.fetch(hour)
        #expect(report.stopped == nil)
        #expect(server.lines == [Self.tokenLine, Self.tokenLine, Self.tokenLine, hourLine])
        #expect(own.clock.waits == [5, 0.5])
        #expect(Set(server.requests.prefix(3).compactMap { $0.form["client_assertion"] }).count == 3)
        #expect(report.counts(\.requests, \.tokenRequests, \.waits) == [1, 3, 2])
    }
}
