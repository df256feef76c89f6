/// Finds what a question names, and the words that name it.
struct EntityReader {
    private(set) var entities: [HuntEntity] = []
    /// The words that are part of a name.
    private(set) var used: Set<Int> = []

    let tokens: [HuntToken]
    private let taken: Set<Int>

    /// - Parameter taken: Words that tell the time.
    init(_ tokens: [HuntToken], taken: Set<Int>) {
        self.tokens = tokens
        self.taken = taken
        readPorts()
        readFolders()
        readApplications()
        readCountries()
        readResults()
        for index in tokens.indices where isFree(index) { readForm(at: index) }
    }

    func word(_ index: Int) -> String { tokens.indices.contains(index) && !tokens[index].isQuoted ? tokens[index].lower : "" }

    private func isFree(_ index: Int) -> Bool { tokens.indices.contains(index) && !taken.contains(index) && !used.contains(index) }

    /// Takes a name, with what stands before it.
    mutating func add(_ entity: HuntEntity, _ indices: some Sequence<Int>) {
        let all = Set(indices)
        used.formUnion(all)
        let first = all.min() ?? 0
        entities.append(entity.with(isExcluded: isExcluded(first), side: side(first)))
    }

    /// `not from X`, `except X`, `other than X`.
    private func isExcluded(_ first: Int) -> Bool {
        let before = (1...3).map { word(first - $0) }
        let isNot = ["not", "except", "excluding", "without", "isn't", "wasn't", "weren't", "non", "outside", "but"]
        if isNot.contains(before[0]) { return true }
        let links = ["from", "by", "to", "on", "in", "the", "for", "than", "of", "named", "called", "user", "process"]
        guard links.contains(before[0]) else { return false }
        if isNot.contains(before[1]) || before[0] == "than" && before[1] == "other" { return true }
        return links.contains(before[1]) && isNot.contains(before[2])
    }

    private func side(_ first: Int) -> HuntEntity.Side?? {
        for back in 1...3 {
            switch word(first - back) {
            case "from": return .some(.from)
            case "to", "into", "towards", "toward": return .some(.to)
            case "by": return .some(.by)
            case "or", "and", "ip", "address", "the", "host", "port", "ips": continue
            case _ where used.contains(first - back): continue
            default: return .some(nil)
            }
        }
        return .some(nil)
    }

    private mutating func readForm(at index: Int) {
        let token = tokens[index]
        if let entity = EntityForms.read(token) {
            add(inContext(entity, at: index), [index])
        } else if token.isQuoted {
            add(HuntEntity(.command, [token.text], form: .part), [index])
        } else if HuntPrograms.ambiguous.contains(token.lower), let files = HuntPrograms.files(of: token.lower), isProgram(index) {
            add(HuntEntity(.process, files), [index])
        } else if isAgent(token.lower, at: index) {
            add(HuntEntity(.agent, [token.text], form: .part), [index])
        }
    }

    /// A dotted name is a host where a host is spoken of.
    private func inContext(_ entity: HuntEntity, at index: Int) -> HuntEntity {
        let before = word(index - 1)
        if entity.form == .dotted, ["on", "host", "device", "machine", "server", "computer", "onto"].contains(before) {
            return entity.with(role: .host)
        }
        if entity.form == .dotted, entity.role == .domain, !PrivateAddresses.isDomain(tokens[index].lower),
            ["by", "user", "account", "for", "did", "of", "does", "has"].contains(before) {
            return HuntEntity(.user, [tokens[index].text])
        }
        let isAccount = ["user", "account", "username", "login"].contains(before)
        return isAccount && [.host, .process, .domain].contains(entity.role) && entity.form != .tool
            ? HuntEntity(.user, [tokens[index].text]) : entity
    }

    private func isProgram(_ index: Int) -> Bool {
        let near = [word(index - 1), word(index + 1)].compactMap { HuntVocabulary.canonical($0) }
        return near.contains { ["process", "executed", "command", "started"].contains($0) } || ["by"].contains(word(index - 1))
    }

    private static let agents: Set<String> = [
        "python-requests", "curl", "go-http-client", "axios", "okhttp", "aiohttp", "python-urllib", "node-fetch", "headlesschrome",
        "libwww-perl", "postmanruntime", "evilginx", "roadtools", "aadinternals", "fasthttp",
    ]

    private func isAgent(_ lower: String, at index: Int) -> Bool {
        if Self.agents.contains(lower) { return true }
        let isUnknown = HuntVocabulary.canonical(lower) == nil && !HuntVocabulary.fillers.contains(lower)
        let follows = word(index + 1) == "user" && word(index + 2).hasPrefix("agent")
            || ["useragent", "user-agent", "useragents"].contains(word(index + 1))
        let precedes = word(index - 2) == "user" && word(index - 1).hasPrefix("agent")
            || ["useragent", "user-agent"].contains(word(index - 1))
        return isUnknown && (follows || precedes)
    }
}

// MARK: Names of several words

extension EntityReader {
    /// `port 4444`, `ports 80, 443 and 8080`, `tcp/445`.
    private mutating func readPorts() {
        for index in tokens.indices where isFree(index) {
            if let match = word(index).wholeMatch(of: #/(?:tcp|udp)[\/:]?([0-9]{1,5})|([0-9]{1,5})[\/:](?:tcp|udp)|:([0-9]{1,5})/#),
                let port = match.1 ?? match.2 ?? match.3, Self.isPort(port) {
                add(HuntEntity(.port, [String(port)]), [index])
            } else if ["port", "ports"].contains(word(index)) {
                takePorts(after: index)
            }
        }
    }

    private mutating func takePorts(after start: Int) {
        var values: [String] = [], last = start, index = start + 1
        while isFree(index) {
            if Self.isPort(word(index)) {
                values.append(word(index))
                last = index
            } else if !["or", "and", "&", "number", "numbers", "tcp", "udp", "="].contains(word(index)) {
                break
            }
            index += 1
        }
        if !values.isEmpty { add(HuntEntity(.port, values), start...last) }
    }

    private static func isPort(_ text: some StringProtocol) -> Bool {
        text.utf8.count <= 5 && text.allSatisfy { $0.isASCII && $0.isNumber } && (Int(text).map { (1...65_535).contains($0) } ?? false)
    }

    private static let folders: [String: String] = [
        "downloads": "Downloads", "download": "Downloads", "temp": "Temp", "tmp": "Temp", "appdata": "AppData",
        "desktop": "Desktop", "startup": "Startup", "system32": "System32", "public": "Public", "programdata": "ProgramData",
        "documents": "Documents", "recycle": "Recycle", "tasks": "Tasks",
    ]

    /// `downloads folder`, `the temp directory`, `appdata`; and `exe files`.
    private mutating func readFolders() {
        for index in tokens.indices where isFree(index) {
            let next = HuntVocabulary.canonical(word(index + 1))
            if let folder = Self.folders[word(index)],
                next == "folder" || ["appdata", "system32", "programdata"].contains(word(index)) || word(index) == "temp" {
                add(HuntEntity(.folder, [folder], form: .part), [index])
            } else if next == "file" || next == "script" || next == "folder", EntityForms.extensions.contains(word(index)),
                !["js", "log"].contains(word(index)) || next == "file" {
                add(HuntEntity(.file, ["." + word(index)], form: .ending), [index])
            }
        }
    }

    private static let applications: [(words: [String], name: String)] = [
        (["microsoft", "azure", "portal"], "Azure Portal"), (["azure", "portal"], "Azure Portal"),
        (["exchange", "online"], "Exchange Online"), (["office", "365", "exchange"], "Exchange Online"),
        (["sharepoint", "online"], "SharePoint"), (["sharepoint"], "SharePoint"), (["teams"], "Teams"),
        (["azure", "cli"], "Azure CLI"), (["graph", "explorer"], "Graph Explorer"), (["salesforce"], "Salesforce"),
        (["slack"], "Slack"), (["github"], "GitHub"), (["workday"], "Workday"), (["servicenow"], "ServiceNow"),
        (["aws", "console"], "AWS"), (["aws"], "AWS"), (["jira"], "Jira"), (["zoom"], "Zoom"), (["box", "app"], "Box"),
        (["gmail"], "Gmail"), (["google", "workspace"], "Google Workspace"), (["onedrive"], "OneDrive"), (["snowflake"], "Snowflake"),
        (["azure", "powershell"], "Azure PowerShell"), (["one", "outlook"], "One Outlook Web"),
    ]

    private mutating func readApplications() {
        for index in tokens.indices where isFree(index) {
            for application in Self.applications
            where application.words.indices.allSatisfy({ isFree(index + $0) && word(index + $0) == application.words[$0] }) {
                add(HuntEntity(.application, [application.name], form: .part), index..<index + application.words.count)
                break
            }
        }
    }

    /// `error 50126`: a result of Entra, which are numbers of five to seven digits.
    private mutating func readResults() {
        let marks = ["error", "errors", "code", "codes", "resulttype", "result", "status"]
        for index in tokens.indices where isFree(index) && marks.contains(word(index - 1)) {
            guard word(index).wholeMatch(of: #/(50|53|65|70|80|81|90)[0-9]{3,5}/#) != nil else { continue }
            add(HuntEntity(.action, [word(index)]), [index])
        }
    }

    private mutating func readCountries() {
        for length in [4, 3, 2, 1] {
            for index in tokens.indices where (index..<index + length).allSatisfy(isFree) {
                let words = (index..<index + length).map(word).joined(separator: " ")
                let isCode = length == 1 && ["from", "in", "or", "and", "country", "outside", "not"].contains(word(index - 1))
                let coded = isCode ? HuntCountries.coded(tokens[index].text) : nil
                guard let country = HuntCountries.named(words) ?? coded else { continue }
                add(HuntEntity(.country, [country.code, country.name], form: .country), index..<index + length)
            }
        }
    }
}
