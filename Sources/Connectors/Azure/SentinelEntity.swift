/// An entity type of Microsoft Sentinel, and what identifies one (Azure/Azure-Sentinel, `EntityMappingIdentifiers`; the
/// types of the API's `EntityMappingType`).
struct SentinelEntity {
    let name: String
    /// The identifiers of which one is enough; all of them where ``needsAll``.
    let strong: [String]
    let others: [String]
    var needsAll = false

    var identifiers: [String] { strong + others }

    func has(_ identifier: String) -> Bool { identifiers.contains { $0.utf8.elementsEqual(identifier.utf8) } }

    func isIdentified(by given: [String]) -> Bool {
        let isGiven: (String) -> Bool = { name in given.contains { $0.utf8.elementsEqual(name.utf8) } }
        return needsAll ? strong.allSatisfy(isGiven) : strong.contains(where: isGiven)
    }

    /// What to map, in words.
    var needs: String { strong.joined(separator: needsAll ? " and " : " or ") }

    static func named(_ name: String) -> SentinelEntity? { all.first { $0.name.utf8.elementsEqual(name.utf8) } }

    static let all = [
        SentinelEntity(
            name: "Account", strong: ["FullName", "Name", "Sid", "AadUserId", "PUID", "ObjectGuid"],
            others: ["NTDomain", "DnsDomain", "UPNSuffix", "AadTenantId", "IsDomainJoined", "DisplayName"]),
        SentinelEntity(
            name: "Host", strong: ["FullName", "HostName", "NetBiosName", "AzureID", "OMSAgentID"],
            others: ["DnsDomain", "NTDomain", "OSFamily", "OSVersion", "IsDomainJoined"]),
        SentinelEntity(name: "IP", strong: ["Address"], others: []),
        SentinelEntity(name: "Malware", strong: ["Name"], others: ["Category"]),
        SentinelEntity(name: "File", strong: ["Name"], others: ["Directory"]),
        SentinelEntity(
            name: "Process", strong: ["CommandLine", "ProcessId"], others: ["ElevationToken", "CreationTimeUtc"]),
        SentinelEntity(name: "CloudApplication", strong: ["AppId", "Name"], others: ["InstanceName"]),
        SentinelEntity(name: "DNS", strong: ["DomainName"], others: []),
        SentinelEntity(name: "AzureResource", strong: ["ResourceId"], others: []),
        SentinelEntity(name: "FileHash", strong: ["Algorithm", "Value"], others: [], needsAll: true),
        SentinelEntity(name: "RegistryKey", strong: ["Key", "Hive"], others: []),
        SentinelEntity(name: "RegistryValue", strong: ["Name"], others: ["Value", "ValueType"]),
        SentinelEntity(name: "SecurityGroup", strong: ["DistinguishedName", "SID", "ObjectGuid"], others: []),
        SentinelEntity(name: "URL", strong: ["Url"], others: []),
        SentinelEntity(
            name: "Mailbox", strong: ["MailboxPrimaryAddress"],
            others: ["DisplayName", "Upn", "ExternalDirectoryObjectId", "RiskLevel"]),
        SentinelEntity(
            name: "MailCluster", strong: ["Query", "Source"],
            others: [
                "NetworkMessageIds", "CountByDeliveryStatus", "CountByThreatType", "CountByProtectionStatus", "Threats",
                "QueryTime", "MailCount", "IsVolumeAnomaly", "ClusterSourceIdentifier", "ClusterSourceType",
                "ClusterQueryStartTime", "ClusterQueryEndTime", "ClusterGroup",
            ]),
        SentinelEntity(
            name: "MailMessage", strong: ["NetworkMessageId", "Recipient"],
            others: [
                "Urls", "Threats", "Sender", "P1Sender", "P1SenderDisplayName", "P1SenderDomain", "SenderIP",
                "P2Sender", "P2SenderDisplayName", "P2SenderDomain", "ReceivedDate", "InternetMessageId", "Subject",
                "BodyFingerprintBin1", "BodyFingerprintBin2", "BodyFingerprintBin3", "BodyFingerprintBin4",
                "BodyFingerprintBin5", "AntispamDirection", "DeliveryAction", "DeliveryLocation", "Language",
                "ThreatDetectionMethods",
            ]),
        SentinelEntity(
            name: "SubmissionMail", strong: ["SubmissionId", "NetworkMessageId", "Recipient", "Submitter"],
            others: ["Timestamp", "Sender", "SenderIp", "Subject", "ReportType", "SubmissionDate"]),
    ]
}
