#if canImport(Glibc)
    internal import Glibc
#endif

/// The allocator's manner with large blocks.
enum Memory {
    /// Has blocks of 256 KiB and more mapped for themselves, so that their memory goes back to the system as soon as
    /// they are freed. Left to itself glibc raises that limit up to 32 MiB, and the columns that were joined into a
    /// table would stay resident beside it (measured: a quarter of the memory of a million events). Done once.
    static let givesLargeBlocksBack: Void = {
        #if canImport(Glibc)
            mallopt(M_MMAP_THRESHOLD, 256 << 10)
        #endif
    }()
}
