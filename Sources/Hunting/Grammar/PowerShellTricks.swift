// What makes PowerShell suspicious on a command line: ATT&CK's T1059.001, T1027.010, T1105, T1564.003 and T1562.001,
// and PowerShell's own parameters with the abbreviations it takes (about_PowerShell_exe).

extension HuntSubject {
    private static let powerShell = ["powershell.exe", "pwsh.exe", "powershell_ise.exe"]

    /// `-EncodedCommand`, in any of the forms that PowerShell takes.
    static let encodedCommand: HuntCondition = .pattern("ProcessCommandLine", #"(?i)\s[-/]e(c|n|nc|nco[a-z]*)?\s"#)

    /// Rows that may be an attack: PowerShell with suspicious words, and what it starts of the programs that attacks
    /// live off. The rows are judged afterwards; here nothing must be missed.
    static let maliciousPowerShell: HuntCondition = .any([
        .all([.text("FileName", .same, powerShell), .any(powerShellTricks)]),
        .all([
            .text("InitiatingProcessFileName", .same, powerShell),
            .text("FileName", .same, HuntPrograms.livingOffTheLand),
        ]),
    ])

    /// Two patterns and not forty comparisons: the query is read before it runs.
    private static let powerShellTricks: [HuntCondition] = [
        encodedCommand,
        // `-w hidden`, `-WindowStyle 1`; `iex` as a word, which `iexplore` is not.
        .pattern("ProcessCommandLine", #"(?i)\s[-/]w[a-z]*\s+['\x22]?(h[a-z]*|1)\b|\biex\b|\birm\b|\biwr\b"#),
        .pattern("ProcessCommandLine", "(?i)" + words.joined(separator: "|")),
    ]

    private static let words = [
        "bypass", "unrestricted", "-nop", "hidden", "amsi", "downloadstring", "downloadfile", "downloaddata",
        "webclient",
        "invoke-webrequest", "invoke-restmethod", "bitstransfer", "httpclient", "tcpclient", "invoke-expression",
        "frombase64string", "gzipstream", "deflatestream", "-bxor", #"\[char"#, #"reflection\.assembly"#,
        "virtualalloc",
        "invoke-mimikatz", "invoke-shellcode", "mppreference", "certutil", "bitsadmin", "mshta", "regsvr32", "rundll32",
        "vssadmin", "schtasks",
    ]
}
