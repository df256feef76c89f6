import Detection
import Events
import JSON
import Tables
import Testing

@testable import Pipeline

@Suite("Incidents")
struct IncidentBuilderTests {
    /// A finding in a line: name, score, actor, event times with addresses.
    struct Seed: Sendable {
        let name: String
        let score: Double
        let actor: String
        let ip: String
        let time: String
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let seeds: [Seed]
        /// For each incident the names of its findings, promoted ones first.
        let incidents: [[String]]
    }

    static let cases = [
        Case(testDescription: "none without findings", seeds: [], incidents: []),
        Case(
            testDescription: "none where nothing was promoted",
            seeds: [Seed(name: "a", score: 0.42, actor: "ann", ip: "1.1.1.1", time: "12T10:00:00")], incidents: []),
        Case(
            testDescription: "one for each promoted finding that shares nothing",
            seeds: [
                Seed(name: "a", score: 0.7, actor: "ann", ip: "1.1.1.1", time: "12T10:00:00"),
                Seed(name: "b", score: 0.7, actor: "ben", ip: "2.2.2.2", time: "12T11:00:00"),
            ], incidents: [["a"], ["b"]]),
        Case(
            testDescription: "one for promoted findings of one actor within a day",
            seeds: [
                Seed(name: "a", score: 0.7, actor: "ann", ip: "1.1.1.1", time: "12T10:00:00"),
                Seed(name: "b", score: 0.9, actor: "ann", ip: "2.2.2.2", time: "13T10:00:00"),
            ], incidents: [["a", "b"]]),
        Case(
            testDescription: "two for one actor when more than a day lies between",
            seeds: [
                Seed(name: "a", score: 0.7, actor: "ann", ip: "1.1.1.1", time: "12T10:00:00"),
                Seed(name: "b", score: 0.7, actor: "ann", ip: "2.2.2.2", time: "13T10:00:01"),
            ], incidents: [["a"], ["b"]]),
        Case(
            testDescription: "one for actors behind one address",
            seeds: [
                Seed(name: "a", score: 0.7, actor: "ann", ip: "1.1.1.1", time: "12T10:00:00"),
                Seed(name: "b", score: 0.7, actor: "ben", ip: "1.1.1.1", time: "12T11:00:00"),
            ], incidents: [["a", "b"]]),
        Case(
            testDescription: "one for a chain: a shares with b, b with c",
            seeds: [
                Seed(name: "a", score: 0.7, actor: "ann", ip: "1.1.1.1", time: "12T10:00:00"),
                Seed(name: "b", score: 0.7, actor: "ben", ip: "1.1.1.1", time: "12T20:00:00"),
                Seed(name: "c", score: 0.7, actor: "ben", ip: "3.3.3.3", time: "13T08:00:00"),
            ], incidents: [["a", "b", "c"]]),
        Case(
            testDescription: "context joins behind the promoted, also when it came first",
            seeds: [
                Seed(name: "before", score: 0.42, actor: "ann", ip: "1.1.1.1", time: "12T09:00:00"),
                Seed(name: "a", score: 0.7, actor: "ann", ip: "1.1.1.1", time: "12T10:00:00"),
                Seed(name: "other", score: 0.42, actor: "eve", ip: "9.9.9.9", time: "12T10:00:00"),
            ], incidents: [["a", "before"]]),
        Case(
            testDescription: "context does not tie incidents together",
            seeds: [
                Seed(name: "a", score: 0.7, actor: "ann", ip: "1.1.1.1", time: "12T10:00:00"),
                Seed(name: "link", score: 0.42, actor: "ann", ip: "2.2.2.2", time: "12T10:30:00"),
                Seed(name: "b", score: 0.7, actor: "ben", ip: "2.2.2.2", time: "12T11:00:00"),
            ], incidents: [["a", "link"], ["b"]]),
    ]

    @Test("are made of what belongs together", arguments: cases)
    func merged(_ example: Case) async throws {
        let file = try await Self.file(example.seeds)
        let names = Dictionary(uniqueKeysWithValues: file.findings.map { ($0.id, $0.findingType) })
        #expect(IncidentBuilder.incidents(in: file).map { $0.findingIDs.map { names[$0] } } == example.incidents)
        var shuffled = file
        shuffled.findings.reverse()
        shuffled.scores.reverse()
        #expect(IncidentBuilder.incidents(in: shuffled) == IncidentBuilder.incidents(in: file))
    }

    @Test("of one session belong together whatever the actor and address")
    func sessions() async throws {
        let events = ["ann", "ben"].enumerated().map { index, actor -> JSONValue in
            [
                "uuid": .string("e\(index)"), "published": .string("2025-11-12T1\(index):00:00Z"),
                "eventType": "user.session.start", "actor": ["id": .string(actor), "type": "User"],
                "client": ["ipAddress": .string("192.0.2.\(index)")],
                "authenticationContext": ["externalSessionId": "idx-1"],
            ]
        }
        var file = CaseFile(events: try await DemoCase.table(events), clock: DemoCase.clock)
        file.findings = ["ann", "ben"].enumerated().map { NamedDetector(id: $1).finding(user: $1, events: ["e\($0)"]) }
        file.scores = file.findings.map { Self.score($0, 0.7) }
        #expect(IncidentBuilder.incidents(in: file).map(\.findingIDs.count) == [2])
    }

    @Test("carry the worst of their findings, all their actors and their time")
    func sums() async throws {
        let file = try await Self.file([
            Seed(name: "a", score: 0.7, actor: "ann", ip: "1.1.1.1", time: "12T10:00:00"),
            Seed(name: "b", score: 0.9, actor: "ben", ip: "1.1.1.1", time: "12T11:00:00"),
            Seed(name: "c", score: 0.42, actor: "ann", ip: "3.3.3.3", time: "12T12:00:00"),
        ])
        let incident = try #require(IncidentBuilder.incidents(in: file).first)
        let ids = file.findings.map(\.id)
        #expect(incident.findingID == ids[0])
        #expect(incident.findingIDs == ids)
        #expect(incident.promotedFindingIDs == Array(ids.prefix(2)))
        #expect(incident.title == "A rule of the user: ben and 1 more")
        #expect(incident.severity == .critical && incident.riskScore == 0.9 && incident.status == .open)
        #expect(incident.actors == ["ann", "ben"] && incident.ips == ["1.1.1.1", "3.3.3.3"])
        #expect(incident.firstSeen?.description == "2025-11-12T10:00:00Z")
        #expect(incident.lastSeen?.description == "2025-11-12T12:00:00Z")
        #expect(incident.createdAt == incident.lastSeen)
    }

    @Test("are not made of suppressed findings, which join as context and count for nothing")
    func suppressed() async throws {
        let seeds = [
            Seed(name: "a", score: 0.9, actor: "ann", ip: "1.1.1.1", time: "12T10:00:00"),
            Seed(name: "b", score: 0.7, actor: "ann", ip: "1.1.1.1", time: "12T11:00:00"),
            Seed(name: "c", score: 0.9, actor: "eve", ip: "2.2.2.2", time: "12T11:00:00"),
        ]
        var file = try await Self.file(seeds)
        let ids = file.findings.map(\.id)
        let lines = ["a", "c"].map { #"{"rule":"\#($0)","owner":"nina","reason":"w","expires":null}"# }.joined(separator: "\n")
        file.findings = Suppressions(jsonLines: lines.utf8, file: "s").marked(file.findings, in: file.events, at: file.clock)
        let incidents = IncidentBuilder.incidents(in: file)
        #expect(incidents.map(\.findingIDs) == [[ids[1], ids[0]]])
        #expect(incidents.map(\.riskScore) == [0.7])
        #expect(incidents.map(\.severity) == [.high])
        let chain = incidents[0].metadata["chain"]?.array ?? []
        #expect(chain.map { $0["promoted"]?.bool } == [false, true])
        #expect(chain.map { $0["suppressed"]?.bool } == [true, nil])
    }

    @Test("keep their id while the same evidence begins them")
    func stableID() async throws {
        let seeds = [
            Seed(name: "a", score: 0.7, actor: "ann", ip: "1.1.1.1", time: "12T10:00:00"),
            Seed(name: "b", score: 0.7, actor: "ann", ip: "1.1.1.1", time: "12T11:00:00"),
        ]
        let early = IncidentBuilder.incidents(in: try await Self.file([seeds[0]]))
        let grown = IncidentBuilder.incidents(in: try await Self.file(seeds))
        #expect(early.map(\.id) == grown.map(\.id))
    }

    static func file(_ seeds: [Seed]) async throws -> CaseFile {
        let events = seeds.map {
            DemoCase.event("e-" + $0.name, $0.actor, ip: $0.ip, "X", "US", "SUCCESS", "2025-11-\($0.time)Z")
        }
        var file = CaseFile(events: try await DemoCase.table(events), clock: DemoCase.clock)
        file.findings = seeds.map { NamedDetector(id: $0.name).finding(user: $0.actor, events: ["e-" + $0.name]) }
        file.scores = zip(file.findings, seeds).map { score($0, $1.score) }
        return file
    }

    static func score(_ finding: DetectionFinding, _ score: Double) -> RiskScore {
        let severity = RiskJudgement.severity(ofScore: score)
        return RiskScore(
            findingID: finding.id, severity: severity, likelihood: 0.5, impact: 0.5, score: score, rationale: "r",
            source: .rules, baseline: RiskScore.Baseline(severity: severity, score: score))
    }
}
