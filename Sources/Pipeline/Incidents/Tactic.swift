internal import Detection

/// What an attacker wants at a moment. The raw value is ATT&CK's short name; the order is that of its matrix.
enum Tactic: String, CaseIterable {
    case reconnaissance
    case resourceDevelopment = "resource-development"
    case initialAccess = "initial-access"
    case execution, persistence
    case privilegeEscalation = "privilege-escalation"
    case defenseEvasion = "defense-evasion"
    case credentialAccess = "credential-access"
    case discovery
    case lateralMovement = "lateral-movement"
    case collection
    case commandAndControl = "command-and-control"
    case exfiltration, impact
}

extension Tactic {
    /// The tactic that a technique mostly serves in an identity provider's log: one of those that ATT&CK 18.1 lists for
    /// it. Takes a technique's or sub-technique's id, or a tactic's short name.
    init?(of technique: String) {
        if let tactic = Tactic(rawValue: technique.lowercased()) {
            self = tactic
            return
        }
        let parent = technique.uppercased().prefix { $0 != "." }
        guard let tactic = Self.ofTechniques[String(parent)] else { return nil }
        self = tactic
    }

    private static let techniques: [(Tactic, String)] = [
        (.reconnaissance, "T1589 T1590 T1591 T1592 T1593 T1595 T1598"),
        (.resourceDevelopment, "T1583 T1584 T1585 T1586"),
        (.initialAccess, "T1078 T1133 T1189 T1190 T1195 T1199 T1566"),
        (.execution, "T1059 T1072 T1204 T1648 T1677"),
        (.persistence, "T1098 T1136 T1505 T1546 T1556 T1671"),
        (.privilegeEscalation, "T1068 T1484 T1548"),
        (.defenseEvasion, "T1036 T1070 T1211 T1535 T1562 T1656"),
        (.credentialAccess, "T1110 T1111 T1187 T1212 T1528 T1539 T1552 T1555 T1557 T1606 T1621 T1649"),
        (.discovery, "T1069 T1082 T1087 T1201 T1526 T1538 T1580"),
        (.lateralMovement, "T1021 T1080 T1534 T1550"),
        (.collection, "T1114 T1119 T1213 T1530"),
        (.commandAndControl, "T1071 T1090 T1102 T1219"),
        (.exfiltration, "T1048 T1537 T1567"),
        (.impact, "T1485 T1489 T1496 T1498 T1499 T1531 T1657"),
    ]

    private static let ofTechniques: [String: Tactic] = Dictionary(
        techniques.flatMap { tactic, ids in ids.split(separator: " ").map { (String($0), tactic) } }
    ) { first, _ in first }
}

extension DetectionFinding {
    /// The tactics that its techniques serve, in their order.
    var tactics: [Tactic] {
        attack.compactMap { Tactic(of: $0) }.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}
