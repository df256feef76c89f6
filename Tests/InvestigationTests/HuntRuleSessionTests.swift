import Connectors
import Detection
import Diagnostics
import Foundation
import Hunting
import JSON
import Pipeline
import Sigma
import Tables
import Testing

@testable import Investigation

/// `rule` of a hunt: what is written, where it is tried, what is kept.
struct HuntRuleSessionTests {
    private static let question = "encoded powershell on ws1 in the last 4 hours"

    /// Encoded commands on two machines, and something harmless.
    private static let processes = [
        ("08:10", "ws1.example.com", "ann", "powershell.exe -W Hidden -enc SQBFAFgAIAAoAE4A"),
        ("08:40", "ws2.example.com", "bob", "powershell.exe -enc SQBFAFgAIAAoAE4A"),
        ("09:30", "ws1.example.com", "ann", "powershell.exe Get-ChildItem"),
    ].map { time, host, account, command in
        let row: JSONValue = [
            "Timestamp": .string("2026-11-21T\(time):00Z"), "TimeGenerated": .string("2026-11-21T\(time):00Z"),
            "DeviceName": .string(host), "AccountName": .string(account), "AccountDomain": "corp",
            "FileName": "powershell.exe", "ProcessCommandLine": .string(command), "FolderPath": "C:\\x",
            "InitiatingProcessFileName": "cmd.exe",
        ]
        return row.text
    }.joined(separator: "\n")

    private func session(
        _ folder: TemporaryFolder, _ stub: HuntStub? = nil, sentinel: SentinelStub? = nil
    ) async throws -> Session {
        var settings = SessionSettings()
        settings.now = Timestamp("2026-11-21T10:00:00Z")
        let (transcript, _, _) = try await SessionFolder(path: folder.path + "/sessions").open("test")
        let session = Session(
            name: "test", settings: settings, transcript: transcript,
            store: try ArtifactStore(folder: folder.path + "/data"), model: nil, analyst: { ModelAnalyst(model: $0) },
            services: stub?.services ?? SessionServices(), sentinel: sentinel?.rules ?? Session.noSentinel)
        try await session.begin(version: "test")
        return session
    }

    private func hunt(
        _ question: String, on place: Hunt.Place? = nil, in session: Session
    ) async throws -> String {
        let request = HuntRequest(question, on: place, isConfirmed: true)
        let result = try await session.perform(.hunt(request), words: ["hunt"]).json
        return try #require(result["id"]?.string)
    }

    private func rule(
        _ id: String, deploys: Bool = false, yes: Bool = false, in session: Session, _ watch: Session.Watch = .init()
    ) async throws -> JSONValue {
        let request = RuleRequest(subject: id, deploys: deploys, isConfirmed: yes)
        return try await session.perform(.rule(request), words: ["rule"], watch: watch).json
    }

    private func verify(_ folder: TemporaryFolder, _ session: Session) async throws -> Int {
        try await session.end()
        return try await Replay(SavedSession(path: folder.path + "/sessions/test.jsonl"))
            .verify { ModelAnalyst(model: $0) }.compared
    }

    // MARK: On the loaded tables

    @Test("Without any event of Okta: the hunt's table is what it is tried on, and others are found too")
    func devices() async throws {
        let folder = try TemporaryFolder(), session = try await session(folder)
        let path = try folder.write(Self.processes, to: "p.ndjson")
        let table = TableRequest(name: "DeviceProcessEvents", path: path)
        _ = try await session.perform(.ingestTable(table), words: ["ingest"])
        let id = try await hunt(Self.question, in: session)
        let result = try await rule(String(id.prefix(8)), in: session)
        let query = try #require(result[path: "rule.properties.query"]?.string)
        #expect(result["display_name"]?.string == "Hunt: powershell activity (encoded)")
        #expect(!query.contains("ws1") && !query.contains("datetime(") && query.contains("matches regex"))
        #expect(result[path: "rule.properties.severity"]?.string == "Medium")
        #expect(result[path: "rule.properties.techniques"]?.strings?.contains("T1059") == true)
        #expect(result[path: "rule.properties.tactics"]?.strings?.contains("Execution") == true)
        // Each row is reported once: a run looks at what came since the one before.
        #expect(result[path: "rule.properties.queryFrequency"]?.string == "PT1H")
        #expect(result[path: "rule.properties.queryPeriod"]?.string == "PT1H")
        #expect(result[path: "rule.properties.triggerThreshold"]?.integer == 0)
        let alerts = result[path: "dry_run.alerts"]?.array ?? []
        #expect(alerts.map { $0["entities"]?.strings?.first } == ["ws1.example.com", "ws2.example.com"])
        #expect(alerts.map { $0["of_source"]?.bool } == [true, false])
        #expect(result[path: "dry_run.finds_source"] == true && result["subject"]?.string == id)
        #expect(result[path: "dry_run.untried"]?.isNull == true)
        let account = result[path: "rule.properties.entityMappings.1.fieldMappings"]?.array ?? []
        #expect(account.map { $0["identifier"]?.string } == ["Name", "NTDomain"])
        #expect(await session.state.ruleIDs == [result["id"]?.string])
        let shown = try await session.perform(.show(result["id"]?.string), words: ["show"]).json
        #expect(shown == result)
        let why = try await session.perform(.why(id), words: ["why"]).json
        #expect(why[path: "hunt.question"]?.string == Self.question && why["findings"]?.array?.count == 1)
        #expect(try await verify(folder, session) == 5)
    }

    @Test("The same hunt of another machine gives the same rule, so that a second deployment replaces the first")
    func sameID() async throws {
        let folder = try TemporaryFolder(), session = try await session(folder)
        let path = try folder.write(Self.processes, to: "p.ndjson")
        let table = TableRequest(name: "DeviceProcessEvents", path: path)
        _ = try await session.perform(.ingestTable(table), words: ["ingest"])
        let questions = [
            Self.question, "encoded powershell on ws2 in the last 5 hours", "powershell on ws2 in the last 5 hours",
        ]
        var ids: [String] = []
        for question in questions {
            let result = try await rule(try await hunt(question, in: session), in: session)
            ids.append(try #require(result["id"]?.string))
        }
        #expect(ids[0] == ids[1] && ids[1] != ids[2])
        #expect(await session.state.ruleIDs.count == 2)
    }

    @Test("A hunt in Okta's log becomes a rule of Sentinel's table; a finding or incident of it leads to the same rule")
    func okta() async throws {
        let folder = try TemporaryFolder(), session = try await session(folder)
        let log = RuleNight.lines(12) { "02:\($0 + 10):00 zoe 203.0.113.9 user.session.start FAILURE" }
            + "02:30:00 zoe 203.0.113.9 user.session.start SUCCESS\n"
        let path = try folder.write(RuleNight.text(log), to: "log.ndjson")
        _ = try await session.perform(.ingest(.init(paths: [path])), words: ["ingest"])
        let id = try await hunt("failed sign-ins of zoe on 2026-03-13", in: session)
        let result = try await rule(id, in: session)
        let query = try #require(result[path: "rule.properties.query"]?.string)
        #expect(query.hasPrefix("let OktaSystemLog = OktaV2_CL\n| extend ") && !query.contains("zoe"))
        #expect(result["display_name"]?.string == "Hunt: sign-ins (failed)")
        #expect(result[path: "dry_run.finds_source"] == true, "\(result["dry_run"]?.text ?? "")")
        #expect(result[path: "dry_run.alerts.0.entities"] == ["zoe@example.com", "203.0.113.9"])
        let finding = try #require(await session.state.findings.first { $0.findingType == "hunt" }?.id)
        let same = try await rule(finding, in: session)
        #expect(same["id"] == result["id"] && same["subject"]?.string == finding)
        let rules = try await session.perform(.show("rules"), words: ["show"]).json.array ?? []
        #expect(rules.count { $0["status"]?.string == "written" } == 1)
        #expect(rules.last?["id"] == result["id"] && rules.last?["subject"]?.string == finding)
    }

    @Test("What Sentinel's table has nothing for is written and tried, and never deployed")
    func obstacle() async throws {
        let folder = try TemporaryFolder(), sentinel = SentinelStub()
        let session = try await session(folder, sentinel: sentinel)
        let path = try folder.write(RuleNight.text("02:10:00 eve 203.0.113.9 a.b FAILURE session=s"), to: "log.ndjson")
        _ = try await session.perform(.ingest(.init(paths: [path])), words: ["ingest"])
        let watch = Decisions([
            .edited("OktaSystemLog | where actor_id == 'eve' and isempty(authenticationContext_rootSessionId)"), .run,
        ]).watch
        let request = HuntRequest("failed sign-ins on 2026-03-13")
        let hunt = try await session.perform(.hunt(request), words: ["hunt"], watch: watch).json
        let result = try await rule(hunt["id"]?.string ?? "", deploys: true, in: session)
        #expect(result[path: "deployment.status"] == "saved" && sentinel.lines.isEmpty)
        let reason = result[path: "deployment.reason"]?.string ?? ""
        #expect(reason.contains("has nothing for `authenticationContext_rootSessionId`"), "\(reason)")
    }

    @Test("Where the hunt's table is gone the rule is written, not tried, and kept instead of deployed")
    func gone() async throws {
        let folder = try TemporaryFolder(), first = try await session(folder)
        let path = try folder.write(Self.processes, to: "p.ndjson")
        let table = TableRequest(name: "DeviceProcessEvents", path: path)
        _ = try await first.perform(.ingestTable(table), words: ["ingest"])
        let id = try await hunt(Self.question, in: first)
        try await first.end()
        try FileManager.default.removeItem(atPath: path)
        let again = try await InvestigationTests.session("again", in: folder)
        _ = try await again.restore(from: SavedSession(path: folder.path + "/sessions/test.jsonl"))
        let result = try await rule(id, deploys: true, in: again)
        #expect(result[path: "dry_run.untried"]?.string?.contains("`DeviceProcessEvents` is not loaded here") == true)
        #expect(result[path: "dry_run.finds_source"]?.isNull == true)
        #expect(result[path: "deployment.status"] == "saved")
        #expect(result[path: "deployment.reason"]?.string?.hasPrefix("what was not tried is not deployed") == true)
        let file = "hunt_powershell_activity_encoded_\(result["id"]?.string?.prefix(8) ?? "").yaml"
        let yaml = try folder.text("data/local_rules/" + file)
        #expect(yaml.contains("connectorId: MicrosoftThreatProtection\n    dataTypes:\n      - DeviceProcessEvents\n"))
    }

    @Test("Ids: a hunt's beginning will do; what names nothing is refused in words")
    func ids() async throws {
        let folder = try TemporaryFolder(), session = try await session(folder)
        let path = try folder.write(Self.processes, to: "p.ndjson")
        let table = TableRequest(name: "DeviceProcessEvents", path: path)
        _ = try await session.perform(.ingestTable(table), words: ["ingest"])
        let id = try await hunt("processes on ws1 in the last 4 hours", in: session)
        for (name, problem) in [
            ("zzzz", "there is no finding, incident or hunt `zzzz`"), ("abc", "there is no finding, incident or hunt"),
            (id, "would match every row of DeviceProcessEvents"),
        ] {
            let fault = await #expect(throws: Diagnostic.self) { _ = try await rule(name, in: session) }
            #expect(fault?.problem.contains(problem) == true, "\(fault?.problem ?? "")")
        }
        #expect(try await verify(folder, session) == 5)
    }

    @Test("What is written keeps to the service's limits; of a query that is too long that is said", arguments: [
        "encoded powershell on ws1", "failed logons to dc01 by ann", "password spray", "lsass dump on ws1",
        "connections from ws1 to port 4444", "users with more than 10 failed logons", "run keys changed on ws1",
        "failed sign-ins by country", "role assignments by ann", "files named invoice.xlsx.exe on ws1",
        "logins from 3 or more countries per user",
    ])
    func limits(question: String) throws {
        let now = try #require(Timestamp("2026-11-21T10:00:00Z")), catalog = HuntCatalog.remote(now: now)
        let draft = try HuntGrammar(catalog: catalog).draft(question)
        for query in [draft.query, draft.query + "\n| where Type != \"\(String(repeating: "x", count: 11_000))\""] {
            let hunt = try Hunt(json: [
                "id": "1", "question": .string(question), "intent": draft.intent.json, "query": .string(query),
                "tables": JSONValue(draft.intent.tables), "from": "2026-10-22T10:00:00Z",
                "until": "2026-11-21T10:00:00Z", "on": "loganalytics",
            ])
            guard let rule = try? HuntRule(of: hunt, in: catalog) else {
                #expect(query != draft.query)
                continue
            }
            let written = try RuleWriter.write(RuleSource(hunt, rule, subject: "1"), detectors: [])
            let problems = written.rule.violations.map(\.problem)
            #expect(query == draft.query ? problems == [] : problems.count == 1, "\(problems)")
        }
    }

    @Test("The Sigma version says the same of plain conditions, and nothing else is said", arguments: [
        (
            "powershell started by winword.exe on ws1",
            ["category: process_creation", "Image|endswith:", "- '\\\\powershell.exe'", "ParentImage|endswith:",
             "condition: selection_1 and selection_2"]
        ),
        ("powershell with \"-enc\" on ws1", ["CommandLine|contains:", "- '-enc'"]),
        ("powershell count per host", []),
    ] as [(String, [String])])
    func sigma(question: String, parts: [String]) async throws {
        let folder = try TemporaryFolder(), session = try await session(folder)
        let path = try folder.write(Self.processes, to: "p.ndjson")
        let table = TableRequest(name: "DeviceProcessEvents", path: path)
        _ = try await session.perform(.ingestTable(table), words: ["ingest"])
        let result = try await rule(try await hunt(question, in: session), in: session)
        let sigma = result["sigma"]?.string
        #expect((sigma == nil) == parts.isEmpty, "\(sigma ?? "") \(result[path: "rule.properties.query"]?.text ?? "")")
        for part in parts { #expect(sigma?.contains(part) == true, "\(sigma ?? "")") }
    }

    @Test("A Sigma version of Okta's events is read back and fires on the hunt's own events")
    func oktaSigma() async throws {
        let folder = try TemporaryFolder(), session = try await session(folder)
        let log = [
            "02:10:00 eve 203.0.113.9 user.session.start FAILURE",
            "02:11:00 eve 203.0.113.9 user.session.start SUCCESS",
        ].joined(separator: "\n")
        let path = try folder.write(RuleNight.text(log), to: "log.ndjson")
        _ = try await session.perform(.ingest(.init(paths: [path])), words: ["ingest"])
        let result = try await rule(try await hunt("failed sign-ins of eve on 2026-03-13", in: session), in: session)
        let text = try #require(result["sigma"]?.string)
        let rules = RuleSet([RuleText(name: "own.yml", bytes: Array(text.utf8))])
        #expect(rules.refusals.map(\.rendered) == [], "\(text)")
        #expect(try await rules.matches(in: RuleNight.events(log)).map(\.rows) == [[0]], "\(text)")
    }
}
