import Diagnostics
import JSON

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Stable stand-ins for the names that must not leave, and the way back.
///
/// The same text has the same pseudonym for as long as the value lives. Work is linear in the text: at each place
/// where a word may begin a bounded number of characters is looked at, however many texts are registered.
///
/// ```swift
/// var names = Pseudonyms()
/// names.register(["jane"], kind: .user)
/// names.hiding("jane came from 10.0.0.1")    // user-1 came from ip-1
/// names.restoring("user-1, who is user-12?") // jane, who is user-12?
/// ```
public struct Pseudonyms: Sendable {
    /// What a text names; the raw value begins its pseudonym.
    public enum Kind: String, CaseIterable, Sendable {
        /// A login: `user-1`.
        case user
        /// An internet address: `ip-1`.
        case address = "ip"
        /// Any other name: `name-1`.
        case name
    }

    private var forms = FormTree()
    private var counts: [Kind: Int] = [:]
    /// What each pseudonym stands for, written as the evidence shows it.
    private var originals: [String: String] = [:]

    /// The scalars of a registered text that count: more than evidence ever shows of one.
    private static let reach = 512

    /// No pseudonyms yet.
    public init() {}

    /// Gives each text a pseudonym, unless it has one; single ASCII characters and mere punctuation name nobody.
    ///
    /// Of an overlong text only the first 512 scalars count, so that logs cannot fill the memory.
    public mutating func register(_ texts: [String], kind: Kind) {
        for text in texts { _ = pseudonym(for: String(text.unicodeScalars.prefix(Self.reach)), kind) }
    }

    /// The text with pseudonyms for every registered text, internet address, e-mail address and look-alike of a
    /// pseudonym; those that were not registered are now.
    ///
    /// The longest text wins, and only whole words are replaced. A space is added where a pseudonym would touch a word,
    /// as after a name in a script without spaces. A registered text is also found JSON-escaped, made
    /// ``Swift/String/visible``, cut with `…`, and with ASCII letters in the other case unless that spelling is
    /// registered too.
    public mutating func hiding(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        var output = String.UnicodeScalarView(), finder = LiteralFinder(scalars), position = 0, followsHit = false
        while position < scalars.count {
            let mayBegin = scalars.mayBeginToken(at: position)
            if mayBegin || !scalars[position].isWordPart, let (end, pseudonym) = hit(at: position, &finder) {
                if followsHit || !mayBegin { output.append(" ") }
                output.append(contentsOf: pseudonym.unicodeScalars)
                (position, followsHit) = (end, true)
            } else {
                if followsHit, scalars[position].isWordPart { output.append(" ") }
                output.append(scalars[position])
                (position, followsHit) = (position + 1, false)
            }
        }
        return String(output)
    }

    /// The text with what its pseudonyms stand for, control characters written out; pseudonyms that were never given
    /// stay as they are.
    public func restoring(_ text: String) -> String { PseudonymRestorer.restoring(text, self, inJSON: false) }

    /// What a pseudonym stands for, or `nil` when it was never given.
    func original(of pseudonym: String) -> String? { originals[pseudonym] }

    private mutating func hit(at start: Int, _ finder: inout LiteralFinder) -> (end: Int, pseudonym: String)? {
        let (known, cut) = forms.longest(at: start, in: finder.scalars)
        let cutText = cut.map { (end: $0, kind: Kind.name) }
        let other = [finder.literal(at: start), cutText].compactMap { $0 }.max { $0.end < $1.end }
        guard let other, other.end > known?.end ?? 0 else { return known }
        let text = String(String.UnicodeScalarView(finder.scalars[start..<other.end]))
        return pseudonym(for: text, other.kind).map { (other.end, $0) }
    }
}

// MARK: Registering

extension Pseudonyms {
    private mutating func pseudonym(for text: String, _ kind: Kind) -> String? {
        let plain = Array(text.unicodeScalars)
        if let known = forms.pseudonym(ofPlain: plain) { return known }
        let isShort = plain.count < 2 && plain.allSatisfy(\.isASCII)
        if isShort || plain.allSatisfy({ $0.isASCII && !$0.isWordPart }) { return nil }
        let pseudonym = next(kind, unlike: plain.map(\.folded))
        let escaped = Self.escapedForms(of: text).map { Array($0.unicodeScalars) }
        forms.insert(plain, pseudonym, .plain)
        for form in escaped { forms.insert(form, pseudonym, .escaped) }
        for form in [plain] + escaped { forms.insert(form.map(\.folded), pseudonym, .folded) }
        originals[pseudonym] = text.visible
        return pseudonym
    }

    /// A pseudonym that is free, and not the very text it shall hide.
    private mutating func next(_ kind: Kind, unlike text: [Unicode.Scalar]) -> String {
        var number = counts[kind, default: 0], pseudonym: String
        repeat {
            number += 1
            pseudonym = "\(kind.rawValue)-\(number)"
        } while Array(pseudonym.unicodeScalars) == text
        counts[kind] = number
        return pseudonym
    }

    private static let escapes: [(mark: String, escape: String)] = [
        ("<", "\\u003c"), ("`", "\\u0060"), ("[INST", "\\u005bINST"), ("[/INST", "\\u005b/INST"),
    ]

    /// The other ways in which a text may stand in a message: see what the evidence block escapes.
    private static func escapedForms(of text: String) -> Set<String> {
        let bare = [text, text.visible]
        let quoted = bare.map(\.insideJSON)
        let fenced = quoted.map { Self.escapes.reduce($0) { $0.replacingScalars($1.mark, with: $1.escape) } }
        return Set(bare + quoted + fenced).subtracting([text])
    }
}

extension String {
    /// This text as it stands between the quotes of a JSON string. By scalars: a quote and an accent after it are one
    /// character.
    var insideJSON: String { String(JSONValue.string(self).text.unicodeScalars.dropFirst().dropLast()) }

    fileprivate func replacingScalars(_ mark: String, with other: String) -> String {
        String(unicodeScalars.replacing(mark.unicodeScalars, with: other.unicodeScalars))
    }
}

/// All forms of all texts as one tree of scalars.
private struct FormTree {
    /// How a form came to be; where two texts share a form, the greater rank has it.
    enum Rank: Int { case folded, escaped, plain }

    private var edges: [UInt64: UInt32] = [:]
    private var ends: [UInt32: (pseudonym: String, rank: Rank)] = [:]
    private var count: UInt32 = 1

    /// A cut text must show at least so many scalars of a registered one.
    private static let leastCut = 3

    mutating func insert(_ form: [Unicode.Scalar], _ pseudonym: String, _ rank: Rank) {
        var node: UInt32 = 0
        for scalar in form {
            let key = Self.key(node, scalar)
            node = edges[key] ?? count
            if node == count {
                edges[key] = node
                count += 1
            }
        }
        if let present = ends[node], present.rank.rawValue >= rank.rawValue { return }
        ends[node] = (pseudonym, rank)
    }

    func pseudonym(ofPlain text: [Unicode.Scalar]) -> String? {
        end(of: text[...]).flatMap { $0.rank == .plain ? $0.pseudonym : nil }
    }

    /// The longest form at a place, and the end of a longer one that was cut with `…`.
    func longest(at start: Int, in text: [Unicode.Scalar]) -> (known: (end: Int, pseudonym: String)?, cut: Int?) {
        var node: UInt32 = 0, position = start, found: (end: Int, pseudonym: String)?
        while position < text.count, let next = edges[Self.key(node, text[position].folded)] {
            node = next
            position += 1
            if let end = ends[node], text.mayEndToken(at: position) || !text[position - 1].isWordPart {
                found = (position, end.pseudonym)
            }
        }
        if let end = found?.end, let exact = self.end(of: text[start..<end]) { found = (end, exact.pseudonym) }
        let isCut = position - start >= Self.leastCut && position > found?.end ?? 0 && position < text.count
            && text[position] == "…"
        return (found, isCut ? position + 1 : nil)
    }

    private func end(of text: ArraySlice<Unicode.Scalar>) -> (pseudonym: String, rank: Rank)? {
        var node: UInt32 = 0
        for scalar in text {
            guard let next = edges[Self.key(node, scalar)] else { return nil }
            node = next
        }
        return ends[node]
    }

    private static func key(_ node: UInt32, _ scalar: Unicode.Scalar) -> UInt64 {
        UInt64(node) << 32 | UInt64(scalar.value)
    }
}

// MARK: Tokens

extension Unicode.Scalar {
    /// With ASCII letters made small.
    var folded: Unicode.Scalar { ("A"..."Z").contains(self) ? Unicode.Scalar(UInt8(value) | 0x20) : self }

    /// Whether this belongs to a run that only whole may be replaced. Scripts without spaces (CJK, kana, Hangul with
    /// its particles) make no runs: a name there is bounded by nothing.
    var isWordPart: Bool {
        switch value {
        case 0..<0x80: isASCIIDigit || ("a"..."z").contains(folded)
        case 0x2E80...: false
        default:
            switch properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
                .nonspacingMark, .spacingMark, .enclosingMark: true
            default: false
            }
        }
    }

    var isASCIIDigit: Bool { ("0"..."9").contains(self) }
    var isHexDigit: Bool { isASCIIDigit || ("a"..."f").contains(folded) }
    /// Models like to write the hyphen that does not break.
    fileprivate var isHyphen: Bool { self == "-" || self == "\u{2010}" || self == "\u{2011}" }
}

extension [Unicode.Scalar] {
    /// How many scalars before a place ``mayBeginToken(at:)`` looks at.
    static var lookBehind: Int { 6 }

    /// Whether a whole word, or something that is none, may begin here; also right after an escape such as `\n`.
    func mayBeginToken(at index: Int) -> Bool {
        guard index > 0, self[index - 1].isWordPart else { return true }
        if index >= 2, self[index - 2] == "\\", "nrtbf".unicodeScalars.contains(self[index - 1]) { return true }
        return index >= 6 && isUnicodeEscape(at: index - 6)
    }

    func mayEndToken(at index: Int) -> Bool { index >= count || !self[index].isWordPart }

    /// Whether `\uXXXX` stands here.
    func isUnicodeEscape(at index: Int) -> Bool {
        index + 6 <= count && self[index] == "\\" && self[index + 1] == "u"
            && self[index + 2..<index + 6].allSatisfy(\.isHexDigit)
    }
}

/// Something with the shape of a pseudonym, given or invented.
struct PseudonymToken {
    let kind: Pseudonyms.Kind
    /// As it was given, if it was.
    let pseudonym: String
    let end: Int

    /// What is known about a place of a text that may go on.
    enum Reading {
        case none
        /// Only what follows can tell; never more than 14 scalars.
        case undecided
        case token(PseudonymToken)
    }

    private static let digitLimit = 9

    /// - Parameter isEnd: Whether nothing follows the scalars.
    static func read(_ scalars: [Unicode.Scalar], at start: Int, isEnd: Bool) -> Reading {
        for kind in Pseudonyms.Kind.allCases {
            var position = start
            for letter in kind.rawValue.unicodeScalars where position < scalars.count && position >= start {
                position = scalars[position].folded == letter ? position + 1 : -1
            }
            if position == scalars.count { return isEnd ? .none : .undecided }
            guard position >= 0, scalars[position].isHyphen else { continue }
            return number(of: kind, scalars, at: position + 1, isEnd: isEnd)
        }
        return .none
    }

    private static func number(
        of kind: Pseudonyms.Kind, _ scalars: [Unicode.Scalar], at start: Int, isEnd: Bool
    ) -> Reading {
        let digits = scalars[start...].prefix(digitLimit).prefix(while: \.isASCIIDigit)
        if digits.endIndex == scalars.count, !isEnd { return .undecided }
        guard let first = digits.first, first != "0", scalars.mayEndToken(at: digits.endIndex) else { return .none }
        let pseudonym = "\(kind.rawValue)-\(String(String.UnicodeScalarView(digits)))"
        return .token(PseudonymToken(kind: kind, pseudonym: pseudonym, end: digits.endIndex))
    }
}

// MARK: Literals

/// Finds what must not leave though nobody registered it.
private struct LiteralFinder {
    let scalars: [Unicode.Scalar]
    /// No e-mail address begins before this place; so each run is read once.
    private var mailless = 0

    init(_ scalars: [Unicode.Scalar]) { self.scalars = scalars }

    /// The longest look-alike of a pseudonym, internet address or e-mail address that begins here.
    mutating func literal(at start: Int) -> (end: Int, kind: Pseudonyms.Kind)? {
        var found: [(end: Int, kind: Pseudonyms.Kind)] = []
        if case .token(let token) = PseudonymToken.read(scalars, at: start, isEnd: true) {
            found.append((token.end, token.kind))
        }
        if scalars.mayBeginToken(at: start), !isEscapeLetter(at: start) {
            if let end = mailEnd(at: start) { found.append((end, .user)) }
            if let end = AddressLiteral.end(at: start, in: scalars) { found.append((end, .address)) }
        }
        return found.max { $0.end < $1.end }
    }

    private func isEscapeLetter(at index: Int) -> Bool {
        guard index > 0, scalars[index - 1] == "\\" else { return false }
        return "nrtbf".unicodeScalars.contains(scalars[index]) || scalars.isUnicodeEscape(at: index - 1)
    }

    private mutating func mailEnd(at start: Int) -> Int? {
        guard start >= mailless, scalars[start].isWordPart else { return nil }
        let isLocal = { (scalar: Unicode.Scalar) in scalar.isWordPart || "._%+-'".unicodeScalars.contains(scalar) }
        let at = scalars[start...].firstIndex { !isLocal($0) } ?? scalars.count
        mailless = at
        guard at < scalars.count, scalars[at] == "@" else { return nil }
        let domain = scalars[(at + 1)...].prefix { $0.isWordPart || $0 == "." || $0 == "-" }
        guard domain.first?.isWordPart == true, let last = domain.lastIndex(where: \.isWordPart) else { return nil }
        return last + 1
    }
}

/// Numeric internet addresses within a text.
enum AddressLiteral {
    private static let longest = 45

    /// The end of the address that begins here.
    static func end(at start: Int, in scalars: [Unicode.Scalar]) -> Int? {
        fourEnd(at: start, in: scalars) ?? sixEnd(at: start, in: scalars)
    }

    /// Four decimal numbers, which are neither the rest nor the beginning of a longer dotted number.
    private static func fourEnd(at start: Int, in scalars: [Unicode.Scalar]) -> Int? {
        guard scalars[start].isASCIIDigit else { return nil }
        if start >= 2, scalars[start - 1] == ".", scalars[start - 2].isASCIIDigit { return nil }
        var position = start
        for group in 0..<4 {
            if group > 0 {
                guard position < scalars.count, scalars[position] == "." else { return nil }
                position += 1
            }
            let digits = scalars[position...].prefix(3).prefix(while: \.isASCIIDigit)
            guard let value = Int(String(String.UnicodeScalarView(digits))), value <= 255 else { return nil }
            position = digits.endIndex
        }
        let goesOn = position + 1 < scalars.count && scalars[position] == "." && scalars[position + 1].isASCIIDigit
        return goesOn || !scalars.mayEndToken(at: position) ? nil : position
    }

    private static func sixEnd(at start: Int, in scalars: [Unicode.Scalar]) -> Int? {
        guard scalars[start].isHexDigit || scalars[start] == ":" else { return nil }
        let run = scalars[start...].prefix(longest + 1).prefix { $0.isHexDigit || $0 == ":" || $0 == "." }
        guard run.count(where: { $0 == ":" }) >= 2, run.contains(where: \.isHexDigit) else { return nil }
        let ends = [run.endIndex, run.endIndex - 1, run.firstIndex(of: ".") ?? run.endIndex]
        return ends.first { end in
            scalars.mayEndToken(at: end) && six(String(String.UnicodeScalarView(scalars[start..<end]))) != nil
        }
    }

    /// Whether a whole text is an address of this computer.
    static func isLoopback(_ text: String) -> Bool {
        let scalars = Array(text.unicodeScalars)
        if let bytes = six(text) {
            let isMapped = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
            return isMapped ? bytes[12] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
        }
        return text.hasPrefix("127.") && fourEnd(at: 0, in: scalars) == scalars.count
    }

    private static func six(_ text: String) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 16)
        return inet_pton(AF_INET6, text, &bytes) == 1 ? bytes : nil
    }
}
