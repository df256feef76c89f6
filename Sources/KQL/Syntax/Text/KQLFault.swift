public import Diagnostics

/// Why a query was refused: Kusto's family of errors, what is wrong, where, and what to write instead.
///
/// ```swift
/// do { _ = try Query.parse(text) } catch { print(error.diagnostic(for: text).rendered) }
/// ```
public struct KQLFault: Error, Hashable, Sendable {
    /// `SYN…` could not be parsed; `SEM…` parsed, but means nothing; `RUN…` failed while running; `UNS…` is not
    /// implemented. The numbers are Kusto's where it has one for the case.
    public let code: String
    /// One sentence without a final full stop; texts of the query stand in it as they are, so show it made visible.
    public let message: String
    /// The words at fault; always inside the query's text.
    public let span: SourceSpan
    /// What to write instead, as a whole sentence, where something is near.
    public let suggestion: String?

    init(_ code: String, _ message: String, at span: SourceSpan, suggestion: String? = nil) {
        self.code = code
        self.message = message
        self.span = span
        self.suggestion = suggestion
    }

    /// What Kusto calls "Query could not be parsed at …".
    static func syntax(_ message: String, at span: SourceSpan, suggestion: String? = nil) -> KQLFault {
        KQLFault("SYN0002", message, at: span, suggestion: suggestion)
    }

    /// What a query is told that took longer than its limit.
    public static let timeIsOver = KQLFault(
        "RUN0001", "the query's time is over", at: SourceSpan(0, 0),
        suggestion: "Narrow the query to fewer rows or a shorter time.")

    /// This as the user is told it, with the line and column in `text`, the query that was refused.
    public func diagnostic(for text: String) -> Diagnostic {
        let (line, column) = span.place(in: text)
        return Diagnostic(
            "\(message) (\(code), line \(line), column \(column))",
            remedy: suggestion ?? "Correct the query at that place")
    }
}
