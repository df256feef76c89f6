internal import Diagnostics

/// What documents of every kind say about a rule.
struct RuleDetails: Sendable {
    let id: String
    let name: String?
    var title: String
    var description: String
    var level: RuleLevel
    let status: String?
    let author: String?
    let references: [String]
    let falsePositives: [String]
    let tags: [String]
    var attack: [String]
    let place: Place

    /// - Parameter fallbackID: Where the document has neither `id` nor `name`.
    init(_ document: YAMLNode, _ context: RuleContext, fallbackID: String) throws(Diagnostic) {
        name = document["name"]?.text
        id = document["id"]?.text ?? name ?? fallbackID
        title = document["title"]?.text ?? id
        description = Self.trimmed(document["description"]?.text ?? "")
        level = try Self.level(document["level"], context)
        status = document["status"]?.text
        author = document["author"]?.text
        references = document["references"]?.texts ?? []
        falsePositives = (document["falsepositives"] ?? document["false_positives"])?.texts ?? []
        tags = document["tags"]?.texts ?? []
        attack = Attack.techniques(
            in: tags.filter { $0.lowercased().hasPrefix("attack.") }.map { String($0.dropFirst(7)) })
        place = context.place(document.mark)
    }

    /// Of a rule that is no document: a filter and its name.
    init(id: String, title: String, place: Place) {
        self.id = id
        self.title = title
        self.place = place
        (name, status, author, description, level) = (nil, nil, nil, "", .medium)
        (references, falsePositives, tags, attack) = ([], [], [], [])
    }

    static func level(_ node: YAMLNode?, _ context: RuleContext) throws(Diagnostic) -> RuleLevel {
        guard let node, let text = node.text else { return .medium }
        guard let level = RuleLevel(rawValue: text.lowercased()) else {
            throw context.fault(
                "`\(text.shown)` is no level", remedy: RuleLevel.allCases.map(\.rawValue).suggestion(for: text),
                at: node.mark)
        }
        return level
    }

    private static func trimmed(_ text: String) -> String {
        var text = Substring(text)
        while text.last?.isWhitespace == true { text = text.dropLast() }
        return String(text)
    }

    func rule(_ content: Rule.Content, unknownFields: [String]) -> Rule {
        Rule(
            id: id, title: title, description: description, level: level, status: status, author: author,
            references: references, falsePositives: falsePositives, tags: tags, attack: attack, place: place,
            unknownFields: unknownFields, name: name, content: content)
    }

    func rule(_ predicate: Predicate) -> Rule {
        rule(.predicate(predicate), unknownFields: FieldPath.unknownNames(among: predicate.paths))
    }
}

extension FieldPath {
    /// The names, each once, of those that Okta's log does not have.
    static func unknownNames(among paths: [FieldPath]) -> [String] {
        var names: [String] = []
        for path in paths where !path.isKnown && !path.steps.isEmpty {
            if !names.contains(where: { $0.utf8.elementsEqual(path.name.utf8) }) { names.append(path.name) }
        }
        return names
    }
}

/// Technique ids of MITRE ATT&CK.
enum Attack {
    /// The ids at the beginning of texts such as `t1110.003` and `T1078: Valid Accounts`, in upper case, each once.
    static func techniques(in texts: [String]) -> [String] {
        var ids: [String] = []
        for text in texts {
            guard let id = technique(at: text), !ids.contains(id) else { continue }
            ids.append(id)
        }
        return ids
    }

    private static func technique(at text: String) -> String? {
        let bytes = Array(text.uppercased().utf8), isDigit: (UInt8) -> Bool = { $0 &- UInt8(ascii: "0") <= 9 }
        guard bytes.first == UInt8(ascii: "T"), bytes.count >= 5, bytes[1..<5].allSatisfy(isDigit) else { return nil }
        let hasPart = bytes.count >= 9 && bytes[5] == UInt8(ascii: ".") && bytes[6..<9].allSatisfy(isDigit)
        let end = hasPart ? 9 : 5
        guard bytes.count == end || !isDigit(bytes[end]) && !(65...90).contains(bytes[end]) else { return nil }
        return String(decoding: bytes[..<end], as: UTF8.self)
    }
}
