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

// MARK: Performing

extension Session {
    /// Does one thing and keeps the record of it: the command, what it read, what it asked, what it gave.
    ///
    /// - Parameter words: The command as it was typed, for the record.
    /// - Throws: ``QueryFault`` for a query; else `Diagnostic`, of kind `interrupted` when the task was cancelled, and
    ///   the session is then intact.
    public func perform(_ operation: Operation, words: [String], watch: Watch = Watch()) async throws -> OperationResult {
        let operation = try keepStandardInput(of: operation)
        defer { if store == nil { Self.forgetStandardInput(of: operation) } }
        commandTime = wallTime
        defer { commandTime = nil }
        budgeted?.begin(watch)
        try await transcript.append(.command, [
            JSONValue.Member("words", JSONValue(words)), JSONValue.Member("operation", operation.json),
            JSONValue.Member("clock", .string(clock.time.description)),
        ])
        do {
            let result = try await execute(operation, watch: watch)
            try await transcript.append(.output, [
                JSONValue.Member("command", .string(operation.name)), JSONValue.Member("result", result.recorded),
            ])
            return result
        } catch is CancellationError {
            try await transcript.append(.interrupt, [JSONValue.Member("command", .string(operation.name))])
            throw Diagnostic.interrupted
        } catch let fault as Diagnostic where fault.kind == .interrupted {
            try await transcript.append(.interrupt, [JSONValue.Member("command", .string(operation.name))])
            throw fault
        } catch let fault as QueryFault {
            try await transcript.append(.error, [
                JSONValue.Member("command", .string(operation.name)), JSONValue.Member("error", fault.record),
            ])
            throw fault
        } catch let fault as Diagnostic {
            try await transcript.append(.error, [
                JSONValue.Member("command", .string(operation.name)), JSONValue.Member("error", fault.record),
            ])
            throw fault
        }
    }

    func execute(_ operation: Operation, watch: Watch) async throws -> OperationResult {
        switch operation {
        case .ingest(let request): .ingest(try await ingest(request, watch: watch))
        case .ingestTable(let request): .table(try await ingestTable(request))
        case .ingestOkta(let request): .ingest(try await ingestOkta(request, watch: watch))
        case .detect(let request): .findings(try await detect(request, watch: watch))
        case .route(let incident): .routes(try await route(incident: incident))
        case .score(let ids, let calls): .scores(try await score(ids, maxModelCalls: calls, watch: watch))
        case .plan(let ids): .plans(try await plan(ids, watch: watch))
        case .commands(let ids): .commands(try await commands(ids, watch: watch))
        case .escalate(let ids): .escalations(try await escalate(ids, watch: watch))
        case .sendEscalations(let ids, let again):
            .escalations(try await sendEscalations(ids, again: again, watch: watch))
        case .act(let request): .action(try await act(request, watch: watch))
        case .run(let calls): .run(try await run(maxModelCalls: calls, watch: watch))
        case .ask(let question): .answer(try await analyst.answer(question, in: caseFile, onText: watch.onText))
        case .query(let request): .query(try await query(request))
        case .hunt(let request): .hunt(try await hunt(request, watch: watch))
        case .show("rules"): .rules(try await ruleEntries(watch: watch))
        case .show(let what): try await show(what)
        case .showEvents(let filter): .events(try await events(filter))
        case .showAll: .records(try storedRecords(watch: watch))
        case .why(let id): .why(try why(id))
        case .timeline(let name, let filter): .timeline(try state.timeline(of: name, filter, now: clock.time))
        case .entity(let name): .entity(try state.entityStory(of: name))
        case .plot(let request): .plot(try state.plot(request, now: clock.time))
        case .note(let text): .record(try await note(text))
        case .status(let id, let status): .record(try await setStatus(of: id, to: status))
        case .suppress(let request): .suppressions(try await suppress(request, watch: watch))
        case .rule(let request): .rule(try await writeRule(request, watch: watch))
        case .verdict(let id, let verdict, let reason): .record(try await judge(id, as: verdict, reason: reason))
        }
    }

    /// Keeps standard input under the data folder, so that the session can be rebuilt from its record; for a session
    /// that leaves no trace, in a temporary file.
    private func keepStandardInput(of operation: Operation) throws -> Operation {
        guard let bytes = operation.standardInput else { return operation }
        let folder = store.map { $0.folder + "/events" } ?? Self.temporaryFolder
        try Locations.make(folder)
        let path = folder + "/" + SHA256(bytes).hex + ".ndjson"
        if !FileManager.default.fileExists(atPath: path),
            !FileManager.default.createFile(
                atPath: path, contents: Data(bytes), attributes: [.posixPermissions: 0o600])
        {
            throw Diagnostic("standard input cannot be kept at `\(path)`", remedy: "Check free space, or name another --data")
        }
        return operation.reading(path)
    }

    private static let temporaryFolder = NSTemporaryDirectory() + "/watchfloor-\(getpid())"

    /// Removes the temporary file; what was mapped of it stays.
    private static func forgetStandardInput(of operation: Operation) {
        guard operation.inputPaths.contains(where: { $0.hasPrefix(temporaryFolder) }) else { return }
        try? FileManager.default.removeItem(atPath: temporaryFolder)
    }

    /// Writes records to the data folder and to the transcript.
    func keep(_ records: [JSONValue], as artifact: Artifact) async throws {
        let appended = try store?.append(records, to: artifact) ?? []
        try await note(records, of: artifact) { appended.indices.contains($0) && appended[$0] }
    }

    /// Notes records of the data folder that a command goes by, so that a replay goes by the same.
    func keepUsed(_ records: [JSONValue], of artifact: Artifact) async throws {
        try await note(records, of: artifact) { _ in false }
    }

    private func note(_ records: [JSONValue], of artifact: Artifact, isNew: (Int) -> Bool) async throws {
        let members = records.enumerated().map { index, record in
            [
                JSONValue.Member("file", .string(artifact.file)), JSONValue.Member("record", record),
                JSONValue.Member("appended", .bool(isNew(index))),
            ]
        }
        try await transcript.append(all: members, as: .artifact)
    }
}
