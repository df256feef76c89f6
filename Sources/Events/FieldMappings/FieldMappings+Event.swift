extension FieldMappings {
    /// What happened, when, and how it ended.
    static let event: [FieldMapping] = [
        FieldMapping(
            "uuid", elastic: ["okta.uuid", "event.id"], oktaV2: "EventOriginalUid", ocsf: "metadata.uid", flat: "id"),
        // Splunk's `_time` is the event's own time; Elastic's pipeline moves `published` to `@timestamp`.
        FieldMapping(
            "published", .time, console: "timestamp", elastic: "@timestamp", oktaCL: ["published", "TimeGenerated"],
            oktaV2: "TimeGenerated", ocsf: ["time", "time_dt"], flat: "timestamp", dotted: "_time"),
        FieldMapping(
            "eventType", elastic: ["okta.event_type", "event.action"], oktaV2: "EventOriginalType",
            ocsf: ["unmapped.okta.event_type", "metadata.event_code", "api.operation"], flat: "event_type"),
        FieldMapping("version", elastic: "okta.version", oktaV2: "Version"),
        // ASIM has one word for DEBUG and INFO: that one cannot be led back.
        FieldMapping(
            "severity", elastic: "okta.severity",
            oktaV2: ["OriginalSeverity", Column("EventSeverity", words: ["Medium": "WARN", "High": "ERROR"])]),
        FieldMapping("legacyEventType", oktaV2: "LegacyEventType", ocsf: "unmapped.okta.legacy_event_type"),
        FieldMapping("displayMessage", elastic: "okta.display_message", oktaV2: "EventMessage", ocsf: "message"),
    ]

    /// How it ended, and what it was done to.
    static let context: [FieldMapping] = [
        // ECS, ASIM and OCSF know fewer results: SUCCESS may have been ALLOW, FAILURE may have been DENY. They serve
        // only where the result itself is gone.
        FieldMapping(
            "outcome.result",
            elastic: [
                "okta.outcome.result", Column("event.outcome", words: ["success": "SUCCESS", "failure": "FAILURE"]),
            ],
            oktaV2: [
                "OriginalOutcomeResult",
                Column(
                    "EventResult",
                    words: ["Success": "SUCCESS", "Failure": "FAILURE", "Partial": "CHALLENGE", "NA": "UNKNOWN"]),
            ],
            ocsf: [
                Column("status_id", words: ["1": "SUCCESS", "2": "FAILURE"]),
                Column("status", words: ["Success": "SUCCESS", "Failure": "FAILURE"]),
            ],
            flat: "outcome"),
        FieldMapping(
            "outcome.reason", elastic: "okta.outcome.reason", oktaV2: "EventOriginalResultDetails",
            ocsf: "status_detail"),
        FieldMapping("target", .list, console: [], elastic: "okta.target", oktaV2: "OriginalTarget"),
        FieldMapping("target.0.id", console: "target0.id", oktaCL: [], flat: "target_id"),
        FieldMapping("target.0.type", console: "target0.type", oktaCL: []),
        FieldMapping("target.0.alternateId", console: "target0.alternate_id", oktaCL: []),
        FieldMapping("target.0.displayName", console: "target0.display_name", oktaCL: []),
        FieldMapping(
            "transaction.id", elastic: "okta.transaction.id", oktaV2: "TransactionId",
            ocsf: "unmapped.okta.transaction_id"),
        FieldMapping(
            "transaction.type", elastic: "okta.transaction.type", oktaV2: "TransactionType",
            ocsf: "unmapped.okta.transaction_type"),
        FieldMapping(
            "transaction.detail", .object, oktaCL: ["transaction_detail", "transaction_details"],
            oktaV2: "TransactionDetail", ocsf: "unmapped.okta.transaction_detail"),
        FieldMapping("transaction.detail.requestApiTokenId", elastic: "okta.transaction.detail.request_api_token_id"),
        FieldMapping("request", .object, console: [], oktaCL: [], oktaV2: "Request"),
        FieldMapping("request.ipChain", .list, elastic: "okta.request.ip_chain"),
        FieldMapping(
            "debugContext.debugData", .object, elastic: "okta.debug_context.debug_data.flattened", oktaV2: "DebugData",
            ocsf: "unmapped.okta.debug_data"),
    ]
}
