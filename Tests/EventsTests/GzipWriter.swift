import CZlib

/// Gzip as other programs write it: one member for each text.
func gzip(_ members: [UInt8]...) -> [UInt8] {
    members.flatMap { member -> [UInt8] in
        var stream = z_stream()
        let size = Int32(MemoryLayout<z_stream>.size)
        deflateInit2_(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
        defer { deflateEnd(&stream) }
        var (input, output) = (member, [UInt8](repeating: 0, count: member.count + member.count / 1000 + 100))
        let written = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                (stream.next_in, stream.avail_in) = (input.baseAddress, UInt32(input.count))
                (stream.next_out, stream.avail_out) = (output.baseAddress, UInt32(output.count))
                deflate(&stream, Z_FINISH)
                return Int(stream.total_out)
            }
        }
        return Array(output.prefix(written))
    }
}

func gzip(_ members: String...) -> [UInt8] { members.flatMap { gzip(Array($0.utf8)) } }
