internal import RegularExpressions

/// What a user agent's text says of browser, system and device.
///
/// The engine knows the thousands of rules of uap-core (https://github.com/ua-parser/uap-core); here are those that
/// tell apart what sign-in logs and hunting queries meet. The first rule of a list that matches counts. Families are
/// named as uap-core names them, and what no rule knows is `Other`.
struct UserAgent {
    private let text: [UInt8]
    private let context: EvaluationContext

    init(_ text: String, _ context: EvaluationContext) {
        // A longer text is no user agent, and every rule reads all of it.
        self.text = Array(text.utf8.prefix(8192))
        self.context = context
    }

    /// The parts asked for, of `browser`, `os` and `device`, each a bag.
    func bag(of parts: [String]) -> Scalar {
        let parts = Set(parts.map { $0.lowercased() })
        var members: [(String, Dynamic)] = []
        if parts.contains("browser") {
            let found = first(of: Self.browsers)
            members.append(("Browser", bag(found, ["MajorVersion", "MinorVersion", "Patch"])))
        }
        if parts.contains("os") {
            members.append(
                (
                    "OperatingSystem",
                    bag(first(of: Self.systems), ["MajorVersion", "MinorVersion", "Patch", "PatchMinor"])
                ))
        }
        if parts.contains("device") { members.append(("Device", device)) }
        return .bag(members)
    }

    private struct Rule {
        let pattern: String
        /// `$1` is the first group.
        let family: String
        /// Instead of the groups behind the family.
        let versions: [String]

        init(_ pattern: String, _ family: String, _ versions: [String] = []) {
            self.pattern = pattern
            self.family = family
            self.versions = versions
        }
    }

    private struct Finding {
        let family: String
        let versions: [String]
    }

    private func first(of rules: [Rule]) -> Finding {
        for rule in rules {
            guard let ranges = context.patterns.pattern(rule.pattern)?.firstMatch(in: text)?.ranges else { continue }
            let groups = ranges.map { $0.map { String(decoding: text[$0], as: UTF8.self) } ?? "" }
            let isNamed = rule.family == "$1"
            let found = Array(groups.dropFirst(isNamed ? 2 : 1))
            return Finding(
                family: isNamed ? groups[1] : rule.family, versions: rule.versions.isEmpty ? found : rule.versions)
        }
        return Finding(family: "Other", versions: [])
    }

    private func bag(_ finding: Finding, _ names: [String]) -> Dynamic {
        let versions = names.enumerated().map { index, name in
            Dynamic.Bag.Member(name, .string(index < finding.versions.count ? finding.versions[index] : ""))
        }
        return .bag(Dynamic.Bag([Dynamic.Bag.Member("Family", .string(finding.family))] + versions))
    }

    private var device: Dynamic {
        let found = first(of: Self.devices)
        guard found.family == "Nokia", let model = found.versions.first else { return bag(found, ["Brand", "Model"]) }
        // The family of a Nokia is its model up to the variant.
        return bag(
            Finding(family: "Nokia " + model.prefix { $0 != "-" }, versions: ["Nokia", model]), ["Brand", "Model"])
    }
}

// MARK: Rules

extension UserAgent {
    private static let version = #"(\d+)(?:\.(\d+))?(?:\.(\d+))?"#

    private static let browsers: [Rule] = [
        Rule("(AdobeAIR)/" + version, "$1"), Rule(#"SymbianOS.*Series60/(\d+)\.(\d+)"#, "Nokia OSS Browser"),
        Rule("(?:Edg|EdgiOS|EdgA|Edge)/" + version, "Edge"), Rule("(?:OPR|Opera)/" + version, "Opera"),
        Rule("(HeadlessChrome)/" + version, "$1"), Rule("SamsungBrowser/" + version, "Samsung Internet"),
        Rule("FxiOS/" + version, "Firefox iOS"), Rule("(Firefox)/" + version, "$1"),
        Rule("CriOS/" + version, "Chrome Mobile iOS"), Rule("Chrome/" + version + ".* Mobile Safari/", "Chrome Mobile"),
        Rule("(Chrome)/" + version, "$1"), Rule("(?:iPhone|iPad|iPod).*Version/" + version, "Mobile Safari"),
        Rule("Version/" + version + ".* Safari/", "Safari"), Rule(#"MSIE (\d+)\.(\d+)"#, "IE"),
        Rule(#"Trident/7.*rv:(\d+)\.(\d+)"#, "IE"), Rule("(?:python-requests)/" + version, "Python Requests"),
        Rule("(?:curl)/" + version, "curl"),
        Rule("(?i)(wget|okhttp|axios|go-http-client|postmanruntime|java)/" + version, "$1"),
    ]

    private static let systems: [Rule] = [
        Rule(#"SymbianOS/(\d+)\.(\d+)"#, "Symbian OS"), Rule("Windows NT 10", "Windows", ["10"]),
        Rule(#"Windows NT 6\.3"#, "Windows", ["8", "1"]), Rule(#"Windows NT 6\.2"#, "Windows", ["8"]),
        Rule(#"Windows NT 6\.1"#, "Windows", ["7"]), Rule(#"Windows NT 5\.1"#, "Windows", ["XP"]),
        Rule("Windows", "Windows"),
        Rule(#"(?:iPhone|iPad|iPod).*OS (\d+)_(\d+)(?:_(\d+))?"#, "iOS"),
        Rule(#"Mac OS X (\d+)[_.](\d+)(?:[_.](\d+))?"#, "Mac OS X"),
        Rule("(Android)[ /-]" + version, "$1"), Rule(#"CrOS [a-z0-9_]+ (\d+)\.(\d+)(?:\.(\d+))?"#, "Chrome OS"),
        Rule("(Ubuntu|Fedora|Debian)(?:[/-]" + version + ")?", "$1"), Rule("Linux", "Linux"),
    ]

    private static let devices: [Rule] = [
        Rule("iPhone", "iPhone", ["Apple", "iPhone"]), Rule("iPad", "iPad", ["Apple", "iPad"]),
        Rule("Macintosh", "Mac", ["Apple", "Mac"]), Rule(#"Nokia([A-Za-z0-9-]+)/"#, "Nokia"),
        Rule(#"Android.*; (SM-[A-Z0-9]+)"#, "$1"), Rule("(?i)(?:bot|crawler|spider)", "Spider", ["Spider", "Desktop"]),
    ]
}
