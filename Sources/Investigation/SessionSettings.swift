internal import Detection
public import Diagnostics
public import Hunting
internal import JSON
public import Tables

/// What decides a session's results besides its input: recorded in its first record, so that a replay decides alike.
public struct SessionSettings: Hashable, Sendable {
    /// `--now`.
    public var now: Timestamp?
    /// The score from which a finding becomes an incident.
    public var promoteThreshold = 0.6
    public var burstCount = 5
    /// In seconds.
    public var burstWindow = 600.0
    /// In seconds.
    public var travelWindow = 3600.0
    /// Addresses of the organisation's own ways out, such as a VPN: who comes from there may be anywhere.
    public var knownExits: [String] = []
    /// The values of Sigma's placeholders, by name.
    public var placeholders: [String: [String]] = [:]
    /// How long a query may take, in seconds.
    public var queryTime = 300.0
    /// ``queryTime``, a day at most.
    var queryDuration: Duration { .seconds(min(max(queryTime.isNaN ? 0 : queryTime, 0.001), 86_400)) }
    /// How many rows a query's result may have; more are counted and left out.
    public var queryRows = 500_000
    /// How much of the past one hunt reads.
    public var huntLimits = HuntLimits()
    /// The org's address for commands.
    public var orgURL: String?

    /// The defaults.
    public init() {}

    /// The settings of a configuration.
    public init(_ configuration: Configuration, now: Timestamp?) throws(Diagnostic) {
        self.now = now
        promoteThreshold = try configuration.number("PROMOTE_THRESHOLD") ?? promoteThreshold
        burstCount = Int(min(try configuration.number("FAILED_LOGIN_BURST_COUNT") ?? 5, 1e6))
        burstWindow = try configuration.number("FAILED_LOGIN_BURST_WINDOW") ?? burstWindow
        travelWindow = try configuration.number("IMPOSSIBLE_TRAVEL_WINDOW") ?? travelWindow
        queryTime = try configuration.number("KQL_TIMEOUT") ?? queryTime
        queryRows = Int(min(try configuration.number("KQL_MAX_ROWS") ?? 500_000, 1e9))
        huntLimits = try Self.huntLimits(configuration, rows: queryRows)
        orgURL = configuration["OKTA_ORG_URL"]
        placeholders = configuration.placeholders
        knownExits = (configuration["KNOWN_EXITS"] ?? "").split { $0 == "," || $0 == " " }.map(String.init)
    }

    /// Hours become seconds; a default beyond the maximum is cut to it.
    private static func huntLimits(_ configuration: Configuration, rows: Int) throws(Diagnostic) -> HuntLimits {
        let usual = HuntLimits()
        let hours = try configuration.number("HUNT_DEFAULT_HOURS"), most = try configuration.number("HUNT_MAX_HOURS")
        let maximum = min(most.map { $0 * 3600 } ?? usual.maximumWindow, 3.2e9)
        return HuntLimits(
            defaultWindow: min(hours.map { $0 * 3600 } ?? usual.defaultWindow, maximum), maximumWindow: maximum,
            rows: min(usual.rows, rows))
    }

    /// The built-in detectors, with these settings in place of their own.
    var detectors: [any Detector] {
        Detectors.all.map { detector in
            switch detector {
            case is FailedLoginBurst: FailedLoginBurst(threshold: burstCount, window: burstWindow)
            case is ImpossibleTravel: ImpossibleTravel(window: travelWindow, knownExits: Set(knownExits))
            default: detector
            }
        }
    }

    /// The settings in the session's first record.
    var json: JSONValue {
        [
            "now": JSONValue(now?.description), "promote_threshold": JSONValue(promoteThreshold),
            "failed_login_burst_count": .integer(Int64(burstCount)),
            "failed_login_burst_window": JSONValue(burstWindow), "impossible_travel_window": JSONValue(travelWindow),
            "known_exits": JSONValue(knownExits),
            "kql_timeout": JSONValue(queryTime), "kql_max_rows": .integer(Int64(queryRows)),
            "hunt_default_window": JSONValue(huntLimits.defaultWindow),
            "hunt_max_window": JSONValue(huntLimits.maximumWindow), "hunt_rows": .integer(Int64(huntLimits.rows)),
            "okta_org_url": JSONValue(orgURL),
            "placeholders": .object(
                placeholders.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, JSONValue($0.value)) }),
        ]
    }

    /// The settings of a recorded session; what the record lacks has its default.
    init(json: JSONValue) {
        now = json["now"]?.string.flatMap { Timestamp($0) }
        promoteThreshold = json["promote_threshold"]?.double ?? promoteThreshold
        burstCount = json["failed_login_burst_count"]?.integer.map { Int(clamping: $0) } ?? burstCount
        burstWindow = json["failed_login_burst_window"]?.double ?? burstWindow
        travelWindow = json["impossible_travel_window"]?.double ?? travelWindow
        knownExits = json["known_exits"]?.strings ?? []
        queryTime = json["kql_timeout"]?.double ?? queryTime
        queryRows = json["kql_max_rows"]?.integer.map { Int(clamping: $0) } ?? queryRows
        huntLimits = HuntLimits(
            defaultWindow: json["hunt_default_window"]?.double ?? huntLimits.defaultWindow,
            maximumWindow: json["hunt_max_window"]?.double ?? huntLimits.maximumWindow,
            rows: json["hunt_rows"]?.integer.map { Int(clamping: $0) } ?? huntLimits.rows)
        orgURL = json["okta_org_url"]?.string
        for member in json["placeholders"]?.members ?? [] { placeholders[member.key] = member.value.strings ?? [] }
    }
}
