internal import Detection

/// A behaviour as a rule looks for it, before it becomes a rule of a service.
struct RuleDraft: Hashable, Sendable {
    /// What tells the behaviour from others: with it the rule keeps its id when thresholds change.
    let key: [String]
    let title: String
    /// What it looks for, in sentences.
    let explanation: String
    let schedule: RuleSchedule
    /// Without the last line, that keeps a behaviour from being reported by each run that still sees it.
    let query: String
    let entities: [RuleEntity]
    /// The same in Sigma; `nil` where Sigma cannot say it.
    let sigma: SigmaDraft?
    /// What the rule does otherwise than the detector, as sentences.
    let notes: [String]
    /// The column that has the time of a result's last event; `nil` where there is none, or each result is one event.
    let newest: String?
    /// The tables that it reads.
    let tables: [String]

    init(
        key: [String], title: String, explanation: String, schedule: RuleSchedule, query: String,
        entities: [RuleEntity] = [RuleEntity(.account, column: "Account"), RuleEntity(.address, column: "IPAddress")],
        sigma: SigmaDraft? = nil, notes: [String] = [], newest: String? = "LastSeen", tables: [String] = [RuleKQL.table]
    ) {
        self.key = key
        self.title = title
        self.explanation = explanation
        self.schedule = schedule
        self.query = query
        self.entities = entities
        self.sigma = sigma
        self.notes = notes
        self.newest = newest
        self.tables = tables
    }

    /// The query as it is stored.
    var text: String {
        newest.map { "\(query)\n| where \($0) > ago(\(RuleKQL.span(schedule.frequency)))" } ?? query
    }
}

/// The rules that stand for the detectors, with the detectors' own thresholds. To add one: one line in ``draft(_:)``.
enum DetectorDrafts {
    /// `nil` for what is no built-in detector.
    static func draft(_ detector: any Detector) -> RuleDraft? {
        switch detector {
        case let detector as FailedLoginBurst: failedLogins(detector)
        case let detector as PasswordSpray: spray(detector)
        case let detector as CredentialStuffing: stuffing(detector)
        case let detector as PasswordSprayDistributed: distributedSpray(detector)
        case let detector as BruteForceManySources: manySources(detector)
        case let detector as SuccessAfterAttack: successAfterAttack(detector)
        case let detector as MFAFatigue: fatigue(detector)
        case let detector as PushSourceMismatch: pushMismatch(detector)
        case let detector as MassLockout: lockout(detector)
        case let detector as ApplicationBurst: applications(detector)
        case let detector as SessionHijack: hijack(detector)
        case let detector as FactorChangeThenNewPlace: factorChange(detector)
        case let detector as HelpDeskTakeover: helpDesk(detector)
        case let detector as AdminRoleThenNewPlace: adminRole(detector)
        case let detector as APITokenUsedElsewhere: tokenElsewhere(detector)
        case let detector as IdentityProviderBackdoor: providerBackdoor(detector)
        case let detector as DefenceWeakening: defences(detector)
        case let detector as NewCountry: newCountry(detector)
        case let detector as NewDevice: newDevice(detector)
        case let detector as DormantAccount: dormant(detector)
        case let detector as DeviceTokenShared: sharedToken(detector)
        case let detector as SharedFactorDevice: sharedFactor(detector)
        case let detector as ImpossibleTravel: travel(detector)
        default: nil
        }
    }
}
