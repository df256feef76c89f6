/// Elements that never change. Reading one counts no references, which in a loop over all events would cost more than
/// the reading itself.
struct FrozenArray<Element: Sendable>: @unchecked Sendable {
    private let storage: Storage
    private let base: UnsafePointer<Element>
    let count: Int

    /// Owns the elements. They are written once, before anyone else sees them.
    private final class Storage: @unchecked Sendable {
        let base: UnsafeMutablePointer<Element>
        private let count: Int

        init(_ elements: [Element]) {
            count = elements.count
            base = .allocate(capacity: max(1, count))
            elements.withUnsafeBufferPointer { elements in
                if let first = elements.baseAddress { base.initialize(from: first, count: elements.count) }
            }
        }

        deinit {
            base.deinitialize(count: count)
            base.deallocate()
        }
    }

    init(_ elements: [Element]) {
        storage = Storage(elements)
        count = elements.count
        base = UnsafePointer(storage.base)
    }

    @inline(__always)
    subscript(index: Int) -> Element {
        precondition(index >= 0 && index < count)
        return base[index]
    }
}
