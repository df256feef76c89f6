import Diagnostics
import JSON

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
