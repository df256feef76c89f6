internal import Connectors

/// The tactics that a technique serves, in Sentinel's spelling.
///
/// Facts from MITRE ATT&CK v18.1, the techniques of its Enterprise matrix that the detectors and built-in rules name.
/// © 2025 The MITRE Corporation. This work is reproduced and distributed with the permission of The MITRE Corporation.
enum TechniqueTactics {
    /// All of them, each once; of a sub-technique those of its technique. A technique that is not in the table has
    /// none.
    static func tactics(of techniques: [String]) -> [String] {
        let own = Set(techniques.flatMap { ofTechnique[String($0.prefix { $0 != "." })] ?? [] })
        return ScheduledRule.tacticNames.filter(own.contains)
    }

    /// The techniques without their sub-techniques, each once, of those that have a tactic: the service wants both.
    static func techniques(of ids: [String]) -> [String] {
        var seen: Set<String> = []
        return ids.map { String($0.prefix { $0 != "." }) }.filter { ofTechnique[$0] != nil && seen.insert($0).inserted }
    }

    private static let techniques: [(tactics: String, ids: String)] = [
        ("Reconnaissance", "T1589"), ("ResourceDevelopment", "T1583 T1586"),
        ("InitialAccess", "T1078 T1189 T1195 T1199 T1566"), ("Execution", "T1059 T1072 T1204 T1648 T1677"),
        ("Persistence", "T1078 T1098 T1136 T1546 T1556 T1671"),
        ("PrivilegeEscalation", "T1078 T1098 T1484 T1546 T1548"),
        ("DefenseEvasion", "T1036 T1078 T1211 T1484 T1548 T1550 T1556 T1562 T1656"),
        ("CredentialAccess", "T1110 T1111 T1212 T1528 T1539 T1552 T1555 T1556 T1557 T1606 T1621 T1649"),
        ("Discovery", "T1069 T1087 T1201 T1526 T1538"), ("LateralMovement", "T1021 T1072 T1080 T1534 T1550"),
        ("Collection", "T1119 T1213 T1530 T1557"), ("Exfiltration", "T1048 T1537 T1567"),
        ("CommandAndControl", "T1071 T1090"), ("Impact", "T1489 T1496 T1499 T1531 T1657"),
    ]

    private static let ofTechnique: [String: [String]] = techniques.reduce(into: [:]) { table, entry in
        for id in entry.ids.split(separator: " ") { table[String(id), default: []].append(entry.tactics) }
    }
}
