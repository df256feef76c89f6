/// Names of accounts, machines and addresses, as far as they tell one from many.
enum EntityName {
    /// Accounts that every machine or tenant has, and what stands for none.
    private static let everywhere: Set<String> = [
        "", "-", "unknown", "none", "null", "system", "local service", "network service", "localservice",
        "networkservice", "root", "administrator", "admin", "guest", "anonymous", "anonymous logon", "krbtgt",
        "nt authority\\system", "localhost", "127.0.0.1", "::1", "0.0.0.0", "::",
    ]

    /// Whether a value names no one in particular.
    static func isNobody(_ value: String, _ meaning: ColumnMeaning) -> Bool { everywhere.contains(value.lowercased()) }

    /// Whether a beginning goes as far as the name itself does: `ws1.` of a machine, `jdoe@` of a login.
    static func isWholeBeginning(_ value: String, _ meaning: ColumnMeaning) -> Bool {
        switch meaning {
        case .host: value.hasSuffix(".")
        case .user: value.hasSuffix("@")
        case .address: isWholeAddress(value)
        case .time: false
        }
    }

    /// Whether a text is one address, and no part of one and no network of several.
    static func isWholeAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count < 3, let address = parts.first else { return false }
        if address.contains(":") {
            let isHex = address.utf8.allSatisfy { "0123456789abcdefABCDEF:.%".utf8.contains($0) }
            return isHex && !address.hasSuffix(":") && (parts.count < 2 || parts[1] == "128")
        }
        let numbers = address.split(separator: ".", omittingEmptySubsequences: false)
        return numbers.count == 4 && numbers.allSatisfy { UInt8($0) != nil } && (parts.count < 2 || parts[1] == "32")
    }
}
