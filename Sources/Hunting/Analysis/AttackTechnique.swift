internal import CAttackTechniques

/// The techniques of ATT&CK for Enterprise; where they come from stands in `techniques.txt`.
public enum AttackTechnique {
    /// The version of ATT&CK.
    public static let version = "18.1"

    /// What a technique is called; `nil` for an id that does not exist, such as one that a model made up.
    public static func name(of id: String) -> String? { names[id.uppercased()] }

    private static let names: [String: String] = {
        let lines = String(cString: attack_techniques).split(separator: "\n").filter { !$0.hasPrefix("#") }
        return Dictionary(
            lines.compactMap { line in
                line.firstIndex(of: " ").map { (String(line[..<$0]), String(line[line.index(after: $0)...])) }
            }
        ) { first, _ in first }
    }()
}
