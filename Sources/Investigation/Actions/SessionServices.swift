public import Connectors
public import Diagnostics
public import Hunting
public import Prompts

/// The services that a session acts through. Each is made at its first use, so that a session without settings begins.
public struct SessionServices: Sendable {
    /// The machines of the tenant in Defender; made once for a session, as it holds the access token.
    public var defender: @Sendable () throws(Diagnostic) -> DefenderService
    /// Where notifications go; none where nothing is set up.
    public var escalationTargets: @Sendable () throws(Diagnostic) -> [any EscalationTarget]
    /// Sends notifications; `nil` while the session is offline.
    public var escalationSender: EscalationSender?
    /// Where hunts run that are not local; sends nothing by itself.
    public var remoteEngine: @Sendable (Hunt.Place) throws(Diagnostic) -> any RemoteEngine
    /// What a model is told for a hunt.
    public var prompts: PromptText

    /// Services; without arguments those of a session that reaches none.
    public init(
        defender: @escaping @Sendable () throws(Diagnostic) -> DefenderService = SessionServices.noDefender,
        escalationTargets: @escaping @Sendable () throws(Diagnostic) -> [any EscalationTarget] = { [] },
        escalationSender: EscalationSender? = nil,
        remoteEngine: @escaping @Sendable (Hunt.Place) throws(Diagnostic) -> any RemoteEngine =
            SessionServices.noRemoteEngine,
        prompts: PromptText = PromptText()
    ) {
        self.defender = defender
        self.escalationTargets = escalationTargets
        self.escalationSender = escalationSender
        self.remoteEngine = remoteEngine
        self.prompts = prompts
    }

    /// For sessions that reach no service.
    public static let noRemoteEngine: @Sendable (Hunt.Place) throws(Diagnostic) -> any RemoteEngine = {
        (_: Hunt.Place) throws(Diagnostic) -> any RemoteEngine in
        throw Diagnostic(
            "this session has no connection to Azure", remedy: "Start `watchfloor` with the Azure settings",
            kind: .unavailable)
    }

    /// For sessions that reach no service.
    public static let noDefender: @Sendable () throws(Diagnostic) -> DefenderService = { () throws(Diagnostic) in
        throw Diagnostic(
            "this session has no connection to Defender", remedy: "Start `watchfloor` with the Azure settings",
            kind: .unavailable)
    }
}
