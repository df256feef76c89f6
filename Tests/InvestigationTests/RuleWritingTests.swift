import Connectors
import Detection
import Diagnostics
import Events
import Foundation
import JSON
import KQL
import Sigma
import Tables
import Testing

@testable import Investigation

@Suite("Rules that are written of findings")
struct RuleWritingTests {
    private func written(_ detector: String, attack: [String]? = nil) throws -> WrittenRule {
        let all = SessionSettings().detectors
        let own = try #require(all.first { $0.id == detector })
        let finding = DetectionFinding(
            detector: own, groupKey: "g", description: "", oktaEventIDs: ["e1"], userID: "00uann", createdAt: nil,
            figures: [])
        let source = RuleSource(
            subject: finding.id, pattern: .finding(FindingPattern(finding, in: EventTable())), severity: "high",
            attack: attack ?? own.attack)
        return try RuleWriter.write(source, detectors: all)
    }

    @Test(
        "Each detector has a rule that binds, keeps to the service's limits, and names no one",
        arguments: SessionSettings().detectors.map(\.id))
    func binds(detector: String) throws {
        let written = try written(detector), rule = written.rule
        let tables = [LocalTable.oktaV2(EventTable())]
        let now = try #require(Timestamp("2026-03-14T00:00:00Z"))
        do {
            let result = try QueryEngine(tables: tables, now: now).run(rule.query)
            #expect(result.count == 0)
            let columns = result.columns.map(\.name)
            for mapping in rule.entityMappings {
                for field in mapping.fieldMappings { #expect(columns.contains(field.columnName)) }
            }
        } catch {
            Issue.record("\(error.diagnostic(for: rule.query).rendered)\n\(rule.query)")
        }
        #expect(rule.violations.map(\.rendered) == [])
        #expect(rule.query.contains("ago(") && !rule.query.contains("ann"))
        #expect(!rule.tactics.isEmpty && !rule.techniques.isEmpty && rule.techniques.allSatisfy { $0.count == 5 })
        #expect(rule.displayName.hasPrefix("Okta: "))
    }

    /// The rule of each kind over the events in which its detector found something: whom it would have named.
    @Test("Over its own events a rule finds what it was written of", arguments: RuleScenarios.all)
    func findsItsOwn(detector: String, log: String, entities: [String]) async throws {
        let session = try await session(with: log)
        guard
            case .rule(let outcome) = try await session.perform(
                .rule(RuleRequest(subject: id(detector, session))), words: ["rule"])
        else { Issue.record("another result"); return }
        #expect(outcome.dryRun.findsSource, "\(outcome.dryRun.json.text)\n\(outcome.written.rule.query)")
        #expect(outcome.dryRun.alerts.map(\.entities).contains(entities), "\(outcome.dryRun.json.text)")
        #expect(outcome.dryRun.fired > 0 && outcome.dryRun.fired <= outcome.dryRun.runs)
    }

    @Test(
        "The Sigma version is read back, and fires on the same events",
        arguments: RuleScenarios.all.filter { RuleScenarios.inSigma.contains($0.0) })
    func sigma(detector: String, log: String, entities: [String]) async throws {
        let text = try #require(try written(detector).sigma), events = try await RuleNight.events(log)
        let rules = RuleSet([RuleText(name: "own.yml", bytes: Array(text.utf8))])
        #expect(rules.refusals.map(\.rendered) == [] && rules.skipped.isEmpty, "\(text)")
        #expect(
            rules.reported.map(\.title) == [
                "Okta: " + (SessionSettings().detectors.first { $0.id == detector }?.title ?? "")
            ])
        let matched = Set(try await rules.matches(in: events).flatMap(\.rows).map { events[$0].id })
        let found = Set(
            try await Sweep(events, with: SessionSettings().detectors.filter { $0.id == detector }).findings
                .flatMap(\.oktaEventIDs))
        #expect(!found.isEmpty && !matched.isDisjoint(with: found), "\(text)")
    }

    @Test("Quiet nights raise nothing", arguments: RuleScenarios.all.map(\.0))
    func silent(detector: String) async throws {
        let log =
            RuleNight.past("ann") + RuleNight.past("bob", "country=France agent=Win device=bobs asn=2")
            + "14/08:00:00 ann 192.0.2.1 user.session.start SUCCESS country=Germany agent=Mac device=own asn=1"
        let events = try await RuleNight.events(log), rule = try written(detector)
        let engine = QueryEngine(tables: [.oktaV2(events)], now: try #require(events.last))
        #expect(try engine.run(rule.rule.query).count == 0)
    }

    @Test("The settings of the session are the thresholds of the rule, and the id stays")
    func settings() throws {
        let source = RuleSource(
            subject: "s", pattern: .finding(try pattern("failed_login_burst")), severity: "medium", attack: ["T1110"])
        let strict = try RuleWriter.write(source, detectors: [FailedLoginBurst(threshold: 12, window: 1800)])
        #expect(strict.rule.query.contains("Failures >= 12") && strict.rule.queryPeriod == "PT45M")
        let (same, other) = (try written("failed_login_burst"), try written("password_spray"))
        #expect(strict.id == same.id && strict.id != other.id)
        #expect(strict.rule.tactics == ["CredentialAccess"] && strict.rule.severity == .medium)
    }

    private func pattern(_ detector: String) throws -> FindingPattern {
        let own = try #require(SessionSettings().detectors.first { $0.id == detector })
        return FindingPattern(
            DetectionFinding(
                detector: own, groupKey: "g", description: "", oktaEventIDs: ["e1"], userID: "", createdAt: nil,
                figures: []),
            in: EventTable())
    }

    @Test("A rule's finding becomes a rule of its events' kinds, outcomes and reason, without names")
    func ofARule() async throws {
        let log =
            "02:00:00 eve 203.0.113.9 system.api_token.create SUCCESS target=Token:secretive\n"
            + "03:00:00 ann 192.0.2.1 user.session.start SUCCESS\n"
        let session = try await session(with: log)
        let id = try await id("api_token_created", session)
        guard case .rule(let outcome) = try await session.perform(.rule(RuleRequest(subject: id)), words: ["rule"])
        else { return }
        let query = outcome.written.rule.query
        #expect(query.contains(#"dynamic(["system.api_token.create"])"#) && query.contains(#"in ("SUCCESS")"#))
        #expect(!query.contains("eve") && !query.contains("203.0.113.9") && !query.contains("secretive"))
        #expect(outcome.dryRun.alerts.map(\.entities) == [["eve@example.com", "203.0.113.9"]])
        #expect(outcome.written.rule.techniques == ["T1098", "T1528"] && outcome.written.rule.violations.isEmpty)
        let sigma = RuleSet([RuleText(name: "own.yml", bytes: Array((outcome.written.sigma ?? "").utf8))])
        let matches = try await sigma.matches(in: RuleNight.events(log))
        #expect(matches.map(\.rows) == [[0]])
    }

    @Test("A query, such as a hunt's, becomes a rule as it is")
    func ofAQuery() throws {
        let query = "DeviceProcessEvents\n| where TimeGenerated > ago(4h)\n| where ProcessCommandLine has \"-enc\""
        let source = RuleSource(
            subject: "h1",
            pattern: .query(
                .init(
                    text: query, question: "encoded PowerShell", period: 4 * 3600,
                    entities: [RuleEntity(.host, column: "DeviceName"), RuleEntity(.account, column: "AccountName")])),
            severity: "high", attack: ["T1059.001"])
        let rule = try RuleWriter.write(source, detectors: []).rule
        #expect(rule.query == query && rule.displayName == "Hunt: encoded PowerShell" && rule.violations.isEmpty)
        #expect(rule.entityMappings.map(\.entityType) == ["Host", "Account"] && rule.queryPeriod == "PT5H")
        #expect(rule.techniques == ["T1059"] && rule.tactics == ["Execution"])
    }

    @Test(
        "Texts from the log cannot leave their quotes",
        arguments: [
            ("a\"b", #""a\"b""#), (#"a\"#, #""a\\""#), ("a\nb", #""a\u000ab""#), ("é'", "\"é'\""),
        ])
    func literals(text: String, expected: String) throws {
        #expect(RuleKQL.literal(text) == expected)
        let now = try #require(Timestamp("2026-03-14T00:00:00Z"))
        #expect(try QueryEngine(tables: [], now: now).run("print " + expected).text(row: 0, column: 0) == text)
    }

    @Test(
        "Schedules: window, step and period",
        arguments: [
            (600.0, "PT5M", "PT15M"), (3600, "PT15M", "PT1H15M"), (86_400, "PT1H", "P1DT1H"),
            (7 * 86_400, "PT1H", "P7DT1H"),
            (30 * 86_400, "PT1H", "P14D"), (.infinity, "PT1H", "P14D"),
        ])
    func schedules(window: Double, frequency: String, period: String) {
        let schedule = RuleSchedule(window: window)
        #expect(RuleSchedule.iso(schedule.frequency) == frequency && RuleSchedule.iso(schedule.period) == period)
    }

    @Test("The tactics of each technique are those of ATT&CK")
    func tactics() throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../../shared/reference/attack_all.csv")
        guard let text = try? String(contentsOf: path.standardizedFileURL, encoding: .utf8) else {
            print("skipped: there is no \(path.standardizedFileURL.path)")
            return
        }
        var known: [String: Set<String>] = [:]
        for line in text.split(whereSeparator: \.isNewline) {
            let id = String(line.prefix(5)), names = line.split(separator: ",").dropFirst(2)
            guard line.dropFirst(5).first == ",",
                let own = names.first(where: {
                    $0.contains("-")
                        || [
                            "execution", "persistence", "discovery", "collection", "exfiltration", "impact",
                            "reconnaissance",
                        ].contains($0.prefix { $0 != ";" })
                })
            else { continue }
            known[id] = Set(own.split(separator: ";").map { $0.split(separator: "-").map(\.capitalized).joined() })
        }
        let named = Set(
            SessionSettings().detectors.flatMap(\.attack) + RuleSet(BuiltInRules.texts).reported.flatMap(\.attack))
        for id in named {
            let technique = String(id.prefix(5)), tactics = Set(TechniqueTactics.tactics(of: [id]))
            #expect(tactics == known[technique] ?? [], "\(technique)")
            #expect(!tactics.isEmpty, "\(technique)")
        }
    }
}

extension RuleWritingTests {
    /// A session that holds a log and has looked for findings.
    private func session(with log: String) async throws -> Session {
        let folder = try TemporaryFolder(), session = try await InvestigationTests.session(in: folder)
        let path = try folder.write(RuleNight.text(log), to: "log.ndjson")
        _ = try await session.perform(.ingest(.init(paths: [path])), words: ["ingest"])
        _ = try await session.perform(.detect(DetectRequest()), words: ["detect"])
        return session
    }

    private func id(_ type: String, _ session: Session) async throws -> String {
        let findings = await session.state.findings
        return try #require(findings.first { $0.findingType == type }?.id, "\(findings.map(\.findingType))")
    }
}
