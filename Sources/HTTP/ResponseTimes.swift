extension HTTPResponseHead {
    /// When the server says that it answered: its `Date`, in seconds since 1970; `nil` when it cannot be read.
    public var date: Int? { header("Date").flatMap(WallTime.seconds(ofDate:)) }

    /// The time that `Retry-After` names, in seconds or as a date; `nil` when there is none that can be read.
    ///
    /// - Parameter now: Seconds since 1970.
    public func askedWait(now: Int) -> Duration? {
        guard let text = header("Retry-After") else { return nil }
        if let seconds = Double(text) {
            return seconds.isFinite && seconds >= 0 ? .seconds(min(seconds, 1e9)) : nil
        }
        return WallTime.seconds(ofDate: text).map { .seconds(max(0, $0 - now)) }
    }
}
