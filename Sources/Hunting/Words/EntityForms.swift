internal import Tables

/// Reads what a single word names by its form alone.
enum EntityForms {
    /// The thing that a word names; `nil` where its form says nothing.
    static func read(_ token: HuntToken) -> HuntEntity? {
        let text = refanged(token.text), lower = text.lowercased()
        if let address = address(text) { return address }
        if let hash = hash(lower) { return hash }
        if lower.contains("://") { return HuntEntity(.domain, [text], form: .part) }
        if lower.wholeMatch(of: #/[^@\s\\\/]+@[a-z0-9-]+(\.[a-z0-9-]+)+/#) != nil { return HuntEntity(.user, [text]) }
        if lower.wholeMatch(of: #/(hklm|hkcu|hku|hkcr|hkey_[a-z_]+)(\\.*)?/#) != nil {
            return HuntEntity(.registryKey, [withoutHive(text)], form: .part)
        }
        if isPath(lower) { return HuntEntity(.folder, [text], form: .part) }
        if let match = text.wholeMatch(of: #/[A-Za-z0-9.-]+\\([A-Za-z0-9._$-]+)/#) {
            return HuntEntity(.user, [String(match.1)])
        }
        return named(text, lower)
    }

    private static func named(_ text: String, _ lower: String) -> HuntEntity? {
        if isFile(lower) {
            return HuntEntity(lower.hasSuffix(".exe") ? .process : .file, HuntPrograms.files(of: lower) ?? [text])
        }
        if let match = lower.wholeMatch(of: #/\.([a-z0-9]{1,5})/#), extensions.contains(String(match.1)) {
            return HuntEntity(.file, [lower], form: .ending)
        }
        if lower.wholeMatch(of: #/t[0-9]{4}(\.[0-9]{3})?/#) != nil { return HuntEntity(.category, [text.uppercased()]) }
        if isEventType(lower) { return HuntEntity(.action, [lower]) }
        if lower.wholeMatch(of: #/microsoft\.[a-z]+(\/[a-z0-9]+)+/#) != nil { return HuntEntity(.action, [text]) }
        if HuntPrograms.tools.contains(lower) { return HuntEntity(.process, [lower], form: .tool) }
        if let files = HuntPrograms.files(of: lower), !HuntPrograms.ambiguous.contains(lower) {
            return HuntEntity(.process, files)
        }
        if lower.wholeMatch(of: #/[a-z0-9_-]+(\.[a-z0-9_-]+)*\.[a-z]{2,24}/#) != nil, lower.contains(".") {
            return HuntEntity(isHost(String(lower.prefix { $0 != "." })) ? .host : .domain, [text], form: .dotted)
        }
        return isHost(lower) ? HuntEntity(.host, [text]) : isServiceAccount(lower) ? HuntEntity(.user, [text]) : nil
    }

    /// `evil[.]com` and `hxxp://` as they were before somebody made them harmless.
    static func refanged(_ text: String) -> String {
        var text = text.replacing("[.]", with: ".").replacing("(.)", with: ".").replacing("[:]", with: ":")
        if text.lowercased().hasPrefix("hxxp") { text = "http" + text.dropFirst(4) }
        return text
    }

    static func address(_ text: String) -> HuntEntity? {
        let four = text.wholeMatch(of: #/([0-9]{1,3}(?:\.[0-9]{1,3}){3})(\/[0-9]{1,2})?(:[0-9]{1,5})?/#)
        let plain = four.map { String($0.1) + String($0.2 ?? "") } ?? text
        guard four != nil || text.count(where: { $0 == ":" }) >= 2, AddressRange(plain) != nil else { return nil }
        return HuntEntity(.address, [plain], form: plain.contains("/") ? .network : .plain)
    }

    private static func hash(_ lower: String) -> HuntEntity? {
        let digits = lower.utf8
        guard [32, 40, 64].contains(digits.count), lower.allSatisfy(\.isHexDigit) else { return nil }
        return HuntEntity(.hash, [lower])
    }

    private static func withoutHive(_ text: String) -> String {
        guard let slash = text.firstIndex(of: "\\"), text.index(after: slash) < text.endIndex else { return text }
        return String(text[text.index(after: slash)...])
    }

    private static func isPath(_ lower: String) -> Bool {
        lower.wholeMatch(of: #/([a-z]:\\.*|\\\\[^\\]+\\.+|\/[^\/\s]+\/.*|%[a-z]+%(\\.*)?|.*\\.*\\.*)/#) != nil
    }

    private static func isFile(_ lower: String) -> Bool {
        guard let match = lower.wholeMatch(of: #/[^\\\/:*?"<>|]+\.([a-z0-9]{1,5})/#) else { return false }
        return extensions.contains(String(match.1))
    }

    /// Extensions of files that are not also the ends of domains, `com` and `sh` left out.
    static let extensions: Set<String> = Set(
        ("exe dll ps1 psm1 bat cmd vbs vbe js jse hta scr zip rar 7z iso img vhd lnk doc docx docm xls"
            + " xlsx xlsm xlsb ppt pptx pptm pdf txt msi sys tmp dmp py jar csv one rtf bin dat log db kdbx pfx"
            + " pem ppk rdp wsf reg cab aspx asp jsp php gz tar elf so dylib xll cpl ocx sct inf chm").split(
                separator: " "
            ).map(String.init))

    private static let eventTypes: Set<String> = [
        "user", "system", "policy", "application", "group", "security", "zone", "device", "app", "iam", "oauth2",
        "analytics", "core", "event_hook", "workflows",
    ]

    /// `user.session.start`: two dots or more, after one of the words that Okta's types begin with.
    private static func isEventType(_ lower: String) -> Bool {
        let parts = lower.split(separator: ".", omittingEmptySubsequences: false)
        return (3...8).contains(parts.count) && eventTypes.contains(String(parts[0]))
            && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } }
    }

    /// What names of machines begin with.
    private static let machines: Set<String> = Set(
        ("ws wks wkstn pc lt lap laptop desktop dt nb mac mbp srv svr server dc adfs ad host vm web sql db"
            + " file fs app exch mail rds ts jump citrix vdi win lin esx print backup prod dev test node kiosk"
            + " client surface hv bastion gw vpn sap erp ora nas")
            .split(separator: " ").map(String.init))

    /// Names such as `ws-fin-07`, `PC-114`, `srv-dc01`, `dc01`: the ways in which machines are named.
    static func isHost(_ lower: String) -> Bool {
        if lower.wholeMatch(of: #/[a-z]{1,12}(-[a-z0-9]{1,12}){1,4}/#) != nil {
            let first = lower.prefix { $0 != "-" }
            let head = first.prefix { !$0.isNumber }
            return lower.contains(where: \.isNumber)
                || (machines.contains(String(head)) && first != "app" && first != "server")
        }
        guard let match = lower.wholeMatch(of: #/([a-z]{2,10})([0-9]{1,4})/#) else { return false }
        return machines.contains(String(match.1)) || match.1.hasSuffix("dc") || match.1.hasSuffix("srv")
    }

    private static func isServiceAccount(_ lower: String) -> Bool {
        lower.wholeMatch(of: #/(svc|sa|adm|admin|srv|service|da|sys)[._-][a-z0-9._-]+/#) != nil
    }
}
