public import Detection
internal import JSON

/// What the built-in analyst thinks of a finding: the baseline of every score.
///
/// The evidence's severity says where it begins, the kind of the finding whether that is rather likely or rather
/// costly. What the figures say beyond the severity moves it within the severity's band, and never out of it.
enum RiskTable {
    /// The baseline of a finding.
    static func risk(of finding: DetectionFinding) -> RiskProposal {
        let terms = terms(of: finding)
        let (likelihood, impact) = sums(terms)
        let score = RiskJudgement.rounded(likelihood * impact)
        return RiskProposal(
            severity: RiskJudgement.severity(ofScore: score), likelihood: likelihood, impact: impact, score: score,
            rationale: terms.map(\.words).joined(separator: " "))
    }

    /// The terms that the baseline is made of; never empty.
    static func terms(of finding: DetectionFinding) -> [RiskTerm] {
        let kind = RiskKind(of: finding)
        let middle = middle(of: finding.severity)
        let base = RiskTerm(kind.words, likelihood: middle + kind.lean, impact: middle - kind.lean)
        let further = [success(finding), number(finding), acts(finding), signs(finding), excuse(finding, kind)]
        let terms = [base] + further.compactMap { $0 }
        return terms + [correction(terms, to: finding.severity)].compactMap { $0 }
    }

    /// Where likelihood and impact of a severity begin; their product lies in the middle of the severity's band.
    private static func middle(of severity: Severity) -> Double {
        switch severity {
        case .low: 0.40
        case .medium: 0.65
        case .high: 0.85
        case .critical: 0.95
        }
    }

    private static func sums(_ terms: [RiskTerm]) -> (likelihood: Double, impact: Double) {
        (
            RiskJudgement.rounded(terms.reduce(0) { $0 + $1.likelihood }),
            RiskJudgement.rounded(terms.reduce(0) { $0 + $1.impact })
        )
    }
}

// MARK: What the figures add

extension RiskTable {
    private static func success(_ finding: DetectionFinding) -> RiskTerm? {
        let figures = finding.metadata
        let entered = figures["entered_users"]?.strings ?? []
        if !entered.isEmpty {
            let who = entered.count == 1 ? "One attacked account" : "Attacked accounts"
            return RiskTerm("\(who) got in.", likelihood: 0.05)
        }
        if figures["success_followed"]?.string != nil {
            return RiskTerm("A success followed within the hour.", likelihood: 0.05)
        }
        if figures["approved_event"]?.string == nil { return nil }
        return RiskTerm("A push was approved in the end.", likelihood: 0.05)
    }

    private static func number(_ finding: DetectionFinding) -> RiskTerm? {
        guard finding.findingType == "failed_login_burst", let count = finding.metadata["count"]?.integer, count >= 50
        else { return nil }
        return RiskTerm("Nobody mistypes \(count) times.", likelihood: 0.05)
    }

    private static func acts(_ finding: DetectionFinding) -> RiskTerm? {
        let acts = finding.metadata["acts"]?.strings ?? []
        guard !acts.isEmpty else { return nil }
        let shown = acts.prefix(3).joined(separator: ", ") + (acts.count > 3 ? " and \(acts.count - 3) more" : "")
        return RiskTerm("Then came acts that give power or take protection: \(shown).", impact: 0.05)
    }

    /// Two places that differ in three ways or more differ in hands.
    private static func signs(_ finding: DetectionFinding) -> RiskTerm? {
        let figures = finding.metadata, leg = figures["legs"]?.array?.first
        let pairs = [
            (figures["owner"], figures["stranger"]), (figures["before"], figures["elsewhere"]),
            (leg?["from"], leg?["to"]),
        ]
        let signs = ["country", "asn", "device", "os"].filter { name in
            pairs.contains { one, other in
                guard let one = one?[name], let other = other?[name], !one.isNull, !other.isNull else { return false }
                return one != other
            }
        }
        guard signs.count > 2 else { return nil }
        let shown = signs.joined(separator: ", ")
        return RiskTerm("\(signs.count) independent signs agree: \(shown) differ.", likelihood: 0.03)
    }

    /// What makes the evidence weaker than is usual for its kind.
    private static func excuse(_ finding: DetectionFinding, _ kind: RiskKind) -> RiskTerm? {
        guard let usual = kind.severity, finding.severity < usual else { return nil }
        let why = finding.metadata["why"]?.strings ?? []
        let excuse = why.last { $0.contains("enign") || $0.contains("likely") } ?? (kind.endsInExcuse ? why.last : nil)
        return RiskTerm(excuse ?? "There is less evidence than is usual for its kind.", likelihood: -0.05)
    }

    /// What keeps the score in the band of the evidence's severity, should the other terms leave it.
    private static func correction(_ terms: [RiskTerm], to severity: Severity) -> RiskTerm? {
        let (likelihood, impact) = sums(terms)
        let score = RiskJudgement.rounded(likelihood * impact), reached = RiskJudgement.severity(ofScore: score)
        guard reached != severity else { return nil }
        let middle = middle(of: severity)
        return RiskTerm(
            "The evidence as a whole makes it \(severity.rawValue).", likelihood: middle - likelihood,
            impact: middle - impact)
    }
}

extension DetectionFinding {
    /// The terms of its baseline score, as `why` prints them; never empty.
    public var riskTerms: [RiskTerm] { RiskTable.terms(of: self) }
}
