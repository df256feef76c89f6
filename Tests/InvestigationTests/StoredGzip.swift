/// A text as a gzip file (RFC 1952) of stored blocks (RFC 1951, section 3.2.4): as long as the text, and made without
/// a library.
///
/// - Parameter modified: The time in its header.
func gzip(_ text: String, modified: UInt32 = 0) -> [UInt8] {
    let bytes = Array(text.utf8), blockSize = 0xFFFF
    var file: [UInt8] = [0x1F, 0x8B, 8, 0] + littleEndian(modified) + [0, 255]
    for start in stride(from: 0, to: bytes.count, by: blockSize) {
        let block = bytes[start..<min(bytes.count, start + blockSize)], size = UInt16(block.count)
        file.append(block.endIndex == bytes.count ? 1 : 0)
        file += littleEndian(size) + littleEndian(~size) + block
    }
    return file + littleEndian(checksum(bytes)) + littleEndian(UInt32(truncatingIfNeeded: bytes.count))
}

private func littleEndian(_ number: some FixedWidthInteger) -> [UInt8] {
    (0..<number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
}

/// CRC-32, as RFC 1952, section 8, has it.
private func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum = ~UInt32(0)
    for byte in bytes {
        sum ^= UInt32(byte)
        for _ in 0..<8 { sum = sum & 1 == 0 ? sum >> 1 : (sum >> 1) ^ 0xEDB8_8320 }
    }
    return ~sum
}
