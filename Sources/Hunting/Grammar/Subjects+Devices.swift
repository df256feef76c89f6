// What Defender sees of networks, files and the registry, its alerts, and Azure's flow logs.

extension HuntSubject {
    static let devices = [
        HuntSubject(
            "network connections",
            "connection traffic connection+host|address|process|port|network network outbound inbound"
                + " network+connection|traffic|event|activity beacon dns smb ssh winrm ftp telnet ldap vnc port"
                + " smb|rdp|ssh|winrm|ftp|telnet|ldap|vnc|dns+connection|traffic connection+failed|success"
                + " connection+outbound|inbound connection+port rdp+inbound|outbound listening url",
            ("DeviceNetworkEvents", nil)),
        HuntSubject(
            "Azure network flows",
            "flow nsg flow+nsg nsg+traffic|connection|log azure+network+flow azure+network+traffic|connection"
                + " flow+denied flow+denied+nsg azure+flow flow+network flow+inbound|outbound+nsg|azure"
                + " flow+address|port|source",
            ("AzureNetworkAnalytics_CL", nil)),
        HuntSubject(
            "files", "file file+event|activity file+host folder hash",
            ("DeviceFileEvents", nil), ("DeviceProcessEvents", nil), ("AlertEvidence", nil)),
        HuntSubject(
            "files deleted", "file+deleted file+deleted+host", ("DeviceFileEvents", Meaning.action("FileDeleted"))),
        HuntSubject(
            "files created",
            "file+created file+created+folder file+downloaded file+created+host file+written|dropped"
                + " process+file+created",
            ("DeviceFileEvents", Meaning.action("FileCreated"))),
        HuntSubject(
            "files renamed", "file+renamed file+renamed+host", ("DeviceFileEvents", Meaning.action("FileRenamed"))),
        HuntSubject(
            "files changed", "file+changed file+changed+host file+changed+activity",
            ("DeviceFileEvents", Meaning.action("FileModified", "FileRenamed", "FileCreated", "FileDeleted"))),
        HuntSubject(
            "run keys",
            "runkey runkey+changed|created|persistence registry+persistence runkey+registry+changed|created"
                + " persistence runkey+host+changed persistence+registry",
            (
                "DeviceRegistryEvents",
                .all([
                    .text("RegistryKey", .contains, ["CurrentVersion\\Run"]),
                    Meaning.action("RegistryValueSet", "RegistryKeyCreated"),
                ])
            )),
        HuntSubject(
            "registry deletions", "registry+deleted registry+key+deleted",
            ("DeviceRegistryEvents", Meaning.action("RegistryKeyDeleted", "RegistryValueDeleted"))),
        HuntSubject(
            "registry keys created", "registry+created registry+key+created",
            ("DeviceRegistryEvents", Meaning.action("RegistryKeyCreated", "RegistryValueSet"))),
        HuntSubject(
            "debuggers of image files", "ifeo ifeo+registry|changed",
            ("DeviceRegistryEvents", .text("RegistryKey", .contains, ["Image File Execution Options"]))),
        HuntSubject(
            "registry changes",
            "registry registry+changed registry+value|key|event|activity registry+value|key+changed",
            ("DeviceRegistryEvents", nil)),
    ]

    static let alerts = [
        HuntSubject(
            "alerts",
            "alert alert+severity|high|medium|low|host|user|category|title"
                + " alert+file|address|hash|process|event alert+evidence alert+activity|ransomware|phishing|malware"
                + " incident detection alert+network|connection|powershell|failed|signin",
            ("AlertInfo", nil), ("AlertEvidence", nil)),
        HuntSubject(
            "alert evidence", "evidence evidence+alert", ("AlertEvidence", nil)),
    ]
}
