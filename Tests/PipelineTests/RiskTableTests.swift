import Detection
import JSON
import Testing

@testable import Pipeline

@Suite("The baseline of a score")
struct RiskTableTests {
    /// Likelihood × impact = score.
    static let bases: [(kind: String, severity: Severity, figures: String)] = [
        ("impossible_travel", .high, "0.90 × 0.80 = 0.72"), ("failed_login_burst", .medium, "0.70 × 0.60 = 0.42"),
        ("impossible_travel", .medium, "0.65 × 0.60 = 0.39"), ("impossible_travel", .low, "0.40 × 0.35 = 0.14"),
        ("failed_login_burst", .low, "0.40 × 0.35 = 0.14"), ("password_spray", .high, "0.90 × 0.80 = 0.72"),
        ("success_after_attack", .critical, "0.90 × 1.00 = 0.90"), ("success_after_attack", .high, "0.80 × 0.90 = 0.72"),
        ("session_hijack", .high, "0.85 × 0.85 = 0.72"), ("session_hijack", .medium, "0.60 × 0.65 = 0.39"),
        ("new_country", .low, "0.40 × 0.40 = 0.16"), ("defence_weakening", .critical, "0.90 × 1.00 = 0.90"),
        ("a_rule_of_the_user", .low, "0.40 × 0.40 = 0.16"), ("a_rule_of_the_user", .medium, "0.65 × 0.65 = 0.42"),
        ("a_rule_of_the_user", .high, "0.85 × 0.85 = 0.72"), ("a_rule_of_the_user", .critical, "0.95 × 0.95 = 0.90"),
    ]

    @Test("follows the kind of finding and the severity of its evidence", arguments: bases)
    func base(kind: String, severity: Severity, figures: String) {
        let risk = RiskTable.risk(of: NamedDetector(id: kind, severity: severity).finding())
        let two = RiskJudgement.twoDecimals
        #expect("\(two(risk.likelihood)) × \(two(risk.impact)) = \(two(risk.score))" == figures)
        #expect(risk.severity == severity)
    }

    /// What the figures add, as `words: change`, beside the base.
    static let terms: [(kind: String, severity: Severity, figures: [(String, JSONValue)], terms: [String])] = [
        ("failed_login_burst", .medium, [("success_followed", "e-9")], ["A success followed within the hour.: +0.05 likelihood"]),
        ("failed_login_burst", .medium, [("success_followed", nil), ("count", 80)], ["Nobody mistypes 80 times.: +0.05 likelihood"]),
        ("failed_login_burst", .medium, [("count", 49)], []),
        (
            "failed_login_burst", .low, [("why", ["Every try came with an API token: a script."])],
            ["Every try came with an API token: a script.: −0.05 likelihood"]
        ),
        ("password_spray", .high, [("entered_users", ["ann"])], ["One attacked account got in.: +0.05 likelihood"]),
        ("password_spray", .medium, [("entered_users", [])], []),
        ("mfa_fatigue", .critical, [("approved_event", "e-9")], ["A push was approved in the end.: +0.05 likelihood"]),
        (
            "session_hijack", .critical, [("acts", ["system.api_token.create"])],
            ["Then came acts that give power or take protection: system.api_token.create.: +0.05 impact"]
        ),
        (
            "session_hijack", .high,
            [
                ("owner", ["country": "FR", "asn": 1, "device": "a", "os": "Mac"]),
                ("stranger", ["country": "NG", "asn": 2, "device": "b", "os": "Mac"]),
            ],
            ["3 independent signs agree: country, asn, device differ.: +0.03 likelihood"]
        ),
        (
            "session_hijack", .high,
            [("owner", ["country": "FR", "asn": 1, "device": nil]), ("stranger", ["country": "NG", "asn": 2, "device": "b"])], []
        ),
        (
            "device_token_shared", .low, [("why", ["One cookie.", "Others work there: likely a shared workstation."])],
            ["Others work there: likely a shared workstation.: −0.05 likelihood"]
        ),
        ("success_after_attack", .medium, [("why", ["x"])], ["There is less evidence than is usual for its kind.: −0.05 likelihood"]),
        ("new_country", .low, [("why", ["Benign where the user travels."])], []),
    ]

    @Test("moves by what the figures say, term by term", arguments: terms)
    func moves(kind: String, severity: Severity, figures: [(String, JSONValue)], terms: [String]) {
        let finding = NamedDetector(id: kind, severity: severity).finding(figures)
        let all = finding.riskTerms, risk = RiskTable.risk(of: finding)
        #expect(all.dropFirst().map { "\($0.words): \($0.figures(isFirst: false))" } == terms)
        #expect(risk.severity == severity)
        #expect(risk.rationale == all.map(\.words).joined(separator: " "))
        #expect(risk.likelihood == RiskJudgement.rounded(all.reduce(0) { $0 + $1.likelihood }))
        #expect(risk.impact == RiskJudgement.rounded(all.reduce(0) { $0 + $1.impact }))
    }

    /// Figures of which each adds or takes something.
    private static let extremes: [[(String, JSONValue)]] = [
        [],
        [
            ("success_followed", "e"), ("count", 500), ("acts", ["zone.delete"]),
            ("owner", ["country": "FR", "asn": 1, "os": "a"]), ("stranger", ["country": "NG", "asn": 2, "os": "b"]),
        ],
        [("entered_users", ["ann"]), ("acts", ["zone.delete"]), ("why", ["Benign if."])], [("why", ["Benign if."])],
    ]

    @Test(
        "has the severity of the evidence, for every kind and whatever the figures",
        arguments: Detectors.all.map(\.id) + ["a_rule_of_the_user"], Severity.allCases)
    func bands(kind: String, severity: Severity) {
        for figures in Self.extremes {
            let risk = RiskTable.risk(of: NamedDetector(id: kind, severity: severity).finding(figures))
            #expect(risk.severity == severity)
            #expect(RiskJudgement.rounded(risk.likelihood * risk.impact) == risk.score)
        }
    }

    @Test("has words of its own for every detector")
    func words() {
        let words = Detectors.all.map { RiskKind(of: NamedDetector(id: $0.id).finding()).words }
        #expect(words.allSatisfy { !$0.hasPrefix("Its rule calls it") })
        #expect(Set(words).count == words.count)
    }

    @Test("of the demo says what it always said")
    func demo() async throws {
        let file = try await DemoCase.solved()
        #expect(
            file.scores.map(\.rationale) == [
                "Two countries inside an hour, and no shared device to explain it.",
                "Failures only: no success followed within the hour.",
            ])
        #expect(
            file.findings.map { $0.riskTerms.map(\.json) } == [
                [["words": "Failures only: no success followed within the hour.", "likelihood": 0.7, "impact": 0.6]],
                [
                    [
                        "words": "Two countries inside an hour, and no shared device to explain it.", "likelihood": 0.9,
                        "impact": 0.8,
                    ]
                ],
            ])
    }
}
