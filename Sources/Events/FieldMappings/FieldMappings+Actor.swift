extension FieldMappings {
    /// Who acted.
    static let actor: [FieldMapping] = [
        // `ActorUserId` and `ActorUsername` are blank where Okta says "unknown", or where the login is no address.
        FieldMapping(
            "actor.id", elastic: ["okta.actor.id", "client.user.id", "source.user.id"],
            oktaV2: ["OriginalUserId", "ActorUserId"], ocsf: "actor.user.uid", flat: "actor_id"),
        FieldMapping(
            "actor.type", elastic: "okta.actor.type",
            oktaV2: [
                "OriginalUserType",
                Column(
                    "ActorUserType",
                    words: [
                        "Regular": "User", "Application": "PublicClientApp", "System Principal": "SystemPrincipal",
                    ]),
            ],
            ocsf: "actor.user.type", flat: "actor_type"),
        // ECS' `user.name` is the part before the @, and comes last.
        FieldMapping(
            "actor.alternateId", elastic: ["okta.actor.alternate_id", "user.email", "user.name"],
            oktaV2: ["OriginalActorAlternateId", "ActorUsername"], ocsf: ["actor.user.email_addr", "actor.user.name"]),
        FieldMapping(
            "actor.displayName",
            elastic: ["okta.actor.display_name", "client.user.full_name", "source.user.full_name", "user.full_name"],
            oktaV2: "ActorDisplayName", ocsf: "actor.user.full_name"),
        FieldMapping(
            "actor.detailEntry", .object, oktaV2: "ActorDetailEntry", ocsf: "unmapped.okta.actor_detail_entry"),
    ]

    /// From where, and with what.
    static let client: [FieldMapping] = [
        FieldMapping(
            "client.ipAddress", elastic: ["okta.client.ip", "client.ip", "source.ip"], oktaV2: "SrcIpAddr",
            ocsf: ["src_endpoint.ip", "device.ip"], flat: "ip_address"),
        FieldMapping(
            "client.userAgent.rawUserAgent", elastic: ["okta.client.user_agent.raw_user_agent", "user_agent.original"],
            oktaV2: "HttpUserAgent", ocsf: "http_request.user_agent", flat: "user_agent"),
        FieldMapping(
            "client.userAgent.os", elastic: "okta.client.user_agent.os", oktaV2: "SrcDvcOs",
            ocsf: ["device.os.name", "src_endpoint.os.name"]),
        FieldMapping("client.userAgent.browser", elastic: "okta.client.user_agent.browser", oktaV2: "ActingAppName"),
        FieldMapping(
            "client.zone", elastic: "okta.client.zone", oktaV2: "SrcZone", ocsf: ["src_endpoint.zone", "device.zone"]),
        FieldMapping(
            "client.device", elastic: "okta.client.device", oktaV2: "OriginalClientDevice", ocsf: "src_endpoint.type"),
        FieldMapping("client.id", elastic: "okta.client.id", oktaV2: "SrcDvcId"),
        FieldMapping(
            "client.geographicalContext.city", elastic: "client.geo.city_name", oktaV2: "SrcGeoCity",
            ocsf: ["src_endpoint.location.city", "device.location.city"], flat: "city"),
        FieldMapping(
            "client.geographicalContext.state", elastic: "client.geo.region_name", oktaV2: "SrcGeoRegion",
            ocsf: ["src_endpoint.location.region", "device.location.region"]),
        FieldMapping(
            "client.geographicalContext.country", elastic: "client.geo.country_name", oktaV2: "SrcGeoCountry",
            ocsf: ["src_endpoint.location.country", "device.location.country"], flat: "country"),
        FieldMapping(
            "client.geographicalContext.postalCode", oktaV2: "SrcGeoPostalCode",
            ocsf: ["src_endpoint.location.postal_code", "device.location.postal_code"]),
        FieldMapping(
            "client.geographicalContext.geolocation.lat", .number, elastic: "client.geo.location.lat",
            oktaV2: "SrcGeoLatitude",
            ocsf: [
                "src_endpoint.location.lat", "src_endpoint.location.coordinates.1", "device.location.coordinates.1",
            ]),
        // `Longtitude` is how the table spells it.
        FieldMapping(
            "client.geographicalContext.geolocation.lon", .number, elastic: "client.geo.location.lon",
            oktaV2: ["SrcGeoLongtitude", "SrcGeoLongitude"],
            ocsf: [
                "src_endpoint.location.long", "src_endpoint.location.coordinates.0", "device.location.coordinates.0",
            ]),
        // Of the device Okta writes more keys, in snake case; those of text are read by the rule for containers.
        device("id", .text), device("managed", .boolean), device("registered", .boolean), device("jailbreak", .boolean),
        device("secure_hardware_present", .boolean),
    ]

    private static func device(_ key: String, _ kind: FieldKind) -> FieldMapping {
        FieldMapping("device." + key, kind, console: [], elastic: .named([Column("okta.device." + key)]), oktaCL: [])
    }
}
