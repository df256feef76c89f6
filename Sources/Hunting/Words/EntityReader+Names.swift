// MARK: Names of several words

extension EntityReader {
    /// `port 4444`, `ports 80, 443 and 8080`, `tcp/445`.
    mutating func readPorts() {
        for index in tokens.indices where isFree(index) {
            if let match = word(index).wholeMatch(
                of: #/(?:tcp|udp)[\/:]?([0-9]{1,5})|([0-9]{1,5})[\/:](?:tcp|udp)|:([0-9]{1,5})/#),
                let port = match.1 ?? match.2 ?? match.3, Self.isPort(port)
            {
                add(HuntEntity(.port, [String(port)]), [index])
            } else if ["port", "ports"].contains(word(index)) {
                takePorts(after: index)
            }
        }
    }

    private mutating func takePorts(after start: Int) {
        var values: [String] = []
        var last = start
        var index = start + 1
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
        text.utf8.count <= 5 && text.allSatisfy { $0.isASCII && $0.isNumber }
            && (Int(text).map { (1...65_535).contains($0) } ?? false)
    }

    private static let folders: [String: String] = [
        "downloads": "Downloads", "download": "Downloads", "temp": "Temp", "tmp": "Temp", "appdata": "AppData",
        "desktop": "Desktop", "startup": "Startup", "system32": "System32", "public": "Public",
        "programdata": "ProgramData",
        "documents": "Documents", "recycle": "Recycle", "tasks": "Tasks",
    ]

    /// `downloads folder`, `the temp directory`, `appdata`; and `exe files`.
    mutating func readFolders() {
        for index in tokens.indices where isFree(index) {
            let next = HuntVocabulary.canonical(word(index + 1))
            if let folder = Self.folders[word(index)],
                next == "folder" || ["appdata", "system32", "programdata"].contains(word(index))
                    || word(index) == "temp"
                    || ["downloads", "desktop", "documents", "startup"].contains(word(index))
                        && ["from", "in", "under", "into"].contains(word(index - 1))
            {
                add(HuntEntity(.folder, [folder], form: .part), [index])
            } else if EntityForms.extensions.contains(word(index)), isEnding(index) {
                add(HuntEntity(.file, ["." + word(index)], form: .ending), [index])
            }
        }
    }

    /// Whether files of a kind are meant: `exe files`, `zip or rar files`.
    private func isEnding(_ index: Int) -> Bool {
        var next = index + 1
        while ["or", "and", "&"].contains(word(next)) || EntityForms.extensions.contains(word(next)) { next += 1 }
        let noun = HuntVocabulary.canonical(word(next)) ?? ""
        return noun == "file"
            || (["script", "folder"].contains(noun) && next == index + 1 && !["js", "log"].contains(word(index)))
    }

    /// `winlogon keys`: the registry is spoken of, whatever the word means elsewhere.
    mutating func readRegistryKeys() {
        let keys = ["key", "keys", "regkey", "regkeys"]
        for index in tokens.indices where isFree(index) {
            let next = word(index + 1) == "registry" ? word(index + 2) : word(index + 1)
            guard keys.contains(next) else { continue }
            let isProgram = HuntPrograms.files(of: word(index)) != nil
            let isUnknown =
                HuntVocabulary.canonical(word(index)) == nil && !HuntVocabulary.fillers.contains(word(index))
            let isPhrase = HuntVocabulary.phrases.contains { $0.words.prefix(2) == [word(index), word(index + 1)] }
            guard !isPhrase, word(index) != "registry", isProgram || isUnknown, word(index).allSatisfy(\.isLetter),
                word(index) != "ssh"
            else {
                continue
            }
            add(HuntEntity(.registryKey, [tokens[index].text], form: .part), [index])
        }
    }

    private static let applications: [(words: [String], name: String)] = [
        (["microsoft", "azure", "portal"], "Azure Portal"), (["azure", "portal"], "Azure Portal"),
        (["exchange", "online"], "Exchange Online"), (["office", "365", "exchange"], "Exchange Online"),
        (["sharepoint", "online"], "SharePoint"), (["sharepoint"], "SharePoint"), (["teams"], "Teams"),
        (["azure", "cli"], "Azure CLI"), (["graph", "explorer"], "Graph Explorer"), (["salesforce"], "Salesforce"),
        (["slack"], "Slack"), (["github"], "GitHub"), (["workday"], "Workday"), (["servicenow"], "ServiceNow"),
        (["aws", "console"], "AWS"), (["aws"], "AWS"), (["jira"], "Jira"), (["zoom"], "Zoom"), (["box", "app"], "Box"),
        (["gmail"], "Gmail"), (["google", "workspace"], "Google Workspace"), (["onedrive"], "OneDrive"),
        (["snowflake"], "Snowflake"),
        (["azure", "powershell"], "Azure PowerShell"), (["one", "outlook"], "One Outlook Web"),
    ]

    mutating func readApplications() {
        for index in tokens.indices where isFree(index) {
            for application in Self.applications
            where application.words.indices.allSatisfy({
                isFree(index + $0) && word(index + $0) == application.words[$0]
            }) {
                add(HuntEntity(.application, [application.name], form: .part), index..<index + application.words.count)
                break
            }
        }
    }

    /// `error 50126`: a result of Entra, which are numbers of five to seven digits.
    mutating func readResults() {
        let marks = ["error", "errors", "code", "codes", "resulttype", "result", "status"]
        for index in tokens.indices where isFree(index) && marks.contains(word(index - 1)) {
            guard word(index).wholeMatch(of: #/(50|53|65|70|80|81|90)[0-9]{3,5}/#) != nil else { continue }
            add(HuntEntity(.action, [word(index)]), [index])
        }
    }

    mutating func readCountries() {
        for length in [4, 3, 2, 1] {
            for index in tokens.indices where (index..<index + length).allSatisfy(isFree) {
                let words = (index..<index + length).map(word).joined(separator: " ")
                let isCode =
                    length == 1 && ["from", "in", "or", "and", "country", "outside", "not"].contains(word(index - 1))
                let coded = isCode ? HuntCountries.coded(tokens[index].text) : nil
                guard let country = HuntCountries.named(words) ?? coded else { continue }
                add(HuntEntity(.country, [country.code, country.name], form: .country), index..<index + length)
            }
        }
    }
}
