public import Diagnostics
public import Models
public import Pipeline
public import Prompts
internal import JSON

/// Judges the rows of a hunt: the built-in signs always, and a model's findings beside them where they check.
///
/// ```swift
/// let judgement = try await HuntAnalyst(model: model).judge(HuntRows(result), of: plan)
/// judgement.findings.first?.attack  // ["T1059.001"]
/// ```
public struct HuntAnalyst: Sendable {
    /// What was found and by whom.
    public struct Judgement: Sendable {
        /// The surest first.
        public let findings: [HuntFinding]
        /// The model where one was asked and of use.
        public let source: Source
        /// What was left out or corrected, as sentences; visible-safe.
        public let notes: [String]
    }

    let model: (any LanguageModel)?
    let prompts: PromptText
    let budget: Int
    let nonce: @Sendable () -> String
    private let rules = RuleHuntAnalyst()

    /// Chunks that one hunt sends at most.
    static let chunkLimit = 8

    /// - Parameters:
    ///   - budget: Characters of rows in one request; about three are a token.
    ///   - nonce: Makes the word that fences the rows of one request; it must not be foreseeable.
    public init(
        model: (any LanguageModel)? = nil, prompts: PromptText = PromptText(), budget: Int = 24_000,
        nonce: @escaping @Sendable () -> String = { String(UInt64.random(in: UInt64.min...UInt64.max), radix: 36) }
    ) {
        self.model = model
        self.prompts = prompts
        self.budget = max(1_000, budget)
        self.nonce = nonce
    }

    /// What the rows show. Costs a model call for each chunk, at most eight, and one more for each that was unusable.
    ///
    /// The built-in findings are there whatever the model says: it can add to them and raise no objection.
    ///
    /// - Throws: The interruption, when it was one.
    public func judge(_ rows: HuntRows, of plan: HuntPlan) async throws(Diagnostic) -> Judgement {
        if Task.isCancelled { throw .interrupted }
        let built = rules.findings(rows, intent: plan.intent)
        guard let model, rows.count > 0 else { return Judgement(findings: built, source: .rules, notes: []) }
        do {
            let asked = try await asked(model, rows, plan)
            return Judgement(
                findings: Self.merged(built, asked.findings), source: .model(model.name), notes: asked.notes)
        } catch {
            if error.kind == .interrupted || Task.isCancelled { throw .interrupted }
            return Judgement(findings: built, source: .fallback(error.problem.visible(limit: 300)), notes: [])
        }
    }

    /// The built-in findings, then those of the model that are not about the same rows and technique.
    private static func merged(_ built: [HuntFinding], _ other: [HuntFinding]) -> [HuntFinding] {
        built
            + other.filter { finding in
                !built.contains { known in
                    !Set(known.rows).isDisjoint(with: finding.rows) && !finding.attack.isEmpty
                        && Set(finding.attack.map(parent)).isSubset(of: Set(known.attack.map(parent)))
                }
            }
    }

    private static func parent(_ technique: String) -> String { String(technique.prefix { $0 != "." }) }
}
