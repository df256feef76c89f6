"""How someone proved who they are, and what `debugData` tells of each sort of event."""

from __future__ import annotations

NOBODY = {"authenticationProvider": None, "credentialProvider": None, "credentialType": None}
PASSWORD = {
    "authenticationProvider": "OKTA_AUTHENTICATION_PROVIDER",
    "credentialProvider": "OKTA_CREDENTIAL_PROVIDER",
    "credentialType": "PASSWORD",
}
FACTOR = {
    "authenticationProvider": "FACTOR_PROVIDER",
    "credentialProvider": "OKTA_CREDENTIAL_PROVIDER",
    "credentialType": "OTP",
}
SSO = {"authenticationProvider": None, "credentialProvider": None, "credentialType": "ASSERTION"}
TOKEN = {"authenticationProvider": None, "credentialProvider": None, "credentialType": "OAuth 2.0"}

PUSH = {
    "factor": "OKTA_VERIFY_PUSH",
    "factorIntent": "AUTHENTICATION",
    "pushOnlyResponseType": "OV_RESPONSE_ALLOW",
    "pushWithNumberChallengeResponseType": "n/a",
    "keyTypeUsedForAuthentication": "PROOF_OF_POSSESSION",
    "oktaUserAgentExtended": "okta-auth-js/7.8.1 okta-signin-widget-7.26.1",
}
GRANT = {
    "grantType": "authorization_code",
    "responseType": "code",
    "responseTime": "147",
    "requestedScopes": "openid,profile,email,offline_access,groups",
    "grantedScopes": "openid,profile,email,offline_access,groups",
    "audience": "api://default",
    "authorizationServer": "default",
    "clientAuthType": "client_secret_basic",
    "redirectUri": "https://login.app.example.com/oauth2/callback",
    "tokenAuthMethod": "client_secret_basic",
    "pkceMethod": "S256",
}
SIGN_ON = {
    "signOnMode": "SAML 2.0",
    "initiationType": "SP_INITIATED",
    "promptingPolicyTypes": "APP_SIGN_ON",
    "authMethodsUsed": '[{"methodType":"password"},{"methodType":"signed_nonce"}]',
}
CHANGE = {
    "changedAttributes": "department,manager,title,costCenter,officeLocation",
    "changeSource": "ADMIN_CONSOLE",
    "privilegeGranted": "n/a",
    "oktaUserAgentExtended": "okta-admin-console/2026.02.1",
    "tunnels": '[{"anonymous":false,"operator":null,"type":"n/a"}]',
    "adminConsolePath": "/admin/users?page=1&sort=lastUpdated&filter=status%20eq%20ACTIVE",
    "targetCount": "1",
    "asyncJob": "false",
    "apiVersion": "v1",
}
