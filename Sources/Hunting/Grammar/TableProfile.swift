/// What the built-in analyst knows of a table: which columns say what, and which are worth showing.
struct TableProfile: Sendable {
    let table: String
    /// The columns, or expressions over them, of each role; the first is the one that is counted.
    let columns: [HuntRole: [String]]
    /// What a query for rows shows, after the time.
    let shown: [String]

    /// The profile of a table; guessed from the names of its columns where it is not one of the known ones.
    static func of(_ table: String, columns: [String]) -> TableProfile {
        if let known = known[table] { return known }
        var roles: [HuntRole: [String]] = [:]
        for (role, names) in guesses {
            let found = names.compactMap { name in columns.first { $0.lowercased() == name } }
            if !found.isEmpty { roles[role] = found }
        }
        return TableProfile(table: table, columns: roles, shown: columns)
    }

    private static let guesses: [(HuntRole, [String])] = [
        (.user, ["user", "username", "userprincipalname", "accountname", "account", "actor", "login", "email", "upn"]),
        (.host, ["devicename", "host", "hostname", "computer", "device", "machine"]),
        (
            .address,
            [
                "ip", "ipaddress", "clientip", "sourceip", "srcip", "src_ip", "remoteip", "destinationip", "dstip",
                "dst_ip",
            ]
        ),
        (.country, ["country", "location"]), (.port, ["port", "destinationport", "remoteport", "dstport", "dst_port"]),
        (.domain, ["domain", "url", "remoteurl"]), (.process, ["process", "filename", "image"]),
        (.action, ["action", "actiontype", "operation", "operationname", "eventtype", "event"]),
    ]

    private static let hashes = ["SHA256", "SHA1", "MD5"]

    private static let known: [String: TableProfile] = Dictionary(
        (devices + cloud + alerts).map { ($0.table, $0) }
    ) { first, _ in first }

    private static let devices = [
        TableProfile(
            table: "DeviceProcessEvents",
            columns: [
                .user: ["AccountName"], .host: ["DeviceName"], .process: ["FileName"], .file: ["FileName"],
                .parent: ["InitiatingProcessFileName"], .folder: ["FolderPath"], .command: ["ProcessCommandLine"],
                .hash: hashes, .action: ["ActionType"],
            ],
            shown: [
                "DeviceName", "AccountName", "FileName", "ProcessCommandLine", "FolderPath", "SHA256",
                "InitiatingProcessFileName", "InitiatingProcessCommandLine", "ProcessId", "ActionType", "ReportId",
            ]),
        TableProfile(
            table: "DeviceNetworkEvents",
            columns: [
                .user: ["InitiatingProcessAccountName"], .host: ["DeviceName"], .address: ["RemoteIP"],
                .domain: ["RemoteUrl"], .port: ["RemotePort"], .process: ["InitiatingProcessFileName"],
                .parent: ["InitiatingProcessFileName"], .command: ["InitiatingProcessCommandLine"],
                .hash: hashes.map { "InitiatingProcess\($0)" }, .action: ["ActionType"], .outcome: ["ActionType"],
            ],
            shown: [
                "DeviceName", "ActionType", "RemoteIP", "RemotePort", "RemoteUrl", "Protocol", "LocalIP", "LocalPort",
                "InitiatingProcessFileName", "InitiatingProcessCommandLine", "InitiatingProcessAccountName", "ReportId",
            ]),
        TableProfile(
            table: "DeviceLogonEvents",
            columns: [
                .user: ["AccountName"], .host: ["DeviceName"], .address: ["RemoteIP"], .action: ["ActionType"],
                .process: ["InitiatingProcessFileName"], .port: ["RemotePort"], .outcome: ["ActionType"],
            ],
            shown: [
                "DeviceName", "ActionType", "LogonType", "AccountDomain", "AccountName", "RemoteIP", "RemoteDeviceName",
                "FailureReason", "IsLocalAdmin", "Protocol", "InitiatingProcessFileName", "ReportId",
            ]),
        TableProfile(
            table: "DeviceFileEvents",
            columns: [
                .user: ["InitiatingProcessAccountName"], .host: ["DeviceName"], .file: ["FileName"],
                .folder: ["FolderPath"], .process: ["InitiatingProcessFileName"],
                .parent: ["InitiatingProcessFileName"],
                .command: ["InitiatingProcessCommandLine"], .hash: hashes, .action: ["ActionType"],
                .domain: ["FileOriginUrl"], .address: ["FileOriginIP"],
            ],
            shown: [
                "DeviceName", "ActionType", "FileName", "FolderPath", "PreviousFileName", "SHA256", "FileOriginUrl",
                "InitiatingProcessFileName", "InitiatingProcessCommandLine", "InitiatingProcessAccountName", "ReportId",
            ]),
        TableProfile(
            table: "DeviceRegistryEvents",
            columns: [
                .user: ["InitiatingProcessAccountName"], .host: ["DeviceName"], .registryKey: ["RegistryKey"],
                .process: ["InitiatingProcessFileName"], .parent: ["InitiatingProcessFileName"],
                .command: ["InitiatingProcessCommandLine"], .action: ["ActionType"],
                .hash: hashes.map { "InitiatingProcess\($0)" },
            ],
            shown: [
                "DeviceName", "ActionType", "RegistryKey", "RegistryValueName", "RegistryValueData",
                "PreviousRegistryValueData", "InitiatingProcessFileName", "InitiatingProcessCommandLine",
                "InitiatingProcessAccountName", "ReportId",
            ]),
    ]

    private static let cloud = [
        TableProfile(
            table: "SigninLogs",
            columns: [
                .user: ["UserPrincipalName"], .address: ["IPAddress"], .country: ["Location"],
                .application: ["AppDisplayName"], .agent: ["UserAgent"], .action: ["ResultType"],
                .outcome: ["ResultType"],
                .city: ["tostring(LocationDetails.city)", "tostring(LocationDetails.state)"],
            ],
            shown: [
                "UserPrincipalName", "ResultType", "ResultDescription", "IPAddress", "Location", "AppDisplayName",
                "ClientAppUsed", "AuthenticationRequirement", "ConditionalAccessStatus", "RiskLevelDuringSignIn",
                "UserAgent",
                "CorrelationId",
            ]),
        TableProfile(
            table: "AuditLogs",
            columns: [
                .user: ["tostring(InitiatedBy.user.userPrincipalName)"],
                .address: ["tostring(InitiatedBy.user.ipAddress)"],
                .action: ["OperationName"], .target: ["tostring(TargetResources[0].displayName)"],
                .category: ["Category"], .outcome: ["Result"],
                .application: ["tostring(InitiatedBy.app.displayName)"],
            ],
            shown: [
                "OperationName", "Category", "Result", "ResultReason", "InitiatedBy", "TargetResources",
                "CorrelationId",
            ]),
        TableProfile(
            table: "AzureActivity",
            columns: [
                .user: ["Caller"], .address: ["CallerIpAddress"], .action: ["OperationNameValue"],
                .target: ["ResourceId", "ResourceGroup"], .category: ["CategoryValue"],
                .outcome: ["ActivityStatusValue"],
            ],
            shown: [
                "OperationNameValue", "ActivityStatusValue", "Caller", "CallerIpAddress", "ResourceGroup", "ResourceId",
                "SubscriptionId", "CorrelationId",
            ]),
        TableProfile(
            table: "AzureNetworkAnalytics_CL",
            columns: [
                .host: ["VM_s"], .address: ["SrcPublicIPs_s", "DestPublicIPs_s", "DestIP_s", "PublicIPs_s"],
                .port: ["DestPort_d"], .action: ["FlowStatus_s"], .outcome: ["FlowStatus_s"],
            ],
            shown: [
                "FlowType_s", "FlowStatus_s", "FlowDirection_s", "SrcPublicIPs_s", "DestIP_s", "DestPublicIPs_s",
                "DestPort_d", "L7Protocol_s", "VM_s", "AllowedInFlows_d", "AllowedOutFlows_d", "DeniedInFlows_d",
                "DeniedOutFlows_d",
            ]),
        TableProfile(
            table: "OktaSystemLog",
            columns: [
                .user: ["actor_alternateId"], .address: ["client_ipAddress"],
                .country: ["client_geographicalContext_country"], .application: ["target_displayName"],
                .agent: ["client_userAgent_rawUserAgent"], .action: ["eventType"], .target: ["target_alternateId"],
                .outcome: ["outcome_result"],
                .city: ["client_geographicalContext_city", "client_geographicalContext_state"],
            ],
            shown: [
                "uuid", "eventType", "displayMessage", "actor_alternateId", "actor_id", "actor_type", "outcome_result",
                "outcome_reason",
                "client_ipAddress", "client_geographicalContext_city", "client_geographicalContext_country",
                "client_userAgent_rawUserAgent", "target_type", "target_alternateId", "target_displayName",
                "authenticationContext_externalSessionId",
            ]),
    ]

    private static let alerts = [
        TableProfile(
            table: "AlertInfo",
            columns: [
                .severity: ["Severity"], .title: ["Title"], .category: ["Category"], .action: ["Title"],
                .application: ["ServiceSource"], .technique: ["AttackTechniques"],
            ],
            shown: [
                "AlertId", "Title", "Category", "Severity", "ServiceSource", "DetectionSource", "AttackTechniques",
            ]),
        TableProfile(
            table: "AlertEvidence",
            columns: [
                .user: ["AccountName"], .host: ["DeviceName"], .address: ["RemoteIP"], .domain: ["RemoteUrl"],
                .file: ["FileName"], .process: ["FileName"], .hash: ["SHA256", "SHA1"], .folder: ["FolderPath"],
                .severity: ["Severity"], .title: ["Title"], .category: ["Categories"], .action: ["Title"],
                .command: ["ProcessCommandLine"], .registryKey: ["RegistryKey"], .technique: ["AttackTechniques"],
            ],
            shown: [
                "AlertId", "Title", "Severity", "Categories", "AttackTechniques", "EntityType", "EvidenceRole",
                "DeviceName",
                "AccountUpn", "AccountName", "RemoteIP", "RemoteUrl", "FileName", "SHA256", "ProcessCommandLine",
            ]),
    ]
}
