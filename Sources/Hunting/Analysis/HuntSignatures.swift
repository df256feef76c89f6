// Which command lines and changes serve which technique follows ATT&CK's technique pages and the LOLBAS project.

extension HuntSignature {
    static let all: [HuntSignature] = powerShell + commands + persistence + changes + texts

    private static let commands: [HuntSignature] = [
        HuntSignature(
            "Download with a program of the system", ["T1105"], .medium,
            ["certutil", "bitsadmin", "mshta", "curl", "wget", "certoc", "desktopimgdownldr", "hh.exe", "msiexec"],
            ["http://", "https://", "ftp://", "urlcache", "/transfer"], unless: ["microsoft.com", "windowsupdate"]),
        HuntSignature(
            "Script or library run by a trusted program", ["T1218"], .medium,
            ["regsvr32", "rundll32", "mshta", "installutil", "regasm", "cmstp", "msbuild"],
            [
                "javascript:", "vbscript:", "/i:http", "scrobj.dll", "http://", "https://", "\\temp\\", "\\appdata\\",
                "\\users\\public",
            ]),
        HuntSignature(
            "Credentials are dumped", ["T1003.001"], .high, next: .createIncident,
            [
                "mimikatz", "sekurlsa", "lsass.dmp", "comsvcs.dll, minidump", "comsvcs.dll,minidump", "minidump ",
                "procdump -ma lsass", "nanodump", "pypykatz", "-ma lsass", "lazagne",
            ]),
        HuntSignature(
            "Credential stores are copied", ["T1003.003"], .high, next: .createIncident,
            [
                "ntds.dit", "ntdsutil", "reg save hklm\\sam", "reg save hklm\\system", "reg.exe save hklm\\sam",
                "secretsdump",
            ]),
        HuntSignature(
            "Shadow copies or backups are deleted", ["T1490"], .high, next: .createIncident,
            ["vssadmin", "wmic", "wbadmin", "bcdedit", "win32_shadowcopy"],
            [
                "delete shadows", "shadowcopy delete", "delete catalog", "delete systemstatebackup",
                "recoveryenabled no", "remove-wmiobject",
            ]),
        HuntSignature(
            "Event logs are cleared", ["T1070.001"], .high, next: .createIncident,
            ["wevtutil cl ", "wevtutil.exe cl ", "wevtutil clear-log", "clear-eventlog", "remove-eventlog"]),
        HuntSignature(
            "Protection is switched off", ["T1562.001"], .high, next: .createIncident,
            [
                "disablerealtimemonitoring", "disableioavprotection", "add-mppreference -exclusion", "stop windefend",
                "delete windefend", "stop sense", "mpcmdrun -removedefinitions", "mpcmdrun.exe -removedefinitions",
            ]),
        HuntSignature(
            "Commands on another machine", ["T1569.002", "T1021.002"], .medium,
            ["psexec", "paexec", "/node:", "winrs -r", "invoke-command -computer", "enter-pssession"]),
        HuntSignature(
            "Office starts a shell", ["T1204.002", "T1059"], .high, next: .createIncident,
            ["cmd", "powershell", "pwsh", "wscript", "cscript", "mshta", "rundll32", "regsvr32"],
            parents: ["winword.exe", "excel.exe", "powerpnt.exe", "outlook.exe", "onenote.exe"]),
        HuntSignature(
            "Web server starts a shell", ["T1505.003"], .high, next: .createIncident,
            ["cmd", "powershell", "whoami", "net user", "net.exe"],
            parents: ["w3wp.exe", "httpd.exe", "nginx.exe", "tomcat.exe", "php-cgi.exe", "umworkerprocess.exe"]),
    ]

    private static let persistence: [HuntSignature] = [
        HuntSignature(
            "Program runs at sign-in by the registry", ["T1547.001"], .medium, in: .registry,
            [
                "currentversion\\run", "currentversion\\explorer\\user shell folders", "winlogon\\shell",
                "winlogon\\userinit",
            ]),
        HuntSignature(
            "Debugger of another program", ["T1546.012"], .high, in: .registry, ["image file execution options"],
            ["debugger"]),
        HuntSignature("Scheduled task is created", ["T1053.005"], .medium, ["schtasks"], ["/create", "-create"]),
        HuntSignature(
            "Scheduled task is created", ["T1053.005"], .medium, ["register-scheduledtask", "new-scheduledtask"]),
        HuntSignature("Service is created", ["T1543.003"], .medium, ["sc create ", "sc.exe create ", "new-service "]),
        HuntSignature(
            "Account is created or raised on a machine", ["T1136.001", "T1098"], .medium,
            ["net user", "net1 user", "net localgroup", "net1 localgroup", "new-localuser", "add-localgroupmember"],
            ["/add", "new-localuser", "add-localgroupmember"]),
    ]

    private static let changes: [HuntSignature] = [
        HuntSignature(
            "Administrator role is given", ["T1098.003"], .medium, in: .operation,
            [
                "add member to role", "add eligible member to role", "user.account.privilege.grant",
                "group.privilege.grant", "roleassignments/write",
            ]),
        HuntSignature(
            "Consent to an application", ["T1528"], .medium, in: .operation,
            ["consent to application", "consent.grant"]),
        HuntSignature(
            "Second factor is removed or reset", ["T1556.006"], .medium, in: .operation,
            [
                "user.mfa.factor.reset_all", "user.mfa.factor.deactivate", "disable strong authentication",
                "admin deleted security info",
            ]),
        HuntSignature(
            "Conditional access is changed", ["T1556.009"], .medium, in: .operation, ["conditional access policy"],
            unless: ["what if"]),
        HuntSignature(
            "Trust in an identity provider is changed", ["T1484.002"], .high, next: .createIncident, in: .operation,
            ["system.idp.lifecycle", "federation settings", "domain authentication"]),
        HuntSignature(
            "API token is created", ["T1098.001"], .medium, in: .operation,
            ["system.api_token.create", "certificates and secrets management", "add service principal credentials"]),
        HuntSignature("Commands on a virtual machine", ["T1651"], .medium, in: .operation, ["runcommand"]),
        HuntSignature(
            "Logging in the cloud is switched off", ["T1562.008"], .high, next: .createIncident, in: .operation,
            ["diagnosticsettings/delete"]),
        HuntSignature(
            "Cloud resource is deleted", ["T1485"], .low, next: .monitor, in: .operation,
            ["virtualmachines/delete", "resourcegroups/delete", "storageaccounts/delete", "vaults/delete"]),
        HuntSignature("Support impersonation", ["T1078"], .medium, in: .operation, ["session.impersonation"]),
        HuntSignature(
            "Policy is weakened or changed", ["T1556"], .low, next: .monitor, in: .operation,
            ["policy.lifecycle.d", "policy.rule.d", "policy.lifecycle.update"]),
    ]

    private static let texts: [HuntSignature] = [
        HuntSignature(
            "A text that looks like an instruction to the analyst's program", [], .low, next: .monitor, in: .anywhere,
            [
                "ignore previous instructions", "ignore all previous", "disregard the above", "disregard previous",
                "system prompt", "<|im_start|>", "[inst]", "you are now", "mark as benign", "do not report",
            ])
    ]
}
