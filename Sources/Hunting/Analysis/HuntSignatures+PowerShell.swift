// PowerShell on command lines, by ATT&CK's technique pages. Administrators hide windows, bypass the policy for scripts
// and fetch files as well: what only looks like an attack needs a second sign.

extension HuntSignature {
    private static let shells = ["powershell", "pwsh"]

    private static let fetches = [
        "downloadstring", "downloadfile", "downloaddata", "invoke-webrequest", "iwr ", "irm ", "net.webclient",
        "start-bitstransfer", "invoke-restmethod", "net.http.httpclient",
    ]

    private static let runs = [
        "iex ", "iex(", "iex;", "iex\"", "iex'", "invoke-expression", "| & ", "|& ", ".invoke(", "scriptblock]::create",
        "frombase64string",
    ]

    private static let hidden = [
        " -w hidden", " -windowstyle hidden", " -wi hidden", " -win hidden", " -w h ", " -w 1 ", " -windowstyle h ",
        " -windowstyle 1 ", "createnowindow",
    ]

    static let powerShell: [HuntSignature] = [
        HuntSignature("Encoded PowerShell command", ["T1059.001", "T1027.010"], .medium, shells, isEncoded: true),
        HuntSignature(
            "PowerShell fetches and runs a text", ["T1059.001", "T1105"], .high, next: .createIncident, fetches, runs),
        HuntSignature(
            "PowerShell fetches a file behind a hidden window", ["T1059.001", "T1105", "T1564.003"], .medium, fetches,
            hidden, unless: ["microsoft.com", "windowsupdate"]),
        HuntSignature(
            "PowerShell fetches a program and starts it", ["T1059.001", "T1105"], .medium, fetches,
            [".exe", ".dll", ".ps1", ".hta", ".js", ".vbs"],
            ["start-process", "saps ", "invoke-item", "; .\\", "; & ", "rundll32", "regsvr32"],
            unless: ["microsoft.com", "windowsupdate"]),
        HuntSignature(
            "AMSI is tampered with", ["T1562.001", "T1059.001"], .high, next: .createIncident,
            ["amsiutils", "amsiinitfailed", "amsicontext", "amsiscanbuffer", "amsiopensession"]),
        HuntSignature(
            "PowerShell runs code in memory", ["T1059.001", "T1620"], .high, next: .createIncident,
            ["::load(", "virtualalloc", "invoke-reflectivepeinjection", "invoke-shellcode"],
            [
                "frombase64string", "[byte[]]", "downloaddata", "createthread", "getdelegateforfunctionpointer",
                "invoke-reflectivepeinjection", "invoke-shellcode",
            ]),
        HuntSignature(
            "PowerShell puts its text together to hide it", ["T1059.001", "T1027.010"], .medium, shells,
            ["-bxor", "[char[]]", "[char]0x", "[char]1", "[char]9", "tochararray()", "gzipstream", "deflatestream"],
            runs + ["-join"]),
        HuntSignature(
            "PowerShell opens a shell over the network", ["T1059.001", "T1095"], .high, next: .createIncident,
            ["net.sockets.tcpclient"], ["getstream"]),
        HuntSignature(
            "Script of a folder that anyone can write, run behind a hidden window", ["T1059.001", "T1564.003"], .medium,
            shells, hidden, ["\\temp\\", "\\users\\public\\", "\\downloads\\", "%temp%", "$env:temp", "\\perflogs\\"],
            [".ps1", "iex", "invoke-expression"]),
        HuntSignature(
            "PowerShell attack tool", ["T1059.001"], .high, next: .createIncident,
            [
                "invoke-mimikatz", "invoke-kerberoast", "invoke-bloodhound", "powerview", "get-gpppassword",
                "invoke-wmiexec", "invoke-smbexec", "powercat", "invoke-powershelltcp", "invoke-rubeus", "sharphound",
                "invoke-ninjacopy", "invoke-dcsync", "out-minidump",
            ]),
    ]
}
