import Diagnostics

/// What a piece of text means, and with that its colour. Without colour nothing is lost: a style only repeats
/// what the words say.
enum Style: Hashable, Sendable {
    case plain, dim, bold, good, warning, error, accent
    /// `low`, `medium`, `high` or `critical`; anything else is plain.
    case severity(String)

    /// Parameters of the terminal's SGR sequence; `nil` for plain text.
    var parameters: String? {
        switch self {
        case .plain: nil
        case .dim: "2"
        case .bold: "1"
        case .good: "32"
        case .warning, .severity("medium"): "33"
        case .error, .severity("high"): "31"
        case .accent, .severity("low"): "36"
        case .severity("critical"): "1;31"
        case .severity: nil
        }
    }
}

/// Where text is printed: how wide it is, and whether it has colours.
struct Screen: Hashable, Sendable {
    /// In columns. Below ``narrowest`` text is laid out as for ``narrowest``.
    let width: Int
    let colour: Bool
    /// Whether pictures and marks are drawn with ASCII characters alone.
    let isASCII: Bool

    /// The fewest columns that layout cares for.
    static let narrowest = 20

    init(width: Int, colour: Bool = false, isASCII: Bool = false) {
        self.width = max(Self.narrowest, width)
        self.colour = colour
        self.isASCII = isASCII
    }

    /// The text, safe to print, in a style.
    func paint(_ text: String, _ style: Style) -> String {
        guard colour, !text.isEmpty, let parameters = style.parameters else { return text.visible }
        return "\u{1B}[\(parameters)m\(text.visible)\u{1B}[0m"
    }
}
