import Diagnostics
import Foundation
import Investigation
import JSON
import Testing

struct ConfigurationTests {
    /// A configuration of three sources, `nil` where a source is not there.
    private func configuration(
        environment: [String: String] = [:], dotEnv: String? = nil, file: String? = nil, mode: Int = 0o600
    ) throws -> Configuration {
        let folder = try TemporaryFolder()
        if let dotEnv {
            let path = try folder.write(dotEnv, to: ".env")
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        }
        if let file {
            try FileManager.default.createDirectory(atPath: folder.path + "/watchfloor", withIntermediateDirectories: true)
            _ = try folder.write(file, to: "watchfloor/config.json")
        }
        let variables = environment.merging(["XDG_CONFIG_HOME": folder.path]) { given, _ in given }
        return Configuration(environment: variables, workingDirectory: folder.path)
    }

    @Test func theEnvironmentComesFirstThenDotEnvThenTheFile() throws {
        let all = try configuration(
            environment: ["LLM_MODEL": "a"], dotEnv: "LLM_MODEL=b\nexport LLM_TIMEOUT='7'\n", file: #"{"LLM_MODEL":"c","LLM_MAX_TOKENS":9}"#)
        #expect(["LLM_MODEL", "LLM_TIMEOUT", "LLM_MAX_TOKENS", "LLM_API_KEY"].map { all[$0] } == ["a", "7", "9", "lm-studio"])
        #expect(["LLM_MODEL", "LLM_TIMEOUT", "LLM_API_KEY"].map { all.setting($0)?.origin } == ["environment", ".env", "default"])
    }

    @Test func aDotEnvThatOthersCanWriteIsNotRead() throws {
        let open = try configuration(dotEnv: "LLM_MODEL=b", mode: 0o666)
        #expect(open["LLM_MODEL"] == "gpt-oss-20b")
        #expect(open.problems.map(\.problem) == ["`.env` is not read: it does not belong to you, or others can write it"])
    }

    @Test func anAddressFromDotEnvNeverMeetsASecretFromElsewhere() throws {
        let mixed = try configuration(environment: ["LLM_API_KEY": "secret"], dotEnv: "LLM_BASE_URL=https://elsewhere.example")
        #expect(mixed["LLM_BASE_URL"] == nil)
        #expect(mixed.problems.map(\.problem) == ["LLM_BASE_URL from .env is not used, because LLM_API_KEY comes from environment"])
        let both = try configuration(dotEnv: "LLM_BASE_URL=http://localhost:1\nLLM_API_KEY=k")
        #expect(both["LLM_BASE_URL"] == "http://localhost:1")
    }

    @Test("Addresses of services from `.env` never meet a sign-in or a key from elsewhere", arguments: [
        ("DEFENDER_URL", [:], "", "the sign-in comes from elsewhere"),
        ("AZURE_LOGIN_URL", ["AZURE_CLIENT_SECRET": "s"], "", "the sign-in comes from environment"),
        ("DEFENDER_URL", [:], "AZURE_CLIENT_SECRET=s", nil),
        ("PAGERDUTY_URL", ["PAGERDUTY_ROUTING_KEY": "k"], "", "PAGERDUTY_ROUTING_KEY comes from environment"),
        ("PAGERDUTY_URL", [:], "PAGERDUTY_ROUTING_KEY=k", nil),
        ("WEBHOOK_URL", ["WEBHOOK_SECRET": "s"], "", "WEBHOOK_SECRET comes from environment"),
    ] as [(String, [String: String], String, String?)])
    func serviceAddresses(name: String, environment: [String: String], dotEnv: String, reason: String?) throws {
        let all = try configuration(environment: environment, dotEnv: "\(name)=https://elsewhere.example\n\(dotEnv)")
        #expect((all[name] == nil) == (reason != nil))
        #expect(all.problems.map(\.problem) == [reason.map { "\(name) from .env is not used, because \($0)" }].compactMap { $0 })
    }

    @Test(arguments: [
        ("AZURE_CLIENT_SECRET", "(hidden)"), ("SLACK_WEBHOOK_URL", "(hidden)"), ("WEBHOOK_URL", "(hidden)"),
        ("PAGERDUTY_ROUTING_KEY", "(hidden)"), ("WEBHOOK_SECRET", "(hidden)"), ("DEFENDER_URL", "value"),
        ("LLM_API_KEY", "(hidden)"), ("OKTA_API_TOKEN", "(hidden)"), ("LLM_MAX_TOKENS", "value"), ("LLM_MODEL", "value"),
    ])
    func secretsAreHidden(name: String, shown: String) throws {
        #expect(try configuration(environment: [name: "value"]).setting(name)?.shown == shown)
    }

    @Test func whatIsNoSettingIsSaid() throws {
        let odd = try configuration(file: #"{"LLM_MODL":"c"}"#)
        #expect(odd.problems.map(\.remedy) == ["Did you mean `LLM_MODEL`?"])
        #expect(try configuration(file: "[1").problems.count == 1)
    }
}

struct SessionNameTests {
    @Test(arguments: ["incident 7", "Überwachung", "a.b_c-d", "20261121-093540-k3vq", String(repeating: "x", count: 100)])
    func names(_ name: String) throws { try SessionName.check(name) }

    @Test(arguments: [
        "", " ", ".", "..", ".hidden", "a/b", "../up", "a\u{0}b", "a\nb", "a\u{1B}[2J", "a\u{202E}b", "a:b", "a*b",
        String(repeating: "x", count: 101),
    ])
    func refusesWhatCouldDoHarm(_ name: String) { #expect(throws: (any Error).self) { try SessionName.check(name) } }

    @Test func aNewNameIsItsTimeAndFourCharacters() {
        let name = SessionName.fresh(at: Date(timeIntervalSince1970: 1_763_717_740)) { 0 }
        #expect(name == "20251121-093540-0000")
    }
}

struct ArtifactStoreTests {
    @Test func theSameRecordIsNotWrittenTwiceAndAChangedOneIsARevision() throws {
        let folder = try TemporaryFolder(), store = try ArtifactStore(folder: folder.path + "/data")
        #expect(try store.append([["id": "a", "n": 1], ["id": "b", "n": 1]], to: .findings) == [true, true])
        #expect(try store.append([["id": "a", "n": 1], ["id": "b", "n": 2]], to: .findings) == [false, true])
        #expect(try store.append([["id": "b", "n": 2], ["id": "b", "n": 3]], to: .findings) == [false, true])
        #expect(try folder.lines("data/findings.jsonl") == [
            #"{"id":"a","n":1}"#, #"{"id":"b","n":1}"#, #"{"id":"b","n":2,"revision":2}"#, #"{"id":"b","n":3,"revision":3}"#,
        ])
        #expect(try store.read(.findings).records == [["id": "a", "n": 1], ["id": "b", "n": 3, "revision": 3]])
    }

    @Test func aTornLineIsCutOffAndABadOneReported() throws {
        let folder = try TemporaryFolder(), store = try ArtifactStore(folder: folder.path + "/data")
        _ = try folder.write("{\"id\":\"a\"}\nnot a record\n{\"id\":\"to", to: "data/plans.jsonl")
        _ = try store.append([["incident_id": "i"]], to: .plans)
        #expect(try folder.lines("data/plans.jsonl") == [#"{"id":"a"}"#, "not a record", #"{"incident_id":"i"}"#])
        #expect(try store.read(.plans).problems.map { $0.place?.line } == [2])
    }
}
