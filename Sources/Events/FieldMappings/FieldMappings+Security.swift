extension FieldMappings {
    /// How the actor proved who they are.
    static let authentication: [FieldMapping] = [
        FieldMapping(
            "authenticationContext.authenticationProvider",
            elastic: "okta.authentication_context.authentication_provider",
            oktaV2: "AuthenticationContextAuthenticationProvider"),
        FieldMapping(
            "authenticationContext.credentialProvider", elastic: "okta.authentication_context.credential_provider",
            oktaV2: "AuthenticationContextCredentialProvider"),
        FieldMapping(
            "authenticationContext.credentialType", elastic: "okta.authentication_context.credential_type",
            oktaV2: "LogonMethod"),
        FieldMapping(
            "authenticationContext.issuer", .object, console: [], oktaCL: [], ocsf: "unmapped.okta.authn_issuer"),
        FieldMapping(
            "authenticationContext.issuer.id", elastic: "okta.authentication_context.issuer.id",
            oktaCL: ["authenticationContext_issuerId", "authenticationContext_issuer_id"],
            oktaV2: "AuthenticationContextIssuerId"),
        FieldMapping(
            "authenticationContext.issuer.type", elastic: "okta.authentication_context.issuer.type",
            oktaCL: ["authenticationContext_issuerType", "authenticationContext_issuer_type"],
            oktaV2: "AuthenticationContextIssuerType"),
        FieldMapping(
            "authenticationContext.interface", elastic: "okta.authentication_context.interface",
            oktaV2: "AuthenticationContextInterface"),
        FieldMapping(
            "authenticationContext.authenticationStep", .integer,
            elastic: "okta.authentication_context.authentication_step",
            oktaV2: "AuthenticationContextAuthenticationStep"),
        FieldMapping(
            "authenticationContext.externalSessionId", elastic: "okta.authentication_context.external_session_id",
            oktaV2: "ActorSessionId", ocsf: ["session.uid", "actor.session.uid"]),
        FieldMapping(
            "authenticationContext.rootSessionId", console: [], oktaCL: [], ocsf: "unmapped.okta.root_session_id"),
    ]

    /// What Okta knows of the network that the request came from.
    static let security: [FieldMapping] = [
        FieldMapping(
            "securityContext.asNumber", .integer, elastic: ["okta.security_context.as.number", "client.as.number"],
            oktaV2: "SecurityContextAsNumber", ocsf: "src_endpoint.autonomous_system.number"),
        FieldMapping(
            "securityContext.asOrg",
            elastic: ["okta.security_context.as.organization.name", "client.as.organization.name"],
            oktaV2: "SecurityContextAsOrg", ocsf: ["src_endpoint.autonomous_system.name", "device.org.name"]),
        FieldMapping(
            "securityContext.isp", elastic: "okta.security_context.isp", oktaV2: "SrcIsp",
            ocsf: ["src_endpoint.location.isp", "device.location.isp"]),
        FieldMapping(
            "securityContext.domain", elastic: ["okta.security_context.domain", "client.domain", "source.domain"],
            oktaV2: "SecurityContextDomain", ocsf: ["src_endpoint.domain", "device.domain"]),
        FieldMapping(
            "securityContext.isProxy", .boolean, elastic: "okta.security_context.is_proxy",
            oktaV2: "SecurityContextIsProxy", ocsf: "src_endpoint.is_proxy"),
    ]
}
