extension Operation {
    /// What to read and how.
    public struct IngestRequest: Hashable, Sendable {
        public var paths: [String]
        public var since: String?
        public var until: String?
        public var hours: Double?
        /// The name of the shape that the events have; `nil` when it is told by their content.
        public var format: String?
        /// The bytes of standard input, when `paths` names `-`; never written into the transcript.
        public var standardInput: [UInt8]?

        public init(
            paths: [String], since: String? = nil, until: String? = nil, hours: Double? = nil, format: String? = nil,
            standardInput: [UInt8]? = nil
        ) {
            self.paths = paths
            self.since = since
            self.until = until
            self.hours = hours
            self.format = format
            self.standardInput = standardInput
        }
    }

    /// Which events to fetch from Okta.
    public struct OktaRequest: Hashable, Sendable {
        /// Times as the user writes them.
        public var since: String?
        public var until: String?
        public var hours: Double?
        /// In Okta's SCIM form.
        public var filter: String?
        /// Whether to go on asking for new events until interrupted.
        public var follows: Bool

        public init(
            since: String? = nil, until: String? = nil, hours: Double? = nil, filter: String? = nil, follows: Bool = false
        ) {
            self.since = since
            self.until = until
            self.hours = hours
            self.filter = filter
            self.follows = follows
        }
    }
}
