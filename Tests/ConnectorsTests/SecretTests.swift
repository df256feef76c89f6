import Diagnostics
import Testing

@testable import Connectors

@Suite("Secrets", .timeLimit(.minutes(10)))
struct SecretTests {
    @Test("An API token that Okta repeats is struck out")
    func token() async throws {
        let bench = try Bench(
            OktaServer { _, _ in .error(400, "E0000001", "bad SSWS 00CANARY") }, credentials: .apiToken("00CANARY"))
        let report = await bench.fetch(hour)
        #expect(report.stopped?.problem == "Okta found the query invalid (E0000001): bad SSWS [secret]")
        #expect(!"\(report)".contains("CANARY"))
    }

    @Test("An assertion that Okta repeats is struck out")
    func assertion() async throws {
        let server = try OktaServer { request, _ in
            .error(400, "E0000001", "bad \(request.form["client_assertion"] ?? "?")")
        }
        let bench = try Bench(server, credentials: .serviceApp(clientID: "c", keyID: "k", key: TestKeys.p256()))
        let report = await bench.fetch(hour)
        #expect(report.stopped?.problem == "\(server.url) issued no access token (status 400): bad [secret]")
    }

    @Test("Credentials do not print what they hold")
    func printed() throws {
        let token = OktaCredentials.apiToken("00CANARY")
        let app = OktaCredentials.serviceApp(clientID: "0oa", keyID: "k", key: try TestKeys.p256())
        #expect("\(token)" == "an API token")
        #expect("\(app)" == "the service app 0oa with a private key for ES256")
        var dumped = ""
        dump([token, app], to: &dumped)
        #expect(!dumped.contains("CANARY") && !String(reflecting: token).contains("CANARY"))
    }

    @Test("Neither the spool nor the checkpoint holds a secret")
    func files() async throws {
        let folder = try TestFolder(), checkpoints = OktaCheckpoints(folder: folder.path)
        let log = OktaLogSimulation([event("a", "10:00:00")], token: "00CANARY")
        let bench = try Bench(OktaServer { request, _ in log.answer(request) }, credentials: .apiToken("00CANARY"))
        let report = await bench.fetch(OktaLogQuery(), checkpoints: checkpoints, spool: OktaSpool(folder: folder.path))
        #expect(report.stopped == nil)
        #expect(folder.names.count == 2)
        for name in folder.names { #expect(try !folder.text(name).contains("CANARY")) }
    }
}
