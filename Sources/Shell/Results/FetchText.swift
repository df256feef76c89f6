import Connectors
import Diagnostics
import Tables

/// Fetching from Okta, for people.
enum FetchText {
    /// A line of progress, or a notice.
    static func show(_ event: OktaFetchProgress, on progress: ProgressLine, notice: (String) -> Void) {
        switch event {
        case .page(let events, let total, let newest):
            progress.show("  \(total.grouped) events from Okta, \(events.grouped) in the last page\(upTo(newest))  (Ctrl-C keeps what is read)")
        case .waiting(let seconds, let reason): progress.showNow("  waiting \(Duration.seconds(seconds).brief): \(reason.visible)")
        case .upToDate(let newest): progress.showNow("  nothing new\(upTo(newest)); asking again soon  (Ctrl-C ends it)")
        case .notice(let diagnostic):
            progress.finish()
            notice(diagnostic.problem + ". " + diagnostic.remedy)
        }
    }

    private static func upTo(_ newest: Timestamp?) -> String { newest.map { ", up to \($0.spaced)" } ?? "" }

    /// What a fetch cost, in one line.
    static func account(_ report: OktaFetchReport) -> String {
        let parts = [
            "Okta: \(counted(report.requests, "request"))", counted(report.pages, "page"), counted(report.duplicates, "duplicate"),
            report.waits > 0 ? "waited \(Duration.seconds(report.secondsWaited).brief)" : nil,
            report.organizationLimit.map { "the org allows \($0) requests a minute" },
            report.resumed.map { "went on from the checkpoint of \($0.spaced)" },
            report.spool.map { "kept in \($0.visible)" },
        ]
        return parts.compactMap { $0 }.joined(separator: " · ")
    }
}
