/// What a query may not exceed, so that a hostile one costs no more than a large one. Kusto has limits of the same
/// kind; the numbers are ours and far above what people write.
enum SyntaxLimits {
    /// Bytes of text.
    static let bytes = 1_000_000
    static let tokens = 250_000
    /// Brackets, sub-queries and function bodies inside one another. Every tree is at most a small multiple of this
    /// high, so that later passes may recurse over it.
    static let depth = 250
}
