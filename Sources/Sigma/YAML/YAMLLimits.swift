/// How much a YAML file may hold. Rules are small; what is not is no rule (threat 11 of the security notes).
struct YAMLLimits: Sendable {
    /// In bytes.
    var size = 1 << 20
    /// Sequences and mappings within each other.
    var depth = 32
    /// Nodes of the whole file, each use of an alias counted in full.
    var nodes = 100_000
    /// Nodes that aliases stand for.
    var aliased = 10_000
}
