import Diagnostics
import Foundation
import HTTP
import Testing

@testable import Connectors

/// Serialized, since a program cannot be started while another start holds its file open for writing.
@Suite("Tokens of the Azure CLI", .serialized, .timeLimit(.minutes(5)))
struct AzureCommandLineTests {
    private static let now = 1_795_255_200

    /// A stand-in for `az` that runs a script.
    private static func program(
        _ script: String, tenant: String? = nil, limit: Duration = .seconds(60)
    ) throws -> (az: AzureCommandLine, folder: TestFolder) {
        let folder = try TestFolder()
        let path = try folder.write("#!/bin/sh\n\(script)\n", to: "az", mode: 0o755)
        return (AzureCommandLine(tenant: tenant, executable: path, limit: limit), folder)
    }

    private static let shown = "az account get-access-token --output json --resource https://graph.microsoft.com"
    private static let other =
        "set AZURE_TENANT_ID and AZURE_CLIENT_ID (and AZURE_CLIENT_SECRET; without it you sign in with a code)"

    private static func failure(_ az: AzureCommandLine) async -> Diagnostic? {
        do {
            _ = try await az.token(audience: "https://graph.microsoft.com", now: now)
            return nil
        } catch { return error as? Diagnostic }
    }

    @Test(
        "It is asked for one resource, with arguments and no shell",
        arguments: [
            (nil, ["account", "get-access-token", "--output", "json", "--resource", "https://a; rm -rf $HOME"]),
            (
                "contoso.example",
                [
                    "account", "get-access-token", "--output", "json", "--resource", "https://a; rm -rf $HOME",
                    "--tenant", "contoso.example",
                ]
            ),
        ] as [(String?, [String])])
    func arguments(tenant: String?, expected: [String]) async throws {
        let (az, folder) = try Self.program(
            #"printf '%s\n' "$@" > "$(dirname "$0")/said"; echo '{"accessToken":"t","expires_on":1795258800}'"#,
            tenant: tenant)
        let token = try await az.token(audience: "https://a; rm -rf $HOME", now: Self.now)
        #expect(token.text == "t")
        #expect(try folder.text("said").split(separator: "\n").map(String.init) == expected)
    }

    @Test(
        "The end of a token is read in any form",
        arguments: [
            (#""expires_on":1795258800"#, 3600 - 240), (#""expires_on":"1795258800""#, 3600 - 240),
            (#""expires_on":1795258800,"expiresOn":"1999-01-01 00:00:00.000000""#, 3600 - 240), (#""a":1"#, 600 - 240),
            (#""expiresOn":"soon""#, 600 - 240), (#""expires_on":1"#, 0),
        ])
    func ends(member: String, renewal: Int) throws {
        let token = AzureCommandLine.read(Array(#"{"accessToken":"t",\#(member)}"#.utf8), now: Self.now)
        #expect(token?.renewal == Self.now + renewal)
    }

    @Test("An older CLI names the end in local time")
    func localTime() throws {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.dateFormat = "yyyy-MM-dd HH:mm:ss.SSSSSS"
        let text = format.string(from: Date(timeIntervalSince1970: Double(Self.now + 3600)))
        let token = AzureCommandLine.read(Array(#"{"accessToken":"t","expiresOn":"\#(text)"}"#.utf8), now: Self.now)
        #expect(token?.renewal == Self.now + 3600 - 240)
    }

    @Test(
        "What it says on its error output is told",
        arguments: [
            (
                "echo \"ERROR: Please run 'az login' to setup account.\" >&2; exit 1",
                "`az` has no sign-in that can be used: ERROR: Please run 'az login' to setup account.",
                "Run `az login`, then try again"
            ),
            (
                "printf 'AADSTS50173: expired\\nTrace\\033[31m' >&2; exit 1",
                #"`az` has no sign-in that can be used: AADSTS50173: expired\nTrace\u{1B}[31m"#,
                "Run `az login`, then try again"
            ),
            (
                "echo 'ERROR: no network' >&2; exit 3", "`az` issued no token (exit status 3): ERROR: no network",
                "Run `\(shown)` yourself to see why"
            ),
            (
                "echo '{\"accessToken\":\"CANARY\"'; exit 0",
                "`az` answered with something that is not an access token",
                "Update the Azure CLI with `az upgrade`, or \(other)"
            ),
            (
                "echo '{\"accessToken\":\"CANARY\"}'; exit 1", "`az` issued no token (exit status 1)",
                "Run `\(shown)` yourself to see why"
            ),
            (
                "yes 'no end of words'", "`az` answered with something that is not an access token",
                "Update the Azure CLI with `az upgrade`, or \(other)"
            ),
        ])
    func refusals(script: String, problem: String, remedy: String) async throws {
        let failure = await Self.failure(try Self.program(script).az)
        #expect(failure == Diagnostic(problem, remedy: remedy, kind: .unavailable))
    }

    @Test("It is ended with all that it started when it takes too long")
    func slow() async throws {
        let (az, folder) = try Self.program(
            #"cd "$(dirname "$0")"; sleep 600 & echo $! > child; wait"#, limit: .seconds(1))
        let failure = await Self.failure(az)
        #expect(failure?.problem == "`az` did not answer within 1 s")
        let child = try #require(Int32(try folder.text("child").trimmingCharacters(in: .whitespacesAndNewlines)))
        #expect(try Self.hasEnded(child))
    }

    @Test("What it leaves running does not hold up its answer")
    func leftover() async throws {
        let (az, folder) = try Self.program(
            #"cd "$(dirname "$0")"; sleep 600 & echo $! > child; echo '{"accessToken":"t"}'"#)
        #expect(try await az.token(audience: "a", now: Self.now).text == "t")
        let child = try #require(Int32(try folder.text("child").trimmingCharacters(in: .whitespacesAndNewlines)))
        kill(child, SIGKILL)
    }

    @Test("It is ended when the command is cancelled")
    func cancelled() async throws {
        let (az, folder) = try Self.program(#"cd "$(dirname "$0")"; echo $$ > own; mv own self; sleep 600"#)
        let task = Task { try await az.token(audience: "a", now: Self.now) }
        while !folder.names.contains("self") { await Task.yield() }
        task.cancel()
        let error = await #expect(throws: Diagnostic.self) { try await task.value }
        #expect(error == .interrupted)
        let program = try #require(Int32(try folder.text("self").trimmingCharacters(in: .whitespacesAndNewlines)))
        #expect(try Self.hasEnded(program))
    }

    @Test("A CLI that is not there is told")
    func missing() async throws {
        #expect(
            await Self.failure(AzureCommandLine(executable: "/nowhere/az"))?.remedy == "Check /nowhere/az")
        #expect(ChildProcess.find("sh", path: "/nowhere:/bin") == "/bin/sh")
        let folder = try TestFolder()
        _ = try folder.write("", to: "az", mode: 0o755)
        for path in [nil, "", ".", "bin:\(folder.path)x"] { #expect(ChildProcess.find("az", path: path) == nil) }
        #expect(ChildProcess.find("az", path: folder.path) == folder.path + "/az")
    }

    @Test("Its token goes where it belongs")
    func used() async throws {
        let (az, _) = try Self.program(#"echo '{"accessToken":"from-az","expires_on":9999999999}'"#)
        let bench = try AzureBench(credential: .commandLine(az)) { _, _ in .json(oneRow) }
        try await bench.query()
        #expect(bench.server.requests.map { $0.headers["authorization"] } == ["Bearer from-az"])
        #expect(bench.login.requests.isEmpty)
    }

    @Test("An offline session starts no program")
    func offline() async throws {
        let (az, folder) = try Self.program(#"touch "$(dirname "$0")/started"; echo '{"accessToken":"t"}'"#)
        let service = AzureService(
            addresses: try AzureAddresses(), credential: .commandLine(az), transport: OfflineTransport())
        let error = await #expect(throws: Diagnostic.self) {
            try await LogAnalytics(workspace: "ws-1", service: service).run("T", over: .last(seconds: 60))
        }
        #expect(
            error?.problem == "this session is offline, so https://api.loganalytics.azure.com was not asked")
        #expect(folder.names == ["az"])
    }

    /// Whether a process is gone or only waits to be collected, as soon as the system says so.
    private static func hasEnded(_ id: Int32) throws -> Bool {
        let end = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < end {
            if kill(id, 0) != 0 { return true }
            let state = (try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8))?.split(separator: ")").last
            if state?.contains(" Z ") == true { return true }
        }
        return false
    }
}
