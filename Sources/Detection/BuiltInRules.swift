internal import CDetectionRules
public import Sigma

/// The rules that come with the program, from `Rules/`; that folder's README says how to add one.
public enum BuiltInRules {
    /// What their texts' names begin with.
    static let prefix = "built-in:"

    /// The names of their files, without the extension; each names the file's last rule.
    public static let names: [String] = UnsafeBufferPointer(start: detection_rules, count: detection_rule_count)
        .map { String(cString: $0.name) }

    /// Their texts, by name.
    public static let texts: [RuleText] = UnsafeBufferPointer(start: detection_rules, count: detection_rule_count)
        .map { rule in
            RuleText(name: prefix + String(cString: rule.name) + ".yml", bytes: Array(String(cString: rule.text).utf8))
        }
}
