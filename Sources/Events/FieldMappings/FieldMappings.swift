/// The fields of the System Log and their names in each shape: the one table from which events are converted and from
/// which it is told what a shape cannot supply.
///
/// To add a field: one row in the file of its topic. To add a shape: one case of ``EventShape``, its columns in the
/// rows, one file in `Formats/`.
///
/// Sources of the names, which are facts about these products:
/// - Admin Console CSV: columns read by public tools that take it, the others by the same rule;
/// - Elastic: ingest pipeline and `fields.yml` of the Okta integration (elastic/integrations, Elastic License 2.0);
/// - Okta_CL, OktaV2_CL: the connector's data collection rule and the OktaSSO parser (Azure/Azure-Sentinel, MIT);
/// - OCSF: mapping of Okta's System Log in ocsf/examples (Apache-2.0) and in msaad00/cloud-ai-security-skills;
/// - Okta's own paths: `LogEvent` of Okta's management OpenAPI specification (Apache-2.0), and real events.
enum FieldMappings {
    /// All rows, in the order in which Okta lists the fields.
    static let all: [FieldMapping] = event + actor + client + authentication + security + context

    /// The paths whose absence makes a detector or a rule blind.
    private static let important: [String] =
        EventField.allCases.map(\.rawValue) + NumberField.allCases.map(\.rawValue)
        + ["debugContext.debugData", "device", "target"]

    /// The important paths that a shape has no column for.
    static func missing(in shape: EventShape, besides others: [String] = []) -> [String] {
        missing(supplied: all.filter { !$0.columns(in: shape).isEmpty }.map(\.path) + others)
    }

    /// The important paths that are not among the supplied ones, do not lie inside one, and hold none; in one name
    /// where all of an object is missing.
    static func missing(supplied: [String]) -> [String] {
        let missing = important.filter { path in
            !supplied.contains { $0 == path || path.hasPrefix($0 + ".") || $0.hasPrefix(path + ".") }
        }
        return missing.filter { path in !missing.contains { path.hasPrefix($0 + ".") } }
    }
}
