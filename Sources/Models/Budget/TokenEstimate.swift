import JSON

/// A guess at how many tokens a text has, made without a tokenizer: by runs of characters of one class.
///
/// | run | tokens |
/// |---|---|
/// | letters a–z of a word | 1 for the first six, then 0.22 a letter |
/// | digits | 1 for each three |
/// | letters and digits mixed, or more than 20 letters: ids, hex, base64 | 0.59 a character |
/// | one sign of punctuation; n of them | 0.9; 0.43 (n + 1) |
/// | one blank; several; line ends | none; 1; 0.7 |
/// | a Latin letter with a mark; Greek, Cyrillic; others up to U+1FFF | 1.5; 0.5; 0.75 |
/// | CJK and the rest of the basic plane; emoji and beyond | 0.95; 3 |
///
/// The weights were fitted to the counts of the vocabulary `cl100k_base` over prompts, Okta events, CSV and Markdown:
/// most estimates are 2 to 15 percent above. Other vocabularies differ; see ``TokenCalibration``.
public enum TokenEstimate {
    /// What a chat template puts around each message, and what it ends with so that the model answers.
    private static let perMessage = 4, atEnd = 3

    /// The tokens of a request, its schema included: some servers put that into the prompt, and count it.
    public static func tokens(of request: ModelRequest) -> Int {
        let messages = request.messages.reduce(atEnd) { $0 + perMessage + tokens(of: $1.content) }
        return messages + (request.schema.map { tokens(of: $0.schema.text) } ?? 0)
    }

    /// The tokens of a text. One pass over it.
    public static func tokens(of text: String) -> Int {
        var hundredths = 0, run = Run()
        for scalar in text.unicodeScalars {
            if run.take(scalar) { continue }
            hundredths += run.hundredths
            run = Run(scalar)
        }
        return (hundredths + run.hundredths + 99) / 100
    }
}

/// Characters of one class in a row.
private struct Run {
    private enum Kind { case nothing, word, blank, lineEnd, sign, other }

    private var kind = Kind.nothing
    private var letters = 0, digits = 0, count = 0
    /// Of characters that are weighed one by one.
    private var weight = 0

    init() {}

    init(_ scalar: Unicode.Scalar) {
        kind = Self.kind(of: scalar)
        add(scalar)
    }

    /// Takes the next character where it belongs to this run.
    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard Self.kind(of: scalar) == kind else { return false }
        add(scalar)
        return true
    }

    private mutating func add(_ scalar: Unicode.Scalar) {
        count += 1
        switch kind {
        case .word: if ("0"..."9").contains(scalar) { digits += 1 } else { letters += 1 }
        case .other: weight += Self.weight(of: scalar)
        default: break
        }
    }

    /// The run's tokens in hundredths.
    var hundredths: Int {
        switch kind {
        case .nothing: 0
        case .word where letters == 0: (digits + 2) / 3 * 100
        case .word where digits > 0 || letters > 20: count * 59
        case .word: 100 + max(0, letters - 6) * 22
        case .blank: count == 1 ? 0 : 100
        case .lineEnd: 70
        case .sign: count == 1 ? 90 : (count + 1) * 43
        case .other: weight
        }
    }

    private static func kind(of scalar: Unicode.Scalar) -> Kind {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9": .word
        case " ", "\t": .blank
        case "\n", "\r": .lineEnd
        case "\u{0}"..."\u{7F}": .sign
        default: .other
        }
    }

    private static func weight(of scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case ..<0x250: 150
        case ..<0x590: 50
        case ..<0x2000: 75
        case ..<0x10000: 95
        default: 300
        }
    }
}
