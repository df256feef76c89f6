extension HuntQualifier {
    private static let s = "SigninLogs", l = "DeviceLogonEvents", o = "OktaSystemLog", p = "DeviceProcessEvents"
    private static let n = "DeviceNetworkEvents", flows = "AzureNetworkAnalytics_CL"

    static let all = outcomes + signIns + events

    private static let failedResults: HuntCondition = .text("outcome_result", .same, ["FAILURE", "DENY"])

    private static let outcomes = [
        HuntQualifier(
            "failed", ["failed", "spray", "bruteforce"],
            [
                s: .not(.text("ResultType", .same, ["0"])), o: failedResults, l: Meaning.action("LogonFailed"),
                n: Meaning.action("ConnectionFailed"), "AuditLogs": .text("Result", .same, ["failure"]),
                "AzureActivity": .text("ActivityStatusValue", .same, ["Failure", "Failed"]),
                flows: .text("FlowStatus_s", .same, ["D"]),
            ]),
        HuntQualifier(
            "successful", ["success"],
            [
                s: .text("ResultType", .same, ["0"]), o: .text("outcome_result", .same, ["SUCCESS", "ALLOW"]),
                l: Meaning.action("LogonSuccess"), n: Meaning.action("ConnectionSuccess", "InboundConnectionAccepted"),
                "AuditLogs": .text("Result", .same, ["success"]),
                "AzureActivity": .text("ActivityStatusValue", .same, ["Success", "Succeeded"]),
                flows: .text("FlowStatus_s", .same, ["A"]),
            ]),
        HuntQualifier(
            "denied", ["denied"],
            [
                s: .not(.text("ResultType", .same, ["0"])), o: failedResults, l: Meaning.action("LogonFailed"),
                n: Meaning.action("ConnectionFailed"), flows: .text("FlowStatus_s", .same, ["D"]),
            ]),
    ]

    private static let signIns = [
        HuntQualifier(
            "risky", ["risk", "risky"],
            [
                s: .text("RiskLevelDuringSignIn", .same, ["high", "medium", "low"]),
                o: .any([
                    .text("tostring(debugContext.debugData.risk)", .contains, ["level=HIGH", "level=MEDIUM"]),
                    .truth("securityContext_isProxy", true),
                ]),
            ]),
        // Clients that cannot be asked for a second factor (Microsoft Learn, "Block legacy authentication").
        HuntQualifier(
            "legacy clients", ["legacyauth"],
            [
                s: .text(
                    "ClientAppUsed", .same,
                    [
                        "IMAP4", "POP3", "SMTP", "Authenticated SMTP", "Exchange ActiveSync", "MAPI Over HTTP",
                        "Autodiscover",
                        "Exchange Web Services", "Other clients", "Other clients; IMAP", "Other clients; POP",
                        "Other clients; SMTP",
                        "Exchange Online PowerShell", "Reporting Web Services", "Offline Address Book",
                        "Outlook Anywhere (RPC over HTTP)",
                    ])
            ]),
        HuntQualifier(
            "one factor only", ["singlefactor"],
            [
                s: .text("AuthenticationRequirement", .same, ["singleFactorAuthentication"])
            ]),
        HuntQualifier(
            "stopped by conditional access", ["conditionalaccess+failed|denied", "conditionalaccess+signin"],
            [
                s: .text("ConditionalAccessStatus", .same, ["failure"])
            ]),
        HuntQualifier(
            "remote desktop", ["rdp", "remote+interactive"],
            [
                l: .text("LogonType", .same, ["RemoteInteractive"]), n: Meaning.port(3389),
                flows: .number("DestPort_d", [3389]),
            ]),
        HuntQualifier(
            "at the keyboard", ["interactive+!remote"],
            [
                l: .text("LogonType", .same, ["Interactive"])
            ]),
        HuntQualifier("over the network", ["network+signin"], [l: .text("LogonType", .same, ["Network"])]),
        HuntQualifier("local administrators", ["local+admin", "admin+signin"], [l: .truth("IsLocalAdmin", true)]),
        HuntQualifier("through a proxy", ["anonymous"], [o: .truth("securityContext_isProxy", true)]),
        // Entra's result for an account that is disabled (Microsoft Learn, "Microsoft Entra authentication error
        // codes").
        HuntQualifier("disabled accounts", ["disabled+user"], [s: .text("ResultType", .same, ["50057"])]),
        HuntQualifier("guests", ["guest"], [s: .text("UserType", .same, ["Guest"])]),
    ]

    private static let events = [
        HuntQualifier(
            "highest administrators", ["superadmin"],
            [
                "AuditLogs": .text(
                    "tostring(TargetResources)", .contains, ["Global Administrator", "Company Administrator"]),
                o: .text("tostring(debugContext.debugData.privilegeGranted)", .contains, ["Super"]),
            ]),
        HuntQualifier("encoded", ["encoded"], [p: HuntSubject.encodedCommand]),
        HuntQualifier("hidden", ["hidden"], [p: .text("ProcessCommandLine", .contains, ["hidden"])]),
        HuntQualifier(
            "fetching from elsewhere", ["downloaded"],
            [
                p: .text(
                    "ProcessCommandLine", .contains,
                    [
                        "http", "urlcache", "/transfer", "downloadstring", "downloadfile", "invoke-webrequest",
                        "ftp://", "\\\\",
                    ])
            ]),
        HuntQualifier("LSASS", ["lsass"], [p: .text("ProcessCommandLine", .contains, ["lsass"])]),
        HuntQualifier(
            "inbound", ["inbound"],
            [
                n: Meaning.action(
                    "InboundConnectionAccepted", "InboundConnectionAttempt", "InboundInternetScanInspected"),
                flows: .text("FlowDirection_s", .same, ["I"]),
            ]),
        HuntQualifier(
            "outbound", ["outbound+!inbound"],
            [
                n: .not(
                    Meaning.action(
                        "InboundConnectionAccepted", "InboundConnectionAttempt", "InboundInternetScanInspected",
                        "ListeningConnectionCreated")),
                flows: .text("FlowDirection_s", .same, ["O"]),
            ]),
        HuntQualifier("listening", ["listening"], [n: Meaning.action("ListeningConnectionCreated")]),
        HuntQualifier("SMB", ["smb"], [n: Meaning.port(445, 139), flows: .number("DestPort_d", [445, 139])]),
        HuntQualifier("SSH", ["ssh"], [n: Meaning.port(22), flows: .number("DestPort_d", [22])]),
        HuntQualifier("WinRM", ["winrm"], [n: Meaning.port(5985, 5986), flows: .number("DestPort_d", [5985, 5986])]),
        HuntQualifier("FTP", ["ftp"], [n: Meaning.port(20, 21), flows: .number("DestPort_d", [20, 21])]),
        HuntQualifier("Telnet", ["telnet"], [n: Meaning.port(23), flows: .number("DestPort_d", [23])]),
        HuntQualifier(
            "LDAP", ["ldap"], [n: Meaning.port(389, 636, 3268), flows: .number("DestPort_d", [389, 636, 3268])]),
        HuntQualifier("VNC", ["vnc"], [n: Meaning.port(5900, 5901), flows: .number("DestPort_d", [5900, 5901])]),
        HuntQualifier("DNS", ["dns"], [n: Meaning.port(53), flows: .number("DestPort_d", [53])]),
        severity("High", "high"), severity("Medium", "medium"), severity("Low", "low"),
        severity("Informational", "informational"),
        HuntQualifier("addresses of the Internet", ["public+!folder"], addresses(isPublic: true)),
        HuntQualifier("private addresses", ["private"], addresses(isPublic: false)),
        HuntQualifier("about AMSI", ["amsi"], [p: .text("ProcessCommandLine", .contains, ["amsi"])]),
        HuntQualifier("bypassing", ["bypass+!mfa+!amsi"], [p: .text("ProcessCommandLine", .contains, ["bypass"])]),
        kind("ransomware"), kind("phishing"), kind("malware"), kind("lateral"), kind("persistence"),
        kind("exfiltration"),
        kind("password", "Credential"), kind("powershell"),
    ]

    /// Defender says what kind of address the other side has.
    private static func addresses(isPublic: Bool) -> [String: HuntCondition] {
        let kind: HuntCondition = .text("RemoteIPType", .same, [isPublic ? "Public" : "Private"])
        func other(_ column: String) -> HuntCondition { .privateAddress(column, !isPublic) }
        return [
            l: kind, n: kind, s: other("IPAddress"), o: other("client_ipAddress"),
            "AzureActivity": other("CallerIpAddress"),
        ]
    }

    private static func severity(_ name: String, _ word: String) -> HuntQualifier {
        let condition: HuntCondition = .text("Severity", .same, [name])
        return HuntQualifier("severity \(word)", [word], ["AlertInfo": condition, "AlertEvidence": condition])
    }

    private static func kind(_ word: String, _ text: String? = nil) -> HuntQualifier {
        func about(_ category: String) -> HuntCondition {
            .any([.text("Title", .contains, [text ?? word]), .text(category, .contains, [text ?? word])])
        }
        return HuntQualifier(
            "about \(word)", [word], ["AlertInfo": about("Category"), "AlertEvidence": about("Categories")])
    }
}
