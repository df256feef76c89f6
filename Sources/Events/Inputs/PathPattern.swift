/// A shell pattern for paths: names between slashes, of which `**` stands for any number of folders.
///
/// Works as a finite automaton whose states are positions between its names, so that a tree is walked once, however
/// many `**` there are.
struct PathPattern: Sendable {
    /// What the path begins with up to the first name that holds a mark: empty, or ends in a slash.
    let prefix: String
    private let names: [Name]

    private enum Name: Sendable {
        case anyFolders
        case one(NamePattern)
    }

    /// The states that the names met so far lead to.
    struct Position {
        fileprivate var states: Set<Int>
        /// Those of them that a name of the pattern led to, not a `**` or the folder that it lies in.
        fileprivate var named: Set<Int> = []

        var isEmpty: Bool { states.isEmpty }
        /// As after a link to a folder: it is entered only when the pattern names it, so that no circle of links is
        /// walked for ever.
        var throughLink: Position { Position(states: named) }
    }

    /// All below a folder, which is written with a slash at its end.
    init(below folder: String) {
        prefix = folder
        names = []
    }

    init(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let fixed = parts.prefix { !Self.hasMark($0) && !$0.contains("\\") }
        prefix = fixed.map { $0 + "/" }.joined()
        names = parts.dropFirst(fixed.count).filter { !$0.isEmpty }
            .map { $0 == "**" ? .anyFolders : .one(NamePattern($0)) }
    }

    /// Whether it is a folder with all below it.
    var isFolder: Bool { names.isEmpty }

    /// Whether a text holds a mark that a pattern is made of.
    static func hasMark(_ text: some StringProtocol) -> Bool { text.utf8.contains { "*?[".utf8.contains($0) } }

    /// Where the folder of the prefix stands.
    var start: Position { Position(states: entered([0])) }

    /// Whether a file that stands here belongs to the pattern.
    func isWhole(_ position: Position) -> Bool { position.states.contains(names.count) }

    /// Where an entry of a folder stands, whose own position is given.
    func advance(_ position: Position, by name: String) -> Position {
        let isHidden = name.utf8.first == UInt8(ascii: ".")
        var next = Position(states: [])
        for state in position.states {
            switch state < names.count ? names[state] : .anyFolders {
            case .anyFolders: if !isHidden { next.states.insert(state) }
            case .one(let pattern): if pattern.matches(name) { next.named.insert(state + 1) }
            }
        }
        next.states.formUnion(next.named)
        return next
    }

    /// Where the entries of a folder begin: `**` may also stand for no folder at all.
    func entering(_ position: Position) -> Position { Position(states: entered(position.states)) }

    private func entered(_ states: Set<Int>) -> Set<Int> {
        var all = states
        for state in states {
            var next = state
            while next < names.count, case .anyFolders = names[next] {
                next += 1
                all.insert(next)
            }
        }
        return all
    }
}
