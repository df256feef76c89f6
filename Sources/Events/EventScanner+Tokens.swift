internal import CByteScan
internal import JSON

// The tokens of JSON (RFC 8259), checked and passed over.
extension EventScanner {
    @inline(__always)
    func space(_ position: Position) -> Position {
        if position.pointee > 0x20 { return position }
        var position = position
        while true {
            switch position.pointee {
            case 0x20, 0x09, 0x0D, newline: position += 1
            default: return position
            }
        }
    }

    /// Passes over a value of any kind. `depth` is that of the array or object around it.
    func skip(_ start: Position, depth: Int) -> Position? {
        switch start.pointee {
        case UInt8(ascii: "\""): string(start)?.end
        case UInt8(ascii: "{"), UInt8(ascii: "["): skipNest(start, depth: depth)
        default: scalar(start)
        }
    }

    /// Passes over an array or object without recursion: one bit a level says which it is.
    private func skipNest(_ start: Position, depth outer: Int) -> Position? {
        var objects: UInt64 = 0, depth = outer, position = start
        while true {
            // A value begins here.
            switch position.pointee {
            case UInt8(ascii: "{"):
                guard depth < JSONParser.depthLimit else { return nil }
                (depth, objects) = (depth + 1, objects << 1 | 1)
                position = space(position + 1)
                if position.pointee == UInt8(ascii: "}") { break }
                guard let value = key(position) else { return nil }
                position = value
                continue
            case UInt8(ascii: "["):
                guard depth < JSONParser.depthLimit else { return nil }
                (depth, objects) = (depth + 1, objects << 1)
                position = space(position + 1)
                if position.pointee == UInt8(ascii: "]") { break }
                continue
            case UInt8(ascii: "\""):
                guard let string = string(position) else { return nil }
                position = space(string.end)
            default:
                guard let end = scalar(position) else { return nil }
                position = space(end)
            }
            // A value ended, or a bracket closes, here.
            while position.pointee != UInt8(ascii: ",") {
                guard position.pointee == (objects & 1 == 1 ? UInt8(ascii: "}") : UInt8(ascii: "]")) else { return nil }
                depth -= 1
                objects >>= 1
                if depth == outer { return position + 1 }
                position = space(position + 1)
            }
            let next = space(position + 1)
            guard let value = objects & 1 == 1 ? key(next) : next else { return nil }
            position = value
        }
    }

    /// Passes over a key and its colon to its value.
    @inline(__always)
    private func key(_ position: Position) -> Position? {
        guard position.pointee == UInt8(ascii: "\""), let key = string(position) else { return nil }
        let colon = space(key.end)
        return colon.pointee == UInt8(ascii: ":") ? space(colon + 1) : nil
    }

    private func scalar(_ position: Position) -> Position? {
        switch position.pointee {
        case UInt8(ascii: "t"): word(position, 0x6575_7274, 4)
        case UInt8(ascii: "n"): word(position, 0x6C6C_756E, 4)
        case UInt8(ascii: "f"): word(position + 1, 0x6573_6C61, 4)
        default: number(position)
        }
    }

    /// A word whose last four letters these are, read as a little-endian number.
    @inline(__always)
    private func word(_ position: Position, _ letters: UInt32, _ count: Int) -> Position? {
        let last = UInt32(littleEndian: UnsafeRawPointer(position).loadUnaligned(as: UInt32.self))
        return last == letters ? position + count : nil
    }

    /// A number without an exponent and of a length that cannot leave a double's range.
    private func number(_ start: Position) -> Position? {
        var position = start
        if position.pointee == UInt8(ascii: "-") { position += 1 }
        if position.pointee == UInt8(ascii: "0") {
            position += 1
        } else {
            guard let end = digits(position) else { return nil }
            position = end
        }
        if position.pointee == UInt8(ascii: ".") {
            guard let end = digits(position + 1) else { return nil }
            position = end
        }
        return position.pointee | 0x20 == UInt8(ascii: "e") || position - start > 300 ? nil : position
    }

    @inline(__always)
    private func digits(_ start: Position) -> Position? {
        var position = start
        while position.pointee &- UInt8(ascii: "0") <= 9 { position += 1 }
        return position == start ? nil : position
    }
}

// MARK: Strings

extension EventScanner {
    /// Passes over the string that begins at a quote; says whether it has escapes.
    @inline(__always)
    func string(_ quote: Position) -> (end: Position, isEscaped: Bool)? {
        let stop = plainRun(quote + 1)
        return stop.pointee == UInt8(ascii: "\"") ? (stop + 1, false) : unusual(stop)
    }

    /// The closing quote of a string whose text begins here, when it is plain ASCII without escapes.
    @inline(__always)
    func plainEnd(of text: Position) -> Position? {
        let stop = plainRun(text)
        return stop.pointee == UInt8(ascii: "\"") ? stop : nil
    }

    /// The first byte that is a quote, a backslash, a control character or not ASCII.
    @inline(__always)
    private func plainRun(_ start: Position) -> Position { byte_scan_plain(start) }

    /// The rest of a string from its first byte that is not plain.
    private func unusual(_ start: Position) -> (end: Position, isEscaped: Bool)? {
        var position = start, isEscaped = false
        while true {
            switch position.pointee {
            case UInt8(ascii: "\""): return (position + 1, isEscaped)
            case UInt8(ascii: "\\"):
                guard let next = escape(position + 1) else { return nil }
                isEscaped = true
                position = plainRun(next)
            case 0x80...:
                guard let next = multibyte(position) else { return nil }
                position = plainRun(next)
            default: return nil
            }
        }
    }

    private func escape(_ position: Position) -> Position? {
        switch position.pointee {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return position + 1
        case UInt8(ascii: "u"):
            for index in 1...4 where !Self.isHexadecimal(position[index]) { return nil }
            return position + 5
        default: return nil
        }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") <= 9 || (byte | 0x20) &- UInt8(ascii: "a") <= 5
    }

    /// One character of two to four bytes, as the Unicode Standard's table 3-7 allows them.
    private func multibyte(_ position: Position) -> Position? {
        let first = position[0], second = position[1]
        switch first {
        case 0xC2...0xDF: return second & 0xC0 == 0x80 ? position + 2 : nil
        case 0xE0...0xEF:
            let low: UInt8 = first == 0xE0 ? 0xA0 : 0x80, high: UInt8 = first == 0xED ? 0x9F : 0xBF
            return second >= low && second <= high && position[2] & 0xC0 == 0x80 ? position + 3 : nil
        case 0xF0...0xF4:
            let low: UInt8 = first == 0xF0 ? 0x90 : 0x80, high: UInt8 = first == 0xF4 ? 0x8F : 0xBF
            return second >= low && second <= high && position[2] & 0xC0 == 0x80 && position[3] & 0xC0 == 0x80
                ? position + 4 : nil
        default: return nil
        }
    }
}
