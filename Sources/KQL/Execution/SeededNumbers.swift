internal import Synchronization

/// Random bits that are the same for the same seed: SplitMix64 (Steele, Lea and Flood, 2014).
final class SeededNumbers: Sendable {
    private let state: Mutex<UInt64>

    init(seed: UInt64) { state = Mutex(seed) }

    func next() -> UInt64 {
        let position = state.withLock { state in
            state &+= 0x9E37_79B9_7F4A_7C15
            return state
        }
        let mixed = (position ^ position >> 30) &* 0xBF58_476D_1CE4_E5B9
        let again = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return again ^ again >> 31
    }
}
