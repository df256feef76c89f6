import ArgumentParser

/// `NAME=FILE`: a file whose rows are to be a table.
struct TableOption: ExpressibleByArgument, Hashable, Sendable {
    let name: String
    let path: String

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        (name, path) = (String(parts[0]), String(parts[1]))
    }
}
