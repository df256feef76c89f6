internal import Connectors

/// The tactics that a technique serves, in Sentinel's spelling.
///
/// Facts from MITRE ATT&CK v18.1, the techniques of its Enterprise matrix that are not withdrawn: a hunt may name any.
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
        (
            "Reconnaissance",
            """
            T1589 T1590 T1591 T1592 T1593 T1594 T1595 T1596 T1597 T1598 T1681
            """
        ),
        (
            "ResourceDevelopment",
            """
            T1583 T1584 T1585 T1586 T1587 T1588 T1608 T1650
            """
        ),
        (
            "InitialAccess",
            """
            T1078 T1091 T1133 T1189 T1190 T1195 T1199 T1200 T1566 T1659 T1669
            """
        ),
        (
            "Execution",
            """
            T1047 T1053 T1059 T1072 T1106 T1129 T1203 T1204 T1559 T1569 T1609 T1610 T1648 T1651 T1674 T1675
            T1677
            """
        ),
        (
            "Persistence",
            """
            T1037 T1053 T1078 T1098 T1112 T1133 T1136 T1137 T1176 T1197 T1205 T1505 T1525 T1542 T1543 T1546
            T1547 T1554 T1556 T1574 T1653 T1668 T1671
            """
        ),
        (
            "PrivilegeEscalation",
            """
            T1037 T1053 T1055 T1068 T1078 T1098 T1134 T1484 T1543 T1546 T1547 T1548 T1574 T1611
            """
        ),
        (
            "DefenseEvasion",
            """
            T1006 T1014 T1027 T1036 T1055 T1070 T1078 T1112 T1127 T1134 T1140 T1197 T1202 T1205 T1207 T1211
            T1216 T1218 T1220 T1221 T1222 T1480 T1484 T1497 T1535 T1542 T1548 T1550 T1553 T1556 T1562 T1564
            T1574 T1578 T1599 T1600 T1601 T1610 T1612 T1620 T1622 T1647 T1656 T1666 T1672 T1678 T1679
            """
        ),
        (
            "CredentialAccess",
            """
            T1003 T1040 T1056 T1110 T1111 T1187 T1212 T1528 T1539 T1552 T1555 T1556 T1557 T1558 T1606 T1621
            T1649
            """
        ),
        (
            "Discovery",
            """
            T1007 T1010 T1012 T1016 T1018 T1033 T1040 T1046 T1049 T1057 T1069 T1082 T1083 T1087 T1120 T1124
            T1135 T1201 T1217 T1482 T1497 T1518 T1526 T1538 T1580 T1613 T1614 T1615 T1619 T1622 T1652 T1654
            T1673 T1680
            """
        ),
        (
            "LateralMovement",
            """
            T1021 T1072 T1080 T1091 T1210 T1534 T1550 T1563 T1570
            """
        ),
        (
            "Collection",
            """
            T1005 T1025 T1039 T1056 T1074 T1113 T1114 T1115 T1119 T1123 T1125 T1185 T1213 T1530 T1557 T1560
            T1602
            """
        ),
        (
            "Exfiltration",
            """
            T1011 T1020 T1029 T1030 T1041 T1048 T1052 T1537 T1567
            """
        ),
        (
            "CommandAndControl",
            """
            T1001 T1008 T1071 T1090 T1092 T1095 T1102 T1104 T1105 T1132 T1205 T1219 T1568 T1571 T1572 T1573
            T1659 T1665
            """
        ),
        (
            "Impact",
            """
            T1485 T1486 T1489 T1490 T1491 T1495 T1496 T1498 T1499 T1529 T1531 T1561 T1565 T1657 T1667
            """
        ),
    ]

    private static let ofTechnique: [String: [String]] = techniques.reduce(into: [:]) { table, entry in
        for id in entry.ids.split(whereSeparator: \.isWhitespace) {
            table[String(id), default: []].append(entry.tactics)
        }
    }
}
