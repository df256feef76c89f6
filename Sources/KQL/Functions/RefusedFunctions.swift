/// Functions of Kusto and its services that cannot work on one machine, or are not implemented. They are known, so
/// that a query that calls them is told why.
enum RefusedFunctions {
    /// `nil` for a name that is none of them.
    static func fault(of name: String) -> FunctionFault? {
        if let reason = environment[name.lowercased()] {
            return FunctionFault("SEM0001", "\(name)() is not available locally: \(reason)")
        }
        let prefixes = ["_asim_", "_im_", "imfileevent", "vim", "asim"]
        if prefixes.contains(where: name.lowercased().hasPrefix) {
            return FunctionFault(
                "SEM0001", "\(name)() is not available locally: it is a parser of the Sentinel workspace")
        }
        guard name.hasPrefix("geo_") || unsupported.contains(name) else { return nil }
        return FunctionFault("UNS0001", "\(name)() is not implemented")
    }

    /// Functions that need what only a service has.
    private static let environment: [String: String] = [
        "_getwatchlist": "watchlists belong to a Sentinel workspace",
        "_getwatchlistalias": "watchlists belong to a Sentinel workspace",
        "fileprofile": "file profiles come from Defender",
        "seenby": "device inventory comes from Defender",
        "deviceprofile": "device profiles come from Defender",
        "assignedipaddresses": "address assignments come from Defender",
        "geo_info_from_ip_address": "the table of addresses and places belongs to the service",
        "ingestion_time": "local tables do not record when a row came in",
        "workspace": "other workspaces cannot be reached",
        "app": "Application Insights cannot be reached",
        "resource": "other resources cannot be reached",
        "arg": "Azure Resource Graph cannot be reached",
        "adx": "other clusters cannot be reached",
        "cluster": "other clusters cannot be reached",
        "database": "there is one local database",
        "external_table": "there are no external tables",
        "materialized_view": "there are no materialized views",
        "stored_query_result": "there are no stored results",
        "current_principal": "there is no signed-in principal",
        "current_principal_details": "there is no signed-in principal",
        "current_principal_is_member_of": "there is no signed-in principal",
        "current_cluster_endpoint": "there is no cluster",
        "current_database": "there is one local database",
        "extent_id": "local tables have no extents",
        "extent_tags": "local tables have no extents",
        "cursor_after": "local tables have no cursors",
        "cursor_current": "local tables have no cursors",
        "cursor_before_or_at": "local tables have no cursors",
        "rowstore_ordinal_range": "local tables have no row store",
        "unifysigninlogs": "it is a function saved in a workspace",
        "awsidentityrole": "it is a function saved in a workspace",
        "ai_embeddings": "models cannot be called from a query",
    ]

    /// How the engine combines hashes is not published; the others tune a query that runs in a service.
    private static let unsupported: Set<String> = [
        "hash_many", "hash_combine", "series_dbl_exp_smoothing", "series_mv_ee_anomalies", "series_mv_if_anomalies",
        "series_mv_oc_anomalies", "datetime_list_timezones",
    ]
}
