internal import Tables

/// What is reachable only within an organisation, and what a name on the internet looks like.
enum PrivateAddresses {
    /// IANA's special-purpose address registries: private use, shared, loopback, link-local, unique local.
    private static let ranges = [
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "0.0.0.0/8",
        "224.0.0.0/4", "255.255.255.255/32", "::1/128", "fc00::/7", "fe80::/10", "ff00::/8",
    ].compactMap { AddressRange($0) }

    static func contain(_ address: String) -> Bool { ranges.contains { $0.contains(address) } }

    /// Labels of letters, digits and hyphens with dots between.
    static func isName(_ text: String) -> Bool {
        text.utf8.count <= 253
            && text.wholeMatch(of: #/(?i)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)+\.?/#)
                != nil
    }

    /// Whether a word in running text is a domain: its end must be one that attackers and companies use, since files
    /// and properties (`System.Net`) have dots too.
    static func isDomain(_ lower: String) -> Bool {
        guard let dot = lower.lastIndex(of: "."), isName(lower) else { return false }
        return ends.contains(String(lower[lower.index(after: dot)...])) && lower.first?.isLetter != nil
            && !lower.hasPrefix("system.") && !lower.hasPrefix("microsoft.")
    }

    private static let ends: Set<String> = Set(
        ("com org info biz xyz top site online club shop icu pw cc tk ml ga cf gq ru su cn ir kp co uk de"
            + " fr nl eu us ca io app dev cloud tech live life world link click download stream loan win bid"
            + " space fun website host press store onion ua by pl ro br in jp kr au ch se no fi it es pt gr tr"
            + " vn id my sg hk tw za mx ar cl ng ke example test")
            .split(separator: " ").map(String.init))
}
