public import Connectors
internal import Detection
public import Diagnostics
internal import Digests
public import Events
public import Foundation
internal import JSON
public import Models
public import Pipeline
internal import Tables

/// The session an analyst works in: what is loaded, what was found, and the record of how.
///
/// An actor, because the shell reads it for its prompt and its completion while an operation changes it.
public actor Session {
    public nonisolated let name: String
    public nonisolated let settings: SessionSettings
    let transcript: Transcript
    /// `nil` in a replay, which writes nothing.
    let store: ArtifactStore?
    let analyst: any Analyst
    /// The model that writes queries and judges rows; `nil` means the built-in analyst.
    let huntModel: (any LanguageModel)?
    /// The model behind the analyst, asked within the budget; `nil` means the built-in analyst.
    nonisolated let budgeted: BudgetedModel?
    nonisolated let ledger = SpendingLedger()
    /// Whether names, logins and addresses go to the model as pseudonyms.
    let hidesNames: Bool
    /// Statuses that incidents had when a recorded session met them.
    let recordedStatuses: [String: SecurityIncident.Status]?
    public internal(set) var state = SessionState()
    /// In a replay, the record of the command that is done again; else `nil`.
    var recorded: Exchange?
    let wallClock: @Sendable () -> Date
    /// Makes the connection to the org's System Log, at its first use.
    private let connectOkta: @Sendable () throws(Diagnostic) -> OktaSystemLog
    private var oktaLog: OktaSystemLog?
    let services: SessionServices
    private var defenderService: DefenderService?
    /// Makes the connection to the workspace's analytics rules, for each deployment.
    let sentinel: @Sendable () throws(Diagnostic) -> SentinelRules
    /// The wall clock as it was when the running command began; the session's clock once events came from Okta.
    var commandTime: Timestamp?
    /// What must not reach a remote model as it is.
    let names = KnownNames()

    /// What the user is told while an operation runs.
    public struct Watch: Sendable {
        /// Pieces of an answer as they come.
        public var onText: @Sendable (String) -> Void = { _ in }
        /// What happens while events are fetched from Okta.
        public var onFetch: @Sendable (OktaFetchProgress) -> Void = { _ in }
        /// Bytes of the files that are open, and bytes in all, while compressed ones are inflated.
        public var onOpen: @Sendable (Int, Int) -> Void = { _, _ in }
        /// How far the reading of inputs is.
        public var onIngest: @Sendable (IngestProgress) -> Void = { _ in }
        /// Findings scored, and findings in all.
        public var onScore: @Sendable (Int, Int) -> Void = { _, _ in }
        /// Asks for what must be typed before something is sent.
        public var confirm: @Sendable (ConfirmationQuestion) async -> ConfirmationAnswer = { _ in .unavailable }
        /// Shows a hunt's query, and asks whether it is to run unless it is confirmed already.
        public var review: @Sendable (HuntProposal) async -> HuntDecision = { _ in .unavailable }
        /// Asks whether a model may spend more than the budget allows.
        public var approve: @Sendable (SpendingQuestion) async -> SpendingAnswer = { _ in .unavailable }
        /// An action on a host as it was last seen while it is watched.
        public var onAction: @Sendable (DefenderMachineAction) -> Void = { _ in }
        /// What is waited for from here on; `nil` when it has come.
        public var onWait: @Sendable (String?) -> Void = { _ in }
        /// Something done or decided on the way, in one line.
        public var onNotice: @Sendable (String) -> Void = { _ in }

        public init() {}
    }

    /// A session over a transcript.
    ///
    /// - Parameters:
    ///   - model: The model to ask; `nil` means the built-in analyst.
    ///   - hidesNames: Whether names, logins and addresses go to the model as pseudonyms.
    ///   - budget: What the model may spend.
    public init(
        name: String, settings: SessionSettings, transcript: Transcript, store: ArtifactStore?,
        model: (any LanguageModel)?, hidesNames: Bool = false, budget: ModelBudget = ModelBudget(),
        analyst makeAnalyst: @Sendable (any LanguageModel) -> any Analyst,
        recordedStatuses: [String: SecurityIncident.Status]? = nil,
        wallClock: @escaping @Sendable () -> Date = { Date() },
        okta connectOkta: @escaping @Sendable () throws(Diagnostic) -> OktaSystemLog = Session.noOkta,
        services: SessionServices = SessionServices(),
        sentinel: @escaping @Sendable () throws(Diagnostic) -> SentinelRules = Session.noSentinel
    ) {
        self.name = name
        self.settings = settings
        self.transcript = transcript
        self.store = store
        self.recordedStatuses = recordedStatuses
        self.wallClock = wallClock
        self.connectOkta = connectOkta
        self.services = services
        self.sentinel = sentinel
        let names = names
        let budgeted = model.map { model in
            BudgetedModel(model, budget: budget) { model in
                hidesNames ? PseudonymousModel(model, texts: { names.texts }) : model
            }
        }
        let recording = budgeted.map { [ledger] in RecordingModel(model: $0, transcript: transcript, ledger: ledger) }
        self.budgeted = budgeted
        analyst = recording.map { makeAnalyst($0) } ?? RuleAnalyst()
        huntModel = recording
        self.hidesNames = hidesNames
    }

    /// Writes the first record of a new transcript.
    public func begin(version: String) async throws {
        try await transcript.append(.session, [
            JSONValue.Member("name", .string(name)), JSONValue.Member("contract", 1),
            JSONValue.Member("version", .string(version)), JSONValue.Member("analyst", .string(analyst.name)),
            JSONValue.Member("asks_model", .bool(analyst.asksModel)), JSONValue.Member("settings", settings.json),
        ])
    }

    /// Writes the last record.
    public func end() async throws { try await transcript.append(.end, []) }

    /// The chain's head and the number of records, for the ticket.
    public var head: (hash: String, count: Int)? { get async { await transcript.head } }

    /// Where the transcript is.
    public nonisolated var path: String? { transcript.path }

    /// Whether answers may come from a model.
    public nonisolated var asksModel: Bool { analyst.asksModel }

    /// What the session takes for now.
    public var clock: SessionClock {
        if let now = settings.now { return SessionClock(time: now, origin: .option) }
        if !state.isLive, let last = state.events.last { return SessionClock(time: last, origin: .newestEvent) }
        return SessionClock(time: commandTime ?? wallTime, origin: .wallClock)
    }

    var wallTime: Timestamp { Timestamp(seconds: wallClock().timeIntervalSince1970) }

    /// The org's System Log; one for the whole session, as it holds the access token and counts requests.
    func okta() throws(Diagnostic) -> OktaSystemLog {
        if let oktaLog { return oktaLog }
        let log = try connectOkta()
        oktaLog = log
        return log
    }

    /// The machines of the tenant; one service for the whole session, as it holds the access token.
    func defender() throws(Diagnostic) -> DefenderService {
        if let defenderService { return defenderService }
        let service = try services.defender()
        defenderService = service
        return service
    }

    /// For sessions that reach no service.
    public static let noOkta: @Sendable () throws(Diagnostic) -> OktaSystemLog = { () throws(Diagnostic) in
        throw Diagnostic("this session has no connection to Okta", remedy: "Start `watchfloor` with OKTA_ORG_URL set", kind: .unavailable)
    }

    var caseFile: CaseFile { state.caseFile(clock: clock.time, threshold: settings.promoteThreshold) }

    var orchestrator: Orchestrator {
        Orchestrator(analyst: analyst, detectors: settings.detectors, orgURL: settings.orgURL)
    }
}
