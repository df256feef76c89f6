/// Programs that analysts name without their extension, and the files they run as.
enum HuntPrograms {
    /// The files of a program that a word in lower case names.
    static func files(of word: String) -> [String]? { files[word] }

    private static let files: [String: [String]] = {
        var files: [String: [String]] = [
            "powershell": ["powershell.exe", "pwsh.exe", "powershell_ise.exe"], "pwsh": ["pwsh.exe", "powershell.exe"],
            "posh": ["powershell.exe", "pwsh.exe"], "psexec": ["psexec.exe", "psexec64.exe", "psexesvc.exe"],
            "procdump": ["procdump.exe", "procdump64.exe"], "net.exe": ["net.exe", "net1.exe"],
            "word": ["winword.exe"], "winword": ["winword.exe"], "excel": ["excel.exe"], "outlook": ["outlook.exe"],
            "chrome": ["chrome.exe"], "firefox": ["firefox.exe"], "edge": ["msedge.exe"], "anydesk": ["anydesk.exe"],
            "teamviewer": ["teamviewer.exe", "teamviewer_service.exe"], "cmd": ["cmd.exe"], "ncat": ["ncat.exe"],
            "netcat": ["nc.exe", "ncat.exe", "nc64.exe"], "7zip": ["7z.exe", "7za.exe", "7zg.exe"],
            "winrar": ["winrar.exe", "rar.exe"], "python": ["python.exe", "pythonw.exe", "python3.exe"],
        ]
        // Living-off-the-land binaries of LOLBAS and what administrators run beside them.
        let plain =
            "rundll32 regsvr32 mshta wscript cscript certutil bitsadmin msbuild installutil regasm"
            + " regsvcs cmstp wmic wmiprvse schtasks vssadmin wbadmin bcdedit wevtutil nltest whoami"
            + " ipconfig systeminfo tasklist taskkill net net1 netsh nslookup quser qwinsta arp reg regedit"
            + " sc curl wget rclone plink putty adfind sharphound bloodhound msiexec svchost explorer lsass"
            + " services winlogon fodhelper eventvwr mavinject forfiles pcalua odbcconf ieexec xwizard"
            + " esentutl ntdsutil dsquery csvde ldifde at cipher fsutil hh control diskshadow makecab expand"
            + " robocopy winrs winrm ssh scp java node"
        for name in plain.split(separator: " ") where files[String(name)] == nil {
            files[String(name)] = ["\(name).exe"]
        }
        return files
    }()

    /// Programs of Windows that fetch or run what they are given (the LOLBAS project: Download, Execute, AWL bypass).
    static let livingOffTheLand = [
        "certutil.exe", "mshta.exe", "regsvr32.exe", "rundll32.exe", "bitsadmin.exe", "wmic.exe", "msbuild.exe",
        "installutil.exe", "regasm.exe", "regsvcs.exe", "cmstp.exe", "wscript.exe", "cscript.exe", "msiexec.exe",
        "forfiles.exe", "pcalua.exe", "odbcconf.exe", "mavinject.exe", "xwizard.exe", "esentutl.exe", "hh.exe",
    ]

    /// Words of the English language that are programs only where a program is spoken of.
    static let ambiguous: Set<String> = [
        "at", "net", "word", "excel", "edge", "control", "services", "expand", "cipher", "hh", "reg", "sc", "arp",
        "node",
        "explorer", "ssh", "java", "winrm", "lsass", "outlook", "chrome", "at",
    ]

    /// Attack tools, which run under any name: their own words betray them on the command line.
    static let tools: Set<String> = [
        "mimikatz", "rubeus", "seatbelt", "lazagne", "kerberoast", "secretsdump", "impacket", "cobaltstrike", "cobalt",
        "meterpreter", "metasploit", "crackmapexec", "sliver", "empire", "covenant", "chisel", "ngrok", "winpeas",
        "powerview",
        "nanodump", "pypykatz", "invoke-mimikatz", "sekurlsa", "wce", "gsecdump", "responder", "inveigh", "psattack",
    ]
}
