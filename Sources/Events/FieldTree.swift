/// The keys of a LogEvent as a tree, made for finding the fields that have columns in one pass over the bytes.
///
/// Besides the event's own keys the top holds those of the wrappings that carry one whole event (EventBridge's
/// `detail`, Splunk HEC's `event`) and the spellings of Panther, each leading to the same places.
/// Immutable, and freed only with the process, hence `@unchecked`.
struct FieldTree: @unchecked Sendable {
    /// A key of an object, and what stands under it.
    struct Key {
        /// The first eight bytes, those beyond the key zero; of longer keys also the next eight and the last eight.
        let head: UInt64
        let middle: UInt64
        let tail: UInt64
        let count: Int
        let node: Int
        let sign: Sign
    }

    /// An object, the first element of an array, or a leaf.
    struct Node {
        /// Its keys in `keys`; empty for a leaf.
        var keys: Range<Int> = 0..<0
        /// The node of an array's first element; the others have none.
        var firstElement = -1
        /// The place of its value among the slots; -1 for none.
        var slot = -1
        /// Whether it is an event, or the wrapping of one, so that its keys tell the shape.
        var tellsShape = false
        /// Which of ``ObjectMemory/keys`` it is; -1 for none.
        var remembered = -1
    }

    /// What a key at the top tells of the event's shape.
    enum Sign: UInt8 {
        case none, native, panther, eventBridge, splunkHEC
        /// What stands beside an event for Splunk's HTTP Event Collector.
        case collector
        /// What is for the slower reader: a list of events, or another text of the event.
        case other

        /// Whether the event stands one level deeper.
        var isWrapping: Bool { self == .eventBridge || self == .splunkHEC }
    }

    static let publishedSlot = EventField.allCases.count + NumberField.allCases.count
    static let uuidSlot = publishedSlot + 1
    /// Panther's name of the log, which need not be Okta's.
    static let logTypeSlot = publishedSlot + 2
    static let slotCount = publishedSlot + 3

    let nodes: UnsafeBufferPointer<Node>
    let keys: UnsafeBufferPointer<Key>

    static let shared = FieldTree()

    private init() {
        var builder = Builder()
        builder.build()
        nodes = UnsafeBufferPointer(builder.nodes.copied())
        keys = UnsafeBufferPointer(builder.keys.copied())
    }
}

extension Array {
    fileprivate func copied() -> UnsafeMutableBufferPointer<Element> {
        let copy = UnsafeMutableBufferPointer<Element>.allocate(capacity: count)
        _ = copy.initialize(from: self)
        return copy
    }
}

// MARK: Building

extension FieldTree {
    /// Gathers paths first, as the keys of a node must lie together.
    private struct Builder {
        var nodes: [Node] = []
        var keys: [Key] = []

        private final class Branch {
            var slot = -1
            var branches: [(key: String, branch: Branch, sign: Sign)] = []
            var firstElement: Branch?
            var index = -1
            var tellsShape = false
            var remembered = -1

            var isUnread: Bool { slot < 0 && branches.isEmpty && firstElement == nil }

            subscript(key: String) -> Branch {
                if let found = branches.first(where: { $0.key == key }) { return found.branch }
                let branch = Branch()
                branches.append((key, branch, .none))
                return branch
            }

            func place(_ slot: Int, at steps: ArraySlice<String>) {
                guard let step = steps.first else { return self.slot = slot }
                if step == "0" {
                    let element = firstElement ?? Branch()
                    firstElement = element
                    element.place(slot, at: steps.dropFirst())
                } else {
                    self[step].place(slot, at: steps.dropFirst())
                }
            }
        }

        mutating func build() {
            let event = Branch()
            for field in EventField.allCases { event.place(field.ordinal, at: field.steps[...]) }
            for (index, field) in NumberField.allCases.enumerated() {
                let steps = field.rawValue.split(separator: ".").map(String.init)
                event.place(EventField.allCases.count + index, at: steps[...])
            }
            event.place(publishedSlot, at: ["published"])
            event.place(uuidSlot, at: ["uuid"])
            for (index, key) in ObjectMemory.keys.enumerated() { event[key].remembered = index }
            for path in unread { event.place(-1, at: path.split(separator: ".").map(String.init)[...]) }
            add(top(of: event))
        }

        /// Keys without a column that events hold between those that have one: knowing them keeps the reader in step.
        private let unread = [
            "legacyEventType", "version", "device.name", "client.userAgent.browser",
            "client.zone", "client.device", "client.geographicalContext.state", "client.geographicalContext.postalCode",
            "actor.detailEntry", "authenticationContext.authenticationProvider",
            "authenticationContext.credentialProvider",
            "authenticationContext.credentialType", "authenticationContext.issuer", "authenticationContext.interface",
            "authenticationContext.authenticationStep", "securityContext.asOrg", "securityContext.domain",
            "transaction.type",
        ]

        /// What else stands beside an event, by Amazon's reference of EventBridge's events and Splunk's of the event
        /// collector's metadata.
        private let besideWrapped: [(keys: [String], sign: Sign)] = [
            (["id", "detail-type", "source", "account", "region", "resources"], .none),
            (["time", "host", "sourcetype", "index", "fields"], .collector),
        ]

        private func top(of event: Branch) -> Branch {
            let top = Branch()
            top.tellsShape = true
            // Wrappings have keys of their own, such as `version`, which the event inside may have as well.
            top.branches = event.branches.map { key, branch, _ in
                let kept = branch.isUnread && branch.remembered < 0 ? Branch() : branch
                return (key, kept, key == key.lowercased() ? .none : .native)
            }
            for (key, branch, _) in event.branches where key != key.lowercased() {
                top.branches.append((key.lowercased(), branch, .panther))
            }
            top.branches.append(("detail", event, .eventBridge))
            top.branches.append(("event", event, .splunkHEC))
            top.branches.append(("events", Branch(), .other))
            for (keys, sign) in besideWrapped { top.branches += keys.map { ($0, Branch(), sign) } }
            let logType = Branch()
            logType.slot = logTypeSlot
            top.branches.append(("p_log_type", logType, .panther))
            event.tellsShape = true
            event.branches.append(("original", Branch(), .other))
            return top
        }

        /// Adds a branch and what stands under it; says at which node.
        @discardableResult
        private mutating func add(_ branch: Branch) -> Int {
            if branch.index >= 0 { return branch.index }
            let index = nodes.count
            branch.index = index
            nodes.append(Node(slot: branch.slot, tellsShape: branch.tellsShape, remembered: branch.remembered))
            if let element = branch.firstElement { nodes[index].firstElement = add(element) }
            let under = branch.branches.map { add($0.branch) }
            let start = keys.count
            for (node, (key, _, sign)) in zip(under, branch.branches) { keys.append(Key(key, node: node, sign: sign)) }
            nodes[index].keys = start..<keys.count
            return index
        }
    }
}

extension FieldTree.Key {
    /// - Parameter key: Of 24 bytes at most, so that three pieces of eight cover it.
    init(_ key: String, node: Int, sign: FieldTree.Sign) {
        let bytes = Array(key.utf8)
        precondition(bytes.count <= 24, "the key \(key) is too long to be compared in three steps")
        func piece(from start: Int) -> UInt64 {
            (0..<8).reduce(0) { word, index in
                let place = start + index
                return bytes.indices.contains(place) ? word | UInt64(bytes[place]) << UInt64(8 * index) : word
            }
        }
        head = piece(from: 0)
        middle = piece(from: 8)
        tail = piece(from: max(0, bytes.count - 8))
        count = bytes.count
        self.node = node
        self.sign = sign
    }
}
