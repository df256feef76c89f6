extension FieldTree.Sign {
    /// The format of the event; `nil` when no key told it.
    var format: Format? {
        switch self {
        case .none: nil
        case .native, .eventBridge, .splunkHEC: .oktaLogEvent
        case .panther: .panther
        case .collector, .other: nil
        }
    }

    /// The name of the wrapping.
    var envelopeName: String? {
        switch self {
        case .none, .native, .panther, .collector, .other: nil
        case .eventBridge: "eventbridge"
        case .splunkHEC: "splunk_hec"
        }
    }
}
