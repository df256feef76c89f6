internal import Tables

/// Finds indicators in rows: by the form of words in any text, by the name of the column for accounts and machines.
///
/// Linear in the rows' texts; of an overlong text the beginning is read.
struct IndicatorReader {
    private var found: [Key: [Int]] = [:]
    private var order: [Key] = []

    private struct Key: Hashable {
        let kind: Indicator.Kind
        /// Compared by bytes, so that look-alikes stay apart.
        let value: [UInt8]
    }

    /// Characters of one value, and different indicators, that are read at most.
    private static let textLimit = 20_000, limit = 2_000

    /// The indicators of some rows, in the order in which they first stand there.
    static func read(_ rows: HuntRows, _ indices: some Sequence<Int>) -> [Indicator] {
        var reader = IndicatorReader()
        for row in indices where rows.rows.indices.contains(row) {
            for (place, column) in rows.columns.enumerated() {
                reader.take(rows.rows[row][place].plainText, of: column.name, row)
            }
        }
        return reader.indicators
    }

    private var indicators: [Indicator] {
        order.map { key in
            let value = String(decoding: key.value, as: UTF8.self)
            return Indicator(
                kind: key.kind, value: value, rows: found[key] ?? [], isPrivate: PrivateAddresses.contain(value))
        }
    }

    private mutating func add(_ kind: Indicator.Kind, _ value: String, _ row: Int) {
        let key = Key(kind: kind, value: Array(value.utf8))
        if found[key] == nil {
            guard order.count < Self.limit else { return }
            order.append(key)
        }
        if found[key]?.last != row { found[key, default: []].append(row) }
    }

    // MARK: Texts

    private static let users: Set<String> = [
        "AccountName", "AccountUpn", "InitiatingProcessAccountName", "InitiatingProcessAccountUpn", "UserPrincipalName",
        "actor_alternateId", "target_alternateId", "Caller", "ActorUsername", "actor_alternateId_s",
        "RequestAccountName", "user", "User",
    ]
    private static let hosts: Set<String> = ["DeviceName", "RemoteDeviceName", "Computer", "VM_s", "host", "Host"]
    private static let urls: Set<String> = ["RemoteUrl", "FileOriginUrl", "FileOriginReferrerUrl"]
    /// What looks like an address in these is a version or an id.
    private static let passedOver: Set<String> = [
        "InitiatingProcessVersionInfoProductVersion", "ProcessVersionInfoProductVersion", "TenantId", "ReportId",
        "Version", "version",
    ]

    private mutating func take(_ text: String, of column: String, _ row: Int) {
        guard !text.isEmpty, !Self.passedOver.contains(column) else { return }
        if Self.users.contains(column), text != "-" { add(.user, text, row) }
        if Self.hosts.contains(column) { add(.host, text, row) }
        if Self.urls.contains(column), !text.contains("/"), text.contains("."), PrivateAddresses.isName(text) {
            add(.domain, text.lowercased(), row)
        }
        let isText = !Self.users.contains(column) && !Self.hosts.contains(column)
        // What a command holds encoded stands in the row as well, and is where an attacker hides an address.
        let hidden = column.hasSuffix("CommandLine") ? EncodedCommand.plain(text) : nil
        for text in [text, hidden].compactMap({ $0 }) {
            for word in Self.words(String(text.prefix(Self.textLimit))) { takeWord(word, row, isText: isText) }
        }
    }

    /// Runs of what addresses, hashes and URLs are made of.
    private static func words(_ text: String) -> [Substring] {
        text.split { character in
            !(character.isASCII
                && (character.isLetter || character.isNumber || "-._~:/?#[]@!$&+%=".contains(character)))
        }
    }

    private mutating func takeWord(_ word: Substring, _ row: Int, isText: Bool) {
        guard word.utf8.count >= 4 else { return }
        if let start = word.firstRange(of: "://") { return takeURL(word, start.lowerBound, row) }
        for part in word.split(whereSeparator: { "/?#[]=&@".contains($0) }) {
            takePart(part.trimmed(":.-_~!$+%"), row, isText: isText && !word.contains("@"))
        }
    }

    private mutating func takePart(_ part: String, _ row: Int, isText: Bool) {
        let lower = part.lowercased()
        if [32, 40, 64].contains(part.utf8.count), lower.allSatisfy(\.isHexDigit) {
            return add(part.utf8.count == 32 ? .md5 : part.utf8.count == 40 ? .sha1 : .sha256, lower, row)
        }
        let address = part.prefix { $0 != ":" }
        if part.contains("."), AddressRange(String(address)) != nil, address.count(where: { $0 == "." }) == 3 {
            return add(.ipv4, String(address), row)
        }
        if part.count(where: { $0 == ":" }) >= 2, AddressRange(part) != nil { return add(.ipv6, lower, row) }
        if isText, PrivateAddresses.isDomain(lower) { add(.domain, lower, row) }
    }

    private mutating func takeURL(_ word: Substring, _ mark: Substring.Index, _ row: Int) {
        let scheme = word[..<mark].split { !$0.isLetter }.last.map(String.init)?.lowercased() ?? ""
        guard ["http", "https", "ftp", "hxxp", "hxxps"].contains(scheme) else { return }
        let begin = word.index(mark, offsetBy: -scheme.count)
        let url = String(word[begin...]).trimmed(".!]")
        add(.url, url, row)
        let rest = word[word.index(mark, offsetBy: 3)...]
        let authority = rest.prefix { !"/?#".contains($0) }.split(separator: "@").last ?? ""
        takePart(String(authority.prefix { $0 != ":" }).trimmed(".]"), row, isText: false)
        let host = authority.prefix { $0 != ":" }.lowercased()
        if AddressRange(host) == nil, PrivateAddresses.isName(host) { add(.domain, host, row) }
    }
}

extension StringProtocol {
    /// Without any of some marks at both ends.
    func trimmed(_ marks: String) -> String {
        var rest = self[...]
        while let first = rest.first, marks.contains(first) { rest.removeFirst() }
        while let last = rest.last, marks.contains(last) { rest.removeLast() }
        return String(rest)
    }
}
