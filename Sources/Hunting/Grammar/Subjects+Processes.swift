// What Defender sees of processes. Which programs serve which technique follows ATT&CK and the LOLBAS project.

extension HuntSubject {
    static let processes = [
        HuntSubject(
            "processes",
            "process executed process+executed|created|started command program command+executed"
                + " process+host|user|parent script+executed started+host executed+command",
            ("DeviceProcessEvents", nil)),
        HuntSubject(
            "credential dumping", "lsass lsass+dump dump+password dump+lsass+process dump",
            (
                "DeviceProcessEvents",
                .text(
                    "ProcessCommandLine", .contains,
                    ["lsass", "sekurlsa", "minidump", "comsvcs", "ntds.dit", "reg save hklm\\sam"])
            )),
        HuntSubject(
            "scheduled tasks", "task task+created task+created|changed+host task+persistence",
            (
                "DeviceProcessEvents",
                .all([Meaning.runs("schtasks.exe"), Meaning.command("/create", "-create", "/change")])
            )),
        HuntSubject(
            "services created", "service+created|changed service+created+host",
            (
                "DeviceProcessEvents",
                .any([
                    .all([Meaning.runs("sc.exe"), Meaning.command("create", "config")]), Meaning.command("New-Service"),
                ])
            )),
        HuntSubject(
            "local accounts", "local+user+created|changed|deleted local+admin+created|assigned",
            (
                "DeviceProcessEvents",
                .any([
                    .all([Meaning.runs("net.exe", "net1.exe"), Meaning.command(" user ", " localgroup ")]),
                    Meaning.command("New-LocalUser", "Add-LocalGroupMember"),
                ])
            )),
        HuntSubject(
            "shadow copies deleted", "shadowcopy shadowcopy+deleted shadowcopy+deleted+host",
            (
                "DeviceProcessEvents",
                .any([
                    .all([
                        Meaning.runs("vssadmin.exe", "wmic.exe", "diskshadow.exe"),
                        .text("ProcessCommandLine", .contains, ["delete"]),
                    ]),
                    Meaning.command("Win32_ShadowCopy"),
                ])
            )),
        HuntSubject(
            "event logs cleared", "eventlog eventlog+deleted|cleared log+cleared|deleted log+cleared+host",
            (
                "DeviceProcessEvents",
                .any([
                    .all([Meaning.runs("wevtutil.exe"), Meaning.command(" cl ", "clear-log")]),
                    Meaning.command("Clear-EventLog"),
                ])
            )),
        HuntSubject(
            "Defender switched off", "defender+disabled antivirus|av|realtime+disabled tamper",
            (
                "DeviceProcessEvents",
                Meaning.command(
                    "Set-MpPreference", "DisableRealtimeMonitoring", "Add-MpPreference -Exclusion", "sc stop WinDefend")
            )),
        HuntSubject(
            "reconnaissance commands", "recon recon+command|process recon+host|user",
            (
                "DeviceProcessEvents",
                Meaning.runs(
                    "whoami.exe", "net.exe", "net1.exe", "nltest.exe", "ipconfig.exe", "systeminfo.exe", "quser.exe",
                    "adfind.exe", "nslookup.exe")
            )),
        HuntSubject(
            "living-off-the-land programs", "lolbin lolbin+process|executed|host",
            ("DeviceProcessEvents", .text("FileName", .same, HuntPrograms.livingOffTheLand))),
        HuntSubject("tampering with AMSI", "amsi amsi+bypass|disabled", ("DeviceProcessEvents", nil)),
        HuntSubject(
            "lateral movement", "lateral",
            (
                "DeviceProcessEvents",
                .any([
                    Meaning.runs("psexec.exe", "psexec64.exe", "psexesvc.exe", "winrs.exe"),
                    Meaning.command("/node:", "Invoke-Command", "Enter-PSSession"),
                ])
            )),
        HuntSubject(
            "programs started by Office", "office+process|executed|child|macro macro",
            (
                "DeviceProcessEvents",
                .text(
                    "InitiatingProcessFileName", .same,
                    ["winword.exe", "excel.exe", "powerpnt.exe", "outlook.exe", "onenote.exe"])
            )),
    ]
}
