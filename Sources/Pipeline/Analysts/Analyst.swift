public import Detection
public import JSON

/// Whoever answers the pipeline's questions: the built-in analyst, or a model behind checks.
///
/// What comes back is a proposal. ``RouteGuardrail``, ``RiskJudgement`` and ``PlanGuardrail`` have the last word.
/// A question that is interrupted throws; any other trouble is answered by ``RuleAnalyst`` and said in `source`.
public protocol Analyst: Sendable {
    /// What people call it.
    var name: String { get }
    /// Whether an answer costs a model call.
    var asksModel: Bool { get }
    /// Which agents should run.
    func route(_ context: RouteContext) async throws -> Proposal<RouteProposal>
    /// How bad a finding is.
    func score(_ finding: DetectionFinding, in file: CaseFile) async throws -> Proposal<RiskProposal>
    /// What to do about an incident.
    func plan(_ incident: SecurityIncident, in file: CaseFile) async throws -> Proposal<PlanProposal>
    /// A question in words about what is loaded.
    ///
    /// - Parameter onText: Told the answer piece by piece, checked; the pieces together are the answer's text.
    func answer(
        _ question: String, in file: CaseFile, onText: @escaping @Sendable (String) -> Void
    ) async throws -> Answer
}

/// An answer to a typed question, before the guardrails.
public struct Proposal<Value: Sendable>: Sendable {
    /// What is proposed.
    public let value: Value
    /// Who proposed it.
    public let source: Source
    /// What the question was about, as data.
    public let asked: JSONValue
    /// A model's raw reply; `nil` when none was used.
    public let answered: JSONValue?

    /// A proposal.
    public init(_ value: Value, source: Source, asked: JSONValue, answered: JSONValue? = nil) {
        self.value = value
        self.source = source
        self.asked = asked
        self.answered = answered
    }
}

/// Which agents an analyst would run.
public struct RouteProposal: Hashable, Sendable {
    /// `ingest` or `response`, if the analyst is right.
    public let phase: String
    /// The agents' turns, in order.
    public let steps: [RouteStep]
    /// Remarks.
    public let notes: String

    /// A proposal.
    public init(phase: String, steps: [RouteStep], notes: String) {
        self.phase = phase
        self.steps = steps
        self.notes = notes
    }
}

/// How bad an analyst thinks a finding is.
public struct RiskProposal: Hashable, Sendable {
    /// In four steps.
    public let severity: Severity
    /// That it is an attack; 0…1 is not yet checked, here as below.
    public let likelihood: Double
    /// What it would cost.
    public let impact: Double
    /// Both together.
    public let score: Double
    /// Why, in one or two sentences.
    public let rationale: String

    /// A proposal.
    public init(severity: Severity, likelihood: Double, impact: Double, score: Double, rationale: String) {
        self.severity = severity
        self.likelihood = likelihood
        self.impact = impact
        self.score = score
        self.rationale = rationale
    }
}

/// What an analyst would do about an incident.
public struct PlanProposal: Hashable, Sendable {
    /// What the steps are to reach.
    public let overallGoal: String
    /// In any order.
    public let steps: [ResponseStep]
    /// Remarks.
    public let notes: String

    /// A proposal.
    public init(overallGoal: String, steps: [ResponseStep], notes: String) {
        self.overallGoal = overallGoal
        self.steps = steps
        self.notes = notes
    }
}

/// An answer in words, with the events it rests on.
public struct Answer: Hashable, Sendable {
    /// One id that the answer names.
    public struct Citation: Hashable, Sendable {
        /// An event's, finding's or incident's.
        public let id: String
        /// Whether it is in the evidence.
        public let verified: Bool

        /// A citation.
        public init(id: String, verified: Bool) {
            self.id = id
            self.verified = verified
        }
    }

    /// As it was asked.
    public let question: String
    /// The text, with event ids in brackets. Holds log text or a model's words: make its lines visible before printing.
    public let text: String
    /// The ids in the text, each once, in order.
    public let citations: [Citation]
    /// Who answered.
    public let source: Source

    /// An answer.
    public init(question: String, text: String, citations: [Citation], source: Source) {
        self.question = question
        self.text = text
        self.citations = citations
        self.source = source
    }

    /// The answer as `ask --format json` prints it.
    public var json: JSONValue {
        [
            "question": .string(question), "answer": .string(text),
            "citations": .array(citations.map { ["id": .string($0.id), "verified": .bool($0.verified)] }),
            "source": .string(source.description),
        ]
    }
}
