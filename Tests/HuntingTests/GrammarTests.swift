import Diagnostics
import Events
import JSON
import Tables
import Testing

@testable import Hunting
@testable import KQL

@Suite("What the built-in analyst understands")
struct GrammarTests {
    private static let grammar = HuntGrammar(catalog: QuestionCheck.catalog)

    @Test(
        "Subject, names, table and shape",
        arguments: [
            (
                "what processes did outlook.exe start on lt-2231",
                "processes, parent outlook.exe, host lt-2231; DeviceProcessEvents; count by process"
            ),
            ("new local accounts created on ws-hr-02", "local accounts, host ws-hr-02; DeviceProcessEvents; rows"),
            ("did anybody disable defender", "Defender switched off; DeviceProcessEvents; rows"),
            ("who deleted invoice.xlsx", "files deleted, file invoice.xlsx; DeviceFileEvents; count by user"),
            ("login attempts for disabled accounts", "sign-ins (disabled accounts); SigninLogs; rows"),
            ("countries for user liam@contoso.com", "sign-ins, user liam@contoso.com; OktaSystemLog; count by country"),
            (
                "logins from 3 or more countries per user",
                "sign-ins; OktaSystemLog; at least 3 different values of country for one user"
            ),
            ("get me last 10 logons on dc02", "sign-ins, host dc02; DeviceLogonEvents; newest 10"),
            ("what time did maria first log in", "sign-ins, user maria; OktaSystemLog; first"),
            (
                "traffic to 8.8.8.8 not on port 53",
                "network connections, not port 53, address 8.8.8.8; DeviceNetworkEvents; rows"
            ),
            (
                "logons on dc01 by adm-kim or adm-lee",
                "sign-ins, host dc01, user adm-kim, user adm-lee; DeviceLogonEvents; rows"
            ),
        ])
    func understood(question: String, expected: String) throws {
        #expect(try Self.grammar.draft(question).intent.words == expected)
    }

    @Test(
        "What is not hunted is refused in words",
        arguments: [
            (
                "isolate pc-12 please",
                "a hunt only reads, and `isolate` asks for something to be done; understood were: host pc-12"
            ),
            ("usb devices plugged in on pc-12", "what to look for was not understood; understood were: host pc-12"),
            ("what's the weather in berlin", "what to look for was not understood; nothing else in it was recognised"),
            (
                "entra role changes on pc-12",
                "AuditLogs, which knows of admin roles given, cannot tell host pc-12; understood were: host pc-12"
            ),
            ("", "what to look for was not understood; nothing else in it was recognised"),
        ])
    func refused(question: String, problem: String) {
        #expect(throws: Diagnostic.self) { try Self.grammar.draft(question) }
        do throws(Diagnostic) { _ = try Self.grammar.draft(question) } catch { #expect(error.problem == problem) }
    }

    @Test(
        "What was guessed, corrected or passed over is said",
        arguments: [
            ("failed conections to 10.0.0.9", "no time was named: the last 24 hours are read"),
            ("faild logins today", "`faild` was read as `failed`"),
            ("logins by jdoe today", "`jdoe` was read as a user"),
            ("files touched on pc-12 today", "not understood, and not asked for: touched"),
            ("logins in the last 90 days", "the range was cut to its last 30 days, the most that one hunt reads"),
        ])
    func notes(question: String, note: String) throws {
        #expect(try Self.grammar.draft(question).intent.notes.contains(note))
    }

    @Test(
        "Okta's events are found under the names that Sentinel keeps them in",
        arguments: [
            ("OktaV2_CL", "EventOriginalType"), ("Okta_CL", "eventType_s"),
        ])
    func okta(table: String, column: String) throws {
        let catalog = HuntCatalog.remote([table], now: HuntQuestion.now)
        let draft = try HuntGrammar(catalog: catalog).draft("failed okta logins of bob@contoso.com from russia")
        #expect(draft.intent.tables == [table] && draft.query.contains("where \(column) =~ \"user.session.start\""))
        #expect(try catalog.engine.outline(of: draft.query).reads.map(\.table) == [table])
    }

    @Test(
        "Where events have no login, the actor's id is counted",
        arguments: [
            ([["actor_alternateId": "a@x.example", "actor_id": "u1"]] as [JSONValue], "by actor_alternateId"),
            (
                [["actor_id": "u1"], ["actor_id": "u1"], ["actor_id": "u2"]] as [JSONValue],
                "by user = iff(isempty(actor_alternateId), actor_id, actor_alternateId)"
            ),
        ])
    func actors(events: [JSONValue], group: String) throws {
        let rows = events.map { $0.setting("TimeGenerated", to: "2025-11-12T01:00:00Z").setting("eventType", to: "x") }
        let columns = LocalTable.oktaSystemLog(EventTable()).columns.compactMap { column in
            ScalarType(written: column.type).map { ColumnSchema(column.name, $0) }
        }
        let table = LocalTable(name: "OktaSystemLog", columns: columns, records: rows)
        let draft = try HuntGrammar(catalog: HuntCatalog(local: [table], now: HuntQuestion.now))
            .draft("okta events per user today")
        #expect(draft.query.contains("last_seen = max(TimeGenerated) \(group)"))
        #expect(try QueryEngine(tables: [table], now: HuntQuestion.now).run(draft.query).count == min(2, events.count))
    }

    @Test("A table that was loaded from a file is asked by its name and its own columns")
    func loaded() throws {
        let proxy = LocalTable(
            name: "ProxyLog",
            records: [["Time": "2025-11-12T01:00:00Z", "User": "bob", "Url": "http://x.example", "user agent": "curl"]])
        let catalog = HuntCatalog(local: [proxy], now: HuntQuestion.now)
        let draft = try HuntGrammar(catalog: catalog).draft("proxylog of user bob today")
        #expect(draft.query.hasPrefix("ProxyLog\n| where Time >= "))
        #expect(try catalog.engine.run(draft.query).count == 1)
    }

    @Test("Where no table knows of the subject, the tables that are there are named")
    func missing() {
        let catalog = HuntCatalog(local: [], now: HuntQuestion.now)
        do throws(Diagnostic) { _ = try HuntGrammar(catalog: catalog).draft("failed logins") } catch {
            #expect(error.remedy.hasSuffix("tables: none is loaded"))
        }
    }

    @Test(
        "Overlong and strange questions are read to their end",
        arguments: [
            String(repeating: "failed logins ", count: 20_000), String(repeating: "\"", count: 5_000),
            String(repeating: "\u{301}", count: 10_000),
            String(repeating: "between 1am and ", count: 3_000), "\u{0}\u{1B}[2J",
            String(repeating: "a-", count: 20_000),
        ])
    func strange(question: String) { _ = try? Self.grammar.draft(question) }
}
