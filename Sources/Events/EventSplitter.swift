/// Cuts an input into the ranges that hold one event, or one thing that should have been one, each.
struct EventSplitter {
    /// What to read at a range.
    enum Piece: Sendable {
        /// An object with a brace for each of its braces, at the end of the range the last one.
        case event(Range<Int>)
        /// What is no object, is not closed, or does not stand alone.
        case fragment(Range<Int>)
        /// Not even cut correctly: reported as it stands.
        case broken(at: Int, reason: String)

        var start: Int {
            switch self {
            case .event(let range), .fragment(let range): range.lowerBound
            case .broken(let byte, _): byte
            }
        }

        var end: Int {
            switch self {
            case .event(let range), .fragment(let range): range.upperBound
            case .broken(let byte, _): byte
            }
        }
    }

    private let bytes: UnsafeRawBufferPointer
    private(set) var pieces: [Piece] = []
    /// How far the search for the end of an object may go, once one was not closed: so that no byte is read by every
    /// broken object before it.
    private var searchEnd: Int?
    /// Whether a cancelled task ends the work; not on a line, which is a part of something that is read as a whole.
    private let mayGiveUp: Bool
    /// Whether the task was cancelled on the way: then pieces are missing at the end.
    private(set) var isGivenUp = false

    /// Cuts values that stand one after another, across lines; gives up when the task is cancelled.
    init(values bytes: UnsafeRawBufferPointer, from start: Int) {
        self.bytes = bytes
        mayGiveUp = true
        splitValues(from: start)
    }

    /// Cuts a line that stands alone.
    init(line: Range<Int>, of bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        mayGiveUp = false
        splitLine(line)
    }

    /// Cuts a line that stands alone; commas between its values are passed over.
    private mutating func splitLine(_ line: Range<Int>) {
        var scanner = DocumentScanner(bytes, in: line)
        let first = pieces.count
        while let byte = scanner.peek() {
            switch byte {
            case UInt8(ascii: ","): scanner.position += 1
            case UInt8(ascii: "["): splitArray(&scanner)
            case UInt8(ascii: "{"): splitObject(&scanner)
            default:
                // Words between objects: the whole line is the problem, reported once.
                pieces.removeLast(pieces.count - first)
                pieces.append(.fragment(trimmed(line)))
                return
            }
        }
    }

    /// Cuts values that stand one after another; commas between them are passed over.
    private mutating func splitValues(from start: Int) {
        var scanner = DocumentScanner(bytes, in: start..<bytes.count)
        while let byte = scanner.peek(), !givesUp() {
            switch byte {
            case UInt8(ascii: ","): scanner.position += 1
            case UInt8(ascii: "["): splitArray(&scanner)
            case UInt8(ascii: "{"): splitObject(&scanner)
            default:
                pieces.append(.broken(at: scanner.position, reason: "has text outside any object"))
                scanner.position = Lines.nextObject(in: bytes, scanner.position..<scanner.end)
            }
        }
    }

    /// Whether to go no further; asked before each value, and the task every few thousand.
    private mutating func givesUp() -> Bool {
        if mayGiveUp, pieces.count & 0xFFF == 0, Task.isCancelled { isGivenUp = true }
        return isGivenUp
    }

    /// Cuts the array that begins here.
    private mutating func splitArray(_ scanner: inout DocumentScanner) {
        scanner.position += 1
        var isWhole = true
        while let byte = scanner.peek() {
            guard !givesUp() else { return }
            switch byte {
            case UInt8(ascii: "]"):
                scanner.position += 1
                return
            case UInt8(ascii: ","): scanner.position += 1
            case UInt8(ascii: "{"): isWhole = splitEvent(&scanner, inArray: true)
            default:
                guard let value = scanner.value() else { return }
                isWhole = value.closed
                pieces.append(.fragment(trimmed(value.range)))
            }
        }
        // A last element that is not whole is reported itself.
        if isWhole { pieces.append(.broken(at: scanner.end, reason: "ends inside an array")) }
    }

    /// Cuts the object that begins here: an event, or an envelope of events.
    private mutating func splitObject(_ scanner: inout DocumentScanner) {
        if let list = EventList.list(in: bytes, scanner.position..<scanner.end) {
            scanner.position = list
            splitArray(&scanner)
            _ = scanner.skipBrackets(insideObject: true)
        } else {
            splitEvent(&scanner, inArray: false)
        }
    }

    /// Takes the object that begins here. One that is not closed ends before the next line that begins with an
    /// object, so that those after it are kept. Says whether it is closed.
    @discardableResult
    private mutating func splitEvent(_ scanner: inout DocumentScanner, inArray: Bool) -> Bool {
        let start = scanner.position
        if searchEnd == nil {
            if let value = scanner.value(), value.closed {
                pieces.append(.event(value.range))
                return true
            }
        }
        let known = searchEnd.flatMap { $0 > start ? min($0, scanner.end) : nil }
        let end = known ?? Lines.nextObject(in: bytes, start..<scanner.end)
        searchEnd = end
        var part = DocumentScanner(bytes, in: start..<end)
        let isClosed = part.value()?.closed == true
        let isAtBracket = part.position < end && bytes[part.position] == UInt8(ascii: "]")
        let isListEnd = inArray && end == scanner.end && isAtBracket
        scanner.position = isClosed || isListEnd ? part.position : end
        let range = trimmed(start..<scanner.position)
        pieces.append(isClosed ? .event(range) : .fragment(range))
        return isClosed
    }

    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, DocumentScanner.isSpace(bytes[start]) { start += 1 }
        while end > start, DocumentScanner.isSpace(bytes[end - 1]) { end -= 1 }
        return start..<end
    }
}
