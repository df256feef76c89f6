import Detection
import Events
import Sigma
import Tables
import Testing

/// Rules in the layout in which Azure/Azure-Sentinel publishes them; the texts are our own.
enum SentinelRules {
    /// The first connector's table, `summarize` by address.
    static let guessing = """
        id: 5a0d6f0e-7f0c-4a39-9a53-3f1d7c1b8e10
        name: One address guesses at many accounts
        description: |
          'Sign-ins of more than five accounts fail from one address within an hour.'
        severity: Medium
        status: Available
        requiredDataConnectors:
          - connectorId: OktaSSO
            dataTypes:
              - Okta_CL
        queryFrequency: 1h
        queryPeriod: 1h
        triggerOperator: gt
        triggerThreshold: 0
        tactics:
          - CredentialAccess
        relevantTechniques:
          - T1110.003
        query: |
          let accountLimit = 5;
          Okta_CL
          | where eventType_s == "user.session.start" and outcome_result_s == "FAILURE"
          | summarize Accounts = dcount(actor_alternateId_s), Names = make_set(actor_alternateId_s, 100),
              StartTime = min(TimeGenerated), EndTime = max(TimeGenerated) by client_ipAddress_s
          | where Accounts > accountLimit
          | extend timestamp = StartTime, IPCustomEntity = client_ipAddress_s
        entityMappings:
          - entityType: IP
            fieldMappings:
              - identifier: Address
                columnName: IPCustomEntity
        version: 1.0.0
        kind: Scheduled

        """

    /// The function over both connectors' tables, a join, stretches that overlap, an account in two parts.
    static let prompts = """
        id: 0c4f3b52-6f0e-4a8b-8b1d-2e8a6f3f7d21
        name: Prompt denied, then accepted
        description: |
          A user denies two prompts or more, and accepts one within ten minutes.
        severity: High
        status: Available
        requiredDataConnectors:
          - connectorId: OktaSSO
            dataTypes:
              - Okta_CL
          - connectorId: OktaSSOv2
            dataTypes:
              - OktaSSO
        queryFrequency: PT1H
        queryPeriod: PT2H
        triggerOperator: GreaterThan
        triggerThreshold: 0
        tactics:
          - CredentialAccess
        relevantTechniques:
          - T1621
        query: |

          let Denied = OktaSSO
          | where eventType_s == "user.mfa.okta_verify.deny_push"
          | summarize Denials = count(), FirstDenial = min(TimeGenerated) by actor_alternateId_s
          | where Denials >= 2;
          let Accepted = OktaSSO
          | where eventType_s =~ "user.authentication.auth_via_mfa" and outcome_result_s =~ "SUCCESS"
          | project AcceptedTime = TimeGenerated, actor_alternateId_s, client_ipAddress_s;
          Denied
          | join kind=inner (Accepted) on actor_alternateId_s
          | where AcceptedTime between (FirstDenial .. 10m)
          | extend AccountName = tostring(split(actor_alternateId_s, "@")[0]),
              AccountUPNSuffix = tostring(split(actor_alternateId_s, "@")[1])
        entityMappings:
          - entityType: Account
            fieldMappings:
              - identifier: Name
                columnName: AccountName
              - identifier: UPNSuffix
                columnName: AccountUPNSuffix
          - entityType: IP
            fieldMappings:
              - identifier: Address
                columnName: client_ipAddress_s
        customDetails:
          Denials: Denials
        alertDetailsOverride:
          alertDisplayNameFormat: 'Prompts accepted by {{actor_alternateId_s}}'
        eventGroupingSettings:
          aggregationKind: AlertPerResult
        version: 1.1.0
        kind: Scheduled

        """

    /// The second connector's table, near-real-time, a row an event.
    static let grant = """
        id: 7be5b0a4-2a6e-4f39-9d0c-6f4cb9a5d3aa
        name: Administrator made
        description: 'Somebody was given a role of an administrator.'
        severity: Low
        requiredDataConnectors:
          - connectorId: OktaSSOv2
            dataTypes:
              - OktaV2_CL
        tactics:
          - PrivilegeEscalation
          - Persistence
        relevantTechniques:
          - T1098
          - T1098.003
        query: |
          OktaV2_CL
          | where EventOriginalType in ("user.account.privilege.grant", "group.privilege.grant")
          | where EventResult == "Success"
        entityMappings:
          - entityType: Account
            fieldMappings:
              - identifier: FullName
                columnName: ActorUsername
          - entityType: IP
            fieldMappings:
              - identifier: Address
                columnName: SrcIpAddr
        version: 1.0.2
        kind: NRT

        """

    /// What did not happen before: an anti join over days.
    static let token = """
        id: 2f9b8c11-93a0-4f6d-8c43-5d8a6b1f0e77
        name: First API token of an actor
        description: An actor who made no token for days makes one.
        severity: Informational
        requiredDataConnectors:
          - connectorId: OktaSSO
            dataTypes:
              - Okta_CL
        queryFrequency: 1d
        queryPeriod: 7d
        triggerOperator: ne
        triggerThreshold: 0
        tactics:
          - Persistence
        query: |
          let Made = Okta_CL | where eventType_s == "system.api_token.create";
          Made
          | where TimeGenerated > ago(1d)
          | join kind=leftanti (Made | where TimeGenerated <= ago(1d)) on actor_id_s
          | project TimeGenerated, actor_id_s, client_ipAddress_s, debugContext_debugData_tokenName_s
        version: 1.0.0
        kind: Scheduled

        """
}

/// What rules find in entries, and what was said of them.
func sweep(_ rules: String..., over entries: [LogEntry]) async throws -> Sweep {
    let texts = zip("abcdefgh", rules).map { RuleText(name: "\($0).yaml", bytes: Array($1.utf8)) }
    let set = RuleSet(texts)
    #expect(set.refusals == [] && set.skipped == [])
    return try await Sweep(entries.table, with: [], rules: set)
}
