internal import Diagnostics
internal import Tables

/// Makes nodes of events, within limits.
struct YAMLComposer {
    let events: YAMLEvents
    let file: String
    let limits: YAMLLimits
    private var nodes = 0
    private var aliased = 0
    private var anchors: [ByteText: YAMLNode] = [:]

    init(events: YAMLEvents, file: String, limits: YAMLLimits) {
        self.events = events
        self.file = file
        self.limits = limits
    }

    /// The next document, or `nil` after the last.
    mutating func document() throws(Diagnostic) -> YAMLNode? {
        anchors = [:]
        while true {
            switch try events.next().kind {
            case .streamEnd: return nil
            case .documentStart: return try node(try events.next(), depth: 0)
            default: continue
            }
        }
    }

    private mutating func node(_ event: YAMLEvent, depth: Int) throws(Diagnostic) -> YAMLNode {
        try count(1, at: event.mark)
        if let tag = event.tag {
            throw fault("has the tag `\(tag.shown)`; rules have none", remedy: "Remove the tag", at: event.mark)
        }
        let node: YAMLNode
        switch event.kind {
        case .alias: return try alias(event, depth: depth)
        case .sequenceStart: node = try sequence(event, depth: depth + 1)
        case .mappingStart: node = try mapping(event, depth: depth + 1)
        default: node = YAMLNode(.scalar(event.scalar ?? YAMLScalar(text: "", isPlain: true)), at: event.mark)
        }
        if let anchor = event.anchor { anchors[ByteText(anchor)] = node }
        return node
    }

    private mutating func sequence(_ start: YAMLEvent, depth: Int) throws(Diagnostic) -> YAMLNode {
        try enter(depth, at: start.mark)
        var elements: [YAMLNode] = []
        while true {
            let event = try events.next()
            if event.kind == .sequenceEnd { return YAMLNode(.sequence(elements), at: start.mark) }
            elements.append(try node(event, depth: depth))
        }
    }

    private mutating func mapping(_ start: YAMLEvent, depth: Int) throws(Diagnostic) -> YAMLNode {
        try enter(depth, at: start.mark)
        var pairs: [YAMLPair] = [], known: Set<ByteText> = []
        while true {
            let event = try events.next()
            if event.kind == .mappingEnd { return YAMLNode(.mapping(pairs), at: start.mark) }
            guard let key = try node(event, depth: depth).scalar?.text else {
                throw fault(
                    "has a key that is \(event.kind == .mappingStart ? "a map" : "a list")", remedy: "Use a text",
                    at: event.mark)
            }
            guard known.insert(ByteText(key)).inserted else {
                throw fault("has the key `\(key.shown)` twice", remedy: "Keep one of them", at: event.mark)
            }
            pairs.append(YAMLPair(key: key, mark: event.mark, value: try node(try events.next(), depth: depth)))
        }
    }

    private mutating func alias(_ event: YAMLEvent, depth: Int) throws(Diagnostic) -> YAMLNode {
        guard let name = event.anchor, let node = anchors[ByteText(name)] else {
            throw fault(
                "has the alias `*\(event.anchor ?? "")`, which nothing bears", remedy: "Name an anchor", at: event.mark)
        }
        aliased += node.size
        guard aliased <= limits.aliased else {
            throw fault(
                "has aliases for more than \(limits.aliased) nodes", remedy: "Write out what is meant", at: event.mark)
        }
        try count(node.size - 1, at: event.mark)
        try enter(depth + node.height, at: event.mark)
        return node
    }

    private func enter(_ depth: Int, at mark: YAMLMark) throws(Diagnostic) {
        guard depth <= limits.depth else {
            throw fault("nests deeper than \(limits.depth) levels", remedy: "Flatten it", at: mark)
        }
    }

    private mutating func count(_ more: Int, at mark: YAMLMark) throws(Diagnostic) {
        nodes += more
        guard nodes <= limits.nodes else {
            throw fault("has more than \(limits.nodes) nodes", remedy: "Split the file", at: mark)
        }
    }

    private func fault(_ reason: String, remedy: String, at mark: YAMLMark) -> Diagnostic {
        Diagnostic(
            "the YAML \(reason), at column \(mark.column)", remedy: remedy, at: Place(file: file, line: mark.line))
    }
}

extension YAMLNode {
    /// How many levels of sequences and mappings it has.
    fileprivate var height: Int {
        switch content {
        case .scalar: 0
        case .sequence(let elements): 1 + (elements.map(\.height).max() ?? 0)
        case .mapping(let pairs): 1 + (pairs.map(\.value.height).max() ?? 0)
        }
    }
}
