import Diagnostics

/// A run of prompt text in one style.
///
/// ```swift
/// [PromptSegment("watchfloor", style: "1;36"), PromptSegment(" > ")]
/// ```
struct PromptSegment: Hashable, Sendable {
    /// Shown with control characters written out, so names from outside may stand here.
    let text: String
    /// SGR parameters such as `1;32`; `nil` for plain text. Anything but digits and `;` is ignored.
    let style: String?

    init(_ text: String, style: String? = nil) {
        self.text = text
        self.style = style
    }
}

/// Turns prompt segments into the one string that libedit wants.
enum Prompt {
    /// Encloses what takes no columns, for `EL_PROMPT_ESC`.
    static let literal: Unicode.Scalar = "\u{1}"

    /// The prompt with its styles in literal runs.
    ///
    /// libedit drops a literal run at the very end and garbles two that touch, so every change of style
    /// is one run, and the blank that ends a prompt stands behind the last reset.
    static func compose(_ segments: [PromptSegment], styled: Bool) -> String {
        guard styled else { return segments.map(\.text.visible).joined() }
        var result = ""
        var current: String?
        for segment in endingPlain(segments) where !segment.text.isEmpty {
            let style = segment.style.flatMap(parameters)
            if style != current { result += run(style) }
            current = style
            result += segment.text.visible
        }
        return result
    }

    /// The segments, with the blanks that end a styled last one split off as plain text.
    private static func endingPlain(_ segments: [PromptSegment]) -> [PromptSegment] {
        var segments = segments.filter { !$0.text.isEmpty }
        guard let last = segments.popLast() else { return [] }
        guard last.style.flatMap(parameters) != nil else { return segments + [last] }
        let blanks = last.text.reversed().prefix { $0 == " " }.count
        segments.append(PromptSegment(String(last.text.dropLast(blanks)), style: last.style))
        segments.append(PromptSegment(String(repeating: " ", count: max(1, blanks))))
        return segments
    }

    private static func run(_ style: String?) -> String {
        let codes = style.map { "0;" + $0 } ?? "0"
        return "\(literal)\u{1B}[\(codes)m\(literal)"
    }

    private static func parameters(_ style: String) -> String? {
        let allowed = style.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x3B }
        return style.isEmpty || !allowed ? nil : style
    }
}
