import Diagnostics
import Events
import JSON
import KQL
import Tables
import Testing

@testable import Hunting

@Suite("Rules of hunts: the query without the one it was about")
struct HuntRuleTests {
    /// A hunt that ran; without a query, with that which the grammar writes for the question.
    static func hunt(
        _ question: String, query: String? = nil, on place: Hunt.Place = .loganalytics, in catalog: HuntCatalog,
        findings: [HuntFinding] = []
    ) throws -> Hunt {
        let draft = try? HuntGrammar(catalog: catalog).draft(question)
        let range = draft?.intent.range ?? HuntGrammar(catalog: catalog).range(of: question)
        let text = query ?? draft?.query ?? ""
        let checked = try HuntGuardrail(catalog: catalog).checked(text, range)
        return try Hunt(json: [
            "id": "11112222", "question": .string(question), "intent": draft?.intent.json ?? [:],
            "query": .string(text), "tables": JSONValue(checked.tables), "from": .string(range.from.description),
            "until": .string(range.until.description), "on": .string(place.rawValue), "rows": 1,
            "findings": .array(findings.map(\.json)),
        ])
    }

    private static let remote = HuntCatalog.remote(now: HuntQuestion.now)

    fileprivate func rule(_ query: String, _ question: String = "encoded powershell on ws1") throws -> HuntRule {
        try HuntRule(of: Self.hunt(question, query: query, in: Self.remote), in: Self.remote)
    }

    /// As ``QuestionCheck/catalog``, with Okta's events under Sentinel's name too, as a session has them.
    fileprivate static let local = HuntCatalog(
        local: HuntCatalog.huntTables.dropLast(2).compactMap { LocalTable(known: $0) }
            + [.oktaSystemLog(EventTable()), .oktaV2(EventTable())], now: HuntQuestion.now)

    private static let events = "DeviceProcessEvents"

    @Test(
        "Conditions on one account, machine or address and on the time go; all others stay",
        arguments: [
            (#"DeviceName =~ "ws1" or DeviceName startswith "ws1.""#, ""),
            (#"Timestamp > ago(4h) and DeviceName == "ws1""#, ""),
            (#"TimeGenerated between (datetime(2026-11-01) .. datetime(2026-11-02))"#, ""),
            (#"bin(Timestamp, 1d) == datetime(2026-11-01)"#, ""),
            (
                #"AccountName in~ ("ann", "bob") and ProcessCommandLine has "-w hidden""#,
                #"ProcessCommandLine has "-w hidden""#
            ),
            (#"tolower(DeviceName) has "ws1""#, ""),
            (#""ws1" == DeviceName"#, ""),
            // The machine of the question, in the form that a model is told to use.
            (#"DeviceName startswith "WS1""#, ""),
            (#"AccountUpn == "ann@example.com" and (FolderPath has "temp" or FolderPath has "tmp")"#,
                #"FolderPath has "temp" or FolderPath has "tmp""#),
            (#"split(DeviceName, ".")[0] == "ws1""#, ""),
            // Part of the behaviour, and of no one in particular.
            (#"AccountName =~ "system""#, #"AccountName =~ "system""#),
            (#"hourofday(Timestamp) > 20"#, "hourofday(Timestamp) > 20"),
            (#"strlen(AccountName) > 30"#, "strlen(AccountName) > 30"),
            (#"DeviceName startswith "srv-""#, #"DeviceName startswith "srv-""#),
            (#"AccountName != "svc-backup""#, #"AccountName != "svc-backup""#),
            (#"not(DeviceName == "build1")"#, #"not(DeviceName == "build1")"#),
            (#"DeviceName == "ws1" or ProcessCommandLine has "mimikatz""#,
                #"DeviceName == "ws1" or ProcessCommandLine has "mimikatz""#),
        ])
    func conditions(condition: String, left: String) throws {
        let query = try rule("\(Self.events)\n| where \(condition)\n| where FileName =~ \"a.exe\"").query
        let kept = left.isEmpty ? "" : "\n| where \(left)"
        #expect(query == Self.events + kept + "\n| where FileName =~ \"a.exe\"")
    }

    @Test(
        "Addresses go, networks stay",
        arguments: [
            (#"RemoteIP == "203.0.113.9""#, true), (#"ipv4_is_match(RemoteIP, "203.0.113.9")"#, true),
            (#"ipv4_is_in_range(RemoteIP, "203.0.113.9/32")"#, true), (#"RemoteIP == "2001:db8::9""#, true),
            (#"has_ipv4(RemoteIP, "203.0.113.9")"#, true),
            (#"ipv4_is_in_range(RemoteIP, "10.0.0.0/8")"#, false), (#"RemoteIP startswith "10.""#, false),
            (#"not(ipv4_is_in_range(RemoteIP, "10.0.0.0/8"))"#, false), (#"RemoteIP == "127.0.0.1""#, false),
            ("ipv4_is_private(RemoteIP) == false", false),
        ])
    func addresses(condition: String, goes: Bool) throws {
        let query = try rule("DeviceNetworkEvents\n| where \(condition)\n| where RemotePort == 4444").query
        #expect(query.contains(condition) == !goes, "\(query)")
        #expect(query.hasSuffix("| where RemotePort == 4444"))
    }

    @Test(
        "Operators: the query, and what becomes of it",
        arguments: [
            // Names made on the way, and names that are bound.
            (
                #"""
                let host = "ws1";
                let who = dynamic(["ann"]);
                T | where DeviceName == host and AccountName in (who) | where FileName has "x"
                """#,
                #"T | where FileName has "x""#
            ),
            (
                #"T | extend Machine = tolower(DeviceName) | where Machine == "ws1" and FileName has "x""#,
                #"T | extend Machine = tolower(DeviceName) | where FileName has "x""#
            ),
            // What is for the eye goes; a projection also says whom and when.
            (#"T | where FileName has "x" | sort by Timestamp asc | take 10"#, #"T | where FileName has "x""#),
            (#"T | where FileName has "x" | top 5 by Timestamp | project-away SHA1"#, #"T | where FileName has "x""#),
            (
                #"""
                T | where DeviceName == "ws1" and FileName has "x"
                | top 10 by Timestamp
                | project FileName, Line = ProcessCommandLine
                """#,
                #"""
                T | where FileName has "x"
                | project FileName, Line = ProcessCommandLine, TimeGenerated, DeviceName, AccountName, AccountDomain
                """#
            ),
            // A count says nothing by itself; groups and thresholds do.
            (#"T | where FileName has "x" | count"#, #"T | where FileName has "x""#),
            (
                #"T | where FileName has "x" | summarize count() by bin(Timestamp, 1h) | render timechart"#,
                #"T | where FileName has "x""#
            ),
            (
                #"""
                T | where FileName has "x"
                | summarize Runs = count() by DeviceName | where Runs > 5
                | top 3 by Runs
                """#,
                #"T | where FileName has "x" | summarize Runs = count() by DeviceName | where Runs > 5"#
            ),
            (
                #"T | where DeviceName == "ws1" | summarize Runs = count() | where Runs > 500"#,
                #"T | summarize Runs = count() | where Runs > 500"#
            ),
            // Parts.
            (
                #"""
                union (T | where DeviceName == "ws1" | where FileName has "x"),
                (DeviceFileEvents | where DeviceName == "ws1" | where FileName has "x")
                """#,
                #"union (T | where FileName has "x"), (DeviceFileEvents | where FileName has "x")"#
            ),
            (
                #"""
                T | where DeviceName == "ws1"
                | join kind=inner (DeviceNetworkEvents | where DeviceName == "ws1" and RemotePort == 22) on DeviceName
                """#,
                #"T | join kind=inner (DeviceNetworkEvents | where RemotePort == 22) on DeviceName"#
            ),
            (
                #"""
                T | where DeviceName == "ws1" and FileName has "x"
                | join kind=leftanti (T | where DeviceName == "ws2") on FileName
                """#,
                #"T | where FileName has "x" | join kind=leftanti (T | where DeviceName == "ws2") on FileName"#
            ),
            (
                #"""
                let seen = T | where DeviceName == "ws2" | distinct FileName;
                T | where DeviceName == "ws1" | where FileName !in (seen) and FolderPath has "temp"
                """#,
                #"""
                let seen = T | where DeviceName == "ws2" | distinct FileName;
                T | where FileName !in (seen) and FolderPath has "temp"
                """#
            ),
            // Several stretches of time stay as they are.
            (
                #"""
                let old = T | where Timestamp between (ago(14d) .. ago(1d)) | distinct FileName;
                T | where Timestamp > ago(1d) and DeviceName == "ws1"
                | join kind=leftanti old on FileName
                """#,
                #"""
                let old = T | where Timestamp between (ago(14d) .. ago(1d)) | distinct FileName;
                T | where Timestamp > ago(1d)
                | join kind=leftanti old on FileName
                """#
            ),
        ])
    func operators(query: String, expected: String) throws {
        let written = query.replacing("T |", with: "\(Self.events) |")
        let wanted = expected.replacing("T |", with: "\(Self.events) |")
        let own = try rule(written)
        #expect(own.general.text == (try Query.parse(wanted)).description, "\(own.general.text)")
    }

    @Test(
        "What an analyst should know of the rule stands beside it",
        arguments: [
            (#"DeviceName == "ws1""#, #"It asks for all, without `DeviceName == "ws1"`."#),
            (
                #"DeviceName == "ws1" or FileName == "b""#,
                #"`DeviceName == "ws1" or FileName == "b"` asks for one of them or for something else, and is kept."#
            ),
            (#"AccountName != "svc""#, #"It goes on leaving out what the hunt left out: `AccountName != "svc"`."#),
            (
                #"DeviceName startswith "srv""#,
                #"It goes on asking for a group of them: `DeviceName startswith "srv"`."#
            ),
            (#"ProcessCommandLine has "ws1""#, "It still names `ws1`: look at the query before it is deployed."),
        ])
    func notes(condition: String, note: String) throws {
        let notes = try rule("\(Self.events)\n| where \(condition)\n| where FileName == \"a.exe\"").notes
        #expect(notes.contains(note), "\(notes)")
    }

    @Test(
        "A question's rule: title, query's first conditions, entities",
        arguments: [
            (
                "encoded powershell on ws1 in the last 4 hours", "powershell activity (encoded)",
                ["Host FullName=DeviceName", "Account Name=AccountName NTDomain=AccountDomain",
                 "Process CommandLine=ProcessCommandLine", "File Name=FileName Directory=FolderPath"]
            ),
            (
                "connections from ws1 to port 4444", "network connections (port 4444)",
                ["Host FullName=DeviceName",
                 "Account Name=InitiatingProcessAccountName NTDomain=InitiatingProcessAccountDomain",
                 "IP Address=RemoteIP", "Process CommandLine=InitiatingProcessCommandLine", "URL Url=RemoteUrl"]
            ),
        ])
    func questions(question: String, title: String, entities: [String]) throws {
        let own = try HuntRule(of: Self.hunt(question, in: Self.remote), in: Self.remote)
        #expect(own.title == title)
        #expect(!own.query.contains("ws1") && !own.query.contains("datetime("), "\(own.query)")
        let found = own.entities.map { entity in
            ([entity.type] + entity.fields.map { "\($0.identifier)=\($0.column)" }).joined(separator: " ")
        }
        #expect(found == entities)
    }

    @Test(
        "What would match everything is refused, with what to add",
        arguments: [
            ("processes on ws1", nil, "would match every row of DeviceProcessEvents, so it is no rule"),
            ("top 5 hosts by processes", nil, "the hunt would match every row of DeviceProcessEvents"),
            (
                "x", #"OktaV2_CL | where ActorUsername == "bob@x.com" and EventOriginalType == "user.session.start""#,
                "every everyday event of its kind"
            ),
            ("x", #"DeviceProcessEvents | where isnotempty(AccountName) and AccountName != "ann""#, "every row"),
            (
                "x",
                "let old = DeviceProcessEvents | where Timestamp < datetime(2026-01-01) | distinct FileName; "
                    + "DeviceProcessEvents | where Timestamp > datetime(2026-01-01) "
                    + "| join kind=leftanti old on FileName",
                "compares stretches of time by fixed instants"
            ),
        ] as [(String, String?, String)])
    func refused(question: String, query: String?, problem: String) throws {
        let hunt = try Self.hunt(question, query: query, in: Self.remote)
        let fault = #expect(throws: Diagnostic.self) { _ = try HuntRule(of: hunt, in: Self.remote) }
        #expect(fault?.problem.contains(problem) == true, "\(fault?.problem ?? "")")
        #expect(fault?.remedy.isEmpty == false)
    }

    @Test("Of the fixtures' questions each has a rule that binds and names no one, or a refusal in words")
    func allQuestions() throws {
        let questions = HuntQuestion.read("questions.ndjson") + HuntQuestion.read("questions-frozen.ndjson")
        #expect(questions.count == 200)
        var written = 0
        for question in questions {
            let catalog = Self.local
            guard let hunt = try? Self.hunt(question.question, on: .local, in: catalog) else { continue }
            do throws(Diagnostic) {
                let rule = try HuntRule(of: hunt, in: catalog)
                written += 1
                #expect(throws: Never.self, "\(rule.query)") { _ = try catalog.engine.outline(of: rule.query) }
                #expect(!rule.query.contains("datetime("), "\(question) \(rule.query)")
                let named = HuntRuleSubject(hunt, catalog).named.filter { !$0.isExcluded }
                let names = named.filter { [.user, .host].contains($0.role) }.flatMap(\.values).map { $0.lowercased() }
                #expect(!rule.general.texts.contains { names.contains($0.lowercased()) }, "\(question) \(rule.query)")
            } catch {
                #expect(!error.problem.contains("cannot be made general"), "\(question): \(error.problem)")
            }
        }
        #expect(written > 100, "\(written)")
    }
}

extension HuntRuleTests {
    @Test(
        "Okta's log under its own name becomes Sentinel's table, column by column; what that has nothing for is told",
        arguments: [
            (#"eventType == "a" and outcome_result == "FAILURE""#, "eventType = EventOriginalType", nil),
            (
                #"target_displayName has "admin""#,
                "target_displayName = tostring(parse_json(OriginalTarget)[0].displayName)", nil
            ),
            (
                #"tostring(debugContext.debugData.risk) has "HIGH""#,
                #"debugContext = bag_pack("debugData", parse_json(DebugData))"#, nil
            ),
            (#"securityContext_asNumber == 9009"#, "securityContext_asNumber = tolong(SecurityContextAsNumber)", nil),
            (#"device.name has "x""#, "", "it reads OktaSystemLog, and Sentinel's OktaV2_CL has nothing for `device`"),
        ] as [(String, String, String?)])
    func okta(condition: String, column: String, obstacle: String?) throws {
        let query = "OktaSystemLog\n| where \(condition) and actor_id == \"zoe\"\n| top 10 by TimeGenerated"
        let hunt = try Self.hunt("x", query: query, on: .local, in: Self.local)
        let rule = try HuntRule(of: hunt, in: Self.local)
        #expect(rule.obstacle == obstacle)
        #expect(rule.query.contains(column) && !rule.query.contains("zoe"), "\(rule.query)")
        #expect(rule.query.hasPrefix("let OktaSystemLog = OktaV2_CL\n") == (obstacle == nil))
    }

    @Test("What a query holds that no rule needs does not end the program", arguments: [
        String(repeating: "(", count: 200) + #"DeviceName == "ws1""# + String(repeating: ")", count: 200),
        (0..<300).map { #"DeviceName == "ws\#($0)""# }.joined(separator: " or "),
        "FileName has \"\\u202e\\u001b[31m\" and DeviceName == \"ws1\\u001b]0;x\\u0007\"",
    ])
    func hostile(condition: String) throws {
        let rule = try rule("DeviceProcessEvents\n| where \(condition)\n| where FolderPath has \"x\"")
        #expect(!rule.query.contains("ws1") && rule.query.hasSuffix("| where FolderPath has \"x\""))
        #expect(!rule.notes.joined().contains("\u{1B}"))
    }
}
