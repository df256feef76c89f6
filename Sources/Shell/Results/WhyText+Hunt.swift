import Diagnostics
import JSON
import Tables

// A hunt: what was asked, what ran where, and what its rows showed.
extension WhyText {
    var hunt: [String] {
        let hunt = record["hunt"] ?? .null, findings = record["findings"]?.array ?? []
        let isCut = hunt["truncated"]?.bool == true
        let rows = counted(Int(hunt["rows"]?.integer ?? 0), "row") + (isCut ? ", not all" : "")
        let range = ["from", "until"].map { key in
            hunt[key]?.string.flatMap { Timestamp($0) }?.spaced ?? "–"
        }
        let by = hunt[path: "confirmed.by"]?.string.map { ", confirmed: \($0)" } ?? ""
        return head(["hunt \(text(hunt, "id").prefix(8))", text(hunt, "question")])
            + labelled("read", "\((hunt["tables"]?.strings ?? []).joined(separator: ", ")) (\(text(hunt, "on"))), "
                + range.joined(separator: " to "))
            + query(text(hunt, "query"))
            + labelled("written", "by \(text(hunt, "query_source"))\(by)")
            + labelled("gave", "\(rows), judged by \(text(hunt, "source"))")
            + labelled("notes", (hunt["notes"]?.strings ?? []).joined(separator: "; "))
            + (findings.isEmpty ? labelled("findings", "none") : findings.flatMap { finding($0, isAlone: false) })
    }
}
