import Testing

@testable import KQL

private let catalog = Catalog([
    "Signins": TableSchema(columns: [
        ColumnSchema("TimeGenerated", .datetime), ColumnSchema("User", .string), ColumnSchema("IP", .string),
        ColumnSchema("Result", .string), ColumnSchema("Risk", .int), ColumnSchema("Details", .dynamic),
        ColumnSchema("Raw", .string), ColumnSchema("IsProxy", .bool),
    ]),
    "Processes": TableSchema(columns: [
        ColumnSchema("TimeGenerated", .datetime), ColumnSchema("Device", .string), ColumnSchema("User", .string),
        ColumnSchema("CommandLine", .string), ColumnSchema("Size", .long),
    ]),
])

@Suite("Hunting queries as people write them")
struct HuntingQueryTests {
    @Test(
        "They are bound",
        arguments: [
            "Signins | where TimeGenerated > ago(1d) and Result == 'FAILURE' | summarize n = count() by"
                + " User, bin(TimeGenerated, 1h) | where n > 5",
            "Signins | where TimeGenerated between (ago(14d) .. 7d) | extend d = parse_json(Raw) | extend c"
                + " = tostring(d.location.city)",
            "let list = dynamic(['a', 'b']); Signins | where User in~ (list) or Raw has_any (list) or"
                + " Details.x in (list)",
            "Signins | where User !in ((Processes | distinct User)) and not(Raw has 'x')",
            "let start = ago(7d); let end = now(); Signins | where TimeGenerated between (start .. end) |"
                + " top 10 by TimeGenerated desc",
            "Signins | join kind=inner (Processes | project Device, User, Seen = TimeGenerated) on User |"
                + " where Seen - TimeGenerated between (0min .. 10min)",
            "Signins | where Details.kind == 'x' and Details.n > 5 and toint(Details.m) < 3 | extend head ="
                + " Details.list[0].name",
            "Signins | extend s = iff(isempty(User), 'none', User), c = case(Risk > 80, 'high', Risk > 20,"
                + " 'medium', 'low')",
            "Signins | summarize ips = make_set(IP, 100), arg_max(TimeGenerated, *) by User | extend n ="
                + " array_length(ips)",
            "Signins | summarize text = strcat_array(make_set(IP), ','), share = round(100.0 *"
                + " countif(IsProxy) / count(), 2) by User",
            "Signins | mv-expand p = Details.items | extend name = tostring(p.name), value = trim('\"',"
                + " tostring(p.value))",
            "Signins | mv-apply p = Details.items on (where p.name == 'x' | extend v = tostring(p.value)) |"
                + " project User, v",
            "Signins | make-series n = count() default=0 on TimeGenerated from ago(7d) to now() step 1d by User"
                + " | extend (flag, score, base) = series_decompose_anomalies(n, 1.5)"
                + " | mv-expand flag to typeof(double), TimeGenerated to typeof(datetime), n to typeof(long)"
                + " | where flag > 0 and n > 3",
            "union isfuzzy=true (Signins | project User, IP), (Missing | project User), (Processes | project"
                + " User, Device)",
            "let f = (name: string) { table(name) | where TimeGenerated > ago(1h) }; union f('Signins'),"
                + " f('Processes') | count",
            "let t = 5; let risky = (limit: int) { Signins | where Risk > limit }; risky(t) | summarize"
                + " count() by User",
            "Signins | where * has 'x' | extend c = column_ifexists('Country', ''), h = hash_sha256(User)",
            "Signins | sort by User asc, TimeGenerated asc | serialize | extend gap ="
                + " datetime_diff('minute', TimeGenerated, prev(TimeGenerated)), same = User == prev(User)",
            "Processes | extend b64 = extract(@'-enc\\s+(\\S+)', 1, CommandLine) | where isnotempty(b64) |"
                + " extend text = base64_decode_tostring(b64)",
            "Processes | extend n = extract('([0-9]+)', 1, CommandLine, typeof(long)) | where n > 100 |"
                + " project-reorder n, Device",
            "Processes | summarize total = sum(Size), start = min(TimeGenerated), stop = max(TimeGenerated)"
                + " by Device | extend hours = (stop - start) / 1h",
            "Signins | summarize dcount(IP), dcountif(IP, IsProxy), take_any(User), percentile(Risk, 95) by"
                + " bin(TimeGenerated, 1d), User | order by dcount_IP",
            "Signins | where ipv4_is_private(IP) == false and Raw matches regex @'[0-9]{1,3}' and IsProxy |"
                + " distinct User, IP",
            "Signins | parse Raw with * 'id=' id:long ' ' rest | where isnotnull(id) | project id, rest",
            "let known = Signins | summarize by User; Signins | join kind=leftanti known on User | lookup"
                + " (Processes | distinct User, Device) on User",
            "let worst = toscalar(Signins | summarize max(Risk)); Signins | where Risk == worst | take 5",
            "Signins | extend day = startofday(TimeGenerated), hour = hourofday(TimeGenerated) | summarize"
                + " count() by day, hour | render timechart",
            "search in (Signins, Processes) 'mimikatz' or User == 'x' | take 10",
        ])
    func bound(query: String) throws {
        #expect(!(try bind(query, catalog)).columns.isEmpty)
    }
}
