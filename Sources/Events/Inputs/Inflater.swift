internal import CZlib
internal import Diagnostics

/// zlib's state for one gzip member after another; owns it.
struct Inflater: ~Copyable {
    /// On the heap because zlib remembers the address.
    private let stream: UnsafeMutablePointer<z_stream>

    /// How one step ended.
    enum Step {
        /// More input, or more room for output, is wanted.
        case more
        /// The member is complete: checksum and length agree.
        case end
        /// The rest of the member cannot be trusted; zlib's own words.
        case fault(String)
    }

    init() throws(Diagnostic) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 15: the largest window; 16 more: gzip's header and trailer, which zlib then checks.
        guard inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            stream.deallocate()
            throw Self.outOfMemory
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Prepares for the next member.
    mutating func restart() { inflateReset(stream) }

    /// Bytes of this member that were taken so far.
    var taken: Int { Int(stream.pointee.total_in) }

    /// Inflates what fits. Takes what it used off the front of `input`; says how much it put into `output`.
    mutating func step(
        _ input: inout UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) throws(Diagnostic) -> (step: Step, count: Int) {
        // zlib does not write to its input; its older declaration just does not say so.
        let start = input.baseAddress.map { UnsafeMutableRawPointer(mutating: $0) }
        stream.pointee.next_in = start?.assumingMemoryBound(to: Bytef.self)
        stream.pointee.avail_in = uInt(input.count)
        stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: Bytef.self)
        stream.pointee.avail_out = uInt(output.count)
        let status = inflate(stream, Z_NO_FLUSH)
        input = UnsafeRawBufferPointer(rebasing: input.suffix(Int(stream.pointee.avail_in)))
        let count = output.count - Int(stream.pointee.avail_out)
        switch status {
        // Z_BUF_ERROR only says that there was nothing to do.
        case Z_OK, Z_BUF_ERROR: return (.more, count)
        case Z_STREAM_END: return (.end, count)
        case Z_MEM_ERROR: throw Self.outOfMemory
        default: return (.fault(stream.pointee.msg.map { String(cString: $0) } ?? "damaged"), count)
        }
    }

    private static let outOfMemory = Diagnostic(
        "there is no memory left to decompress", remedy: "Close other programs, and try again")
}
