"""The kinds of events, with all that is the same for every event of a kind.

Names, legacy names and messages are those of Okta's catalogue of event types and of its documentation's samples.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from .circumstances import CHANGE, FACTOR, GRANT, NOBODY, PASSWORD, PUSH, SIGN_ON, SSO, TOKEN
from .tokens import members, text


class Kind(NamedTuple):
    """Pieces of JSON without braces; which targets and which actor an event of this kind has, and whether a risk."""

    name: str
    naming: str
    legacy: str
    authentication: str
    debug: str
    targets: str
    is_by_client: bool
    has_risk: bool


def kind(
    name: str,
    legacy: str | None,
    message: str,
    uri: str,
    targets: str,
    authentication: Mapping[str, str | None] = NOBODY,
    debug: Mapping[str, str] | None = None,
    by_client: bool = False,
) -> Kind:
    """Okta weighs the risk where it decides whom to let in, which are the kinds that carry no details of their own."""
    context = dict(authentication, issuer=None, interface=None, authenticationStep=0)
    return Kind(
        name,
        members({"displayMessage": message, "eventType": name}),
        text(legacy),
        members(context),
        members(dict(debug or {}, requestUri=uri, url=f"{uri}?", threatSuspected="false")),
        targets,
        by_client,
        has_risk=not debug,
    )


IDENTIFY, CHALLENGE = "/idp/idx/identify", "/idp/idx/challenge/answer"
LIFECYCLE, GROUPS = "/api/v1/users/me/lifecycle", "/api/v1/groups/users"


def sign_in(name: str, legacy: str | None, message: str, uri: str = IDENTIFY, targets: str = "authenticator") -> Kind:
    return kind(name, legacy, message, uri, targets, PASSWORD)


def policy(uri: str, targets: str) -> Kind:
    return kind("policy.evaluate_sign_on", None, "Evaluation of sign-on policy", uri, targets)


def factor(name: str, legacy: str | None, message: str, targets: str = "authenticator application") -> Kind:
    return kind(name, legacy, message, CHALLENGE, targets, FACTOR)


def push(name: str, message: str, answer: str = "OV_RESPONSE_ALLOW") -> Kind:
    return kind(name, None, message, CHALLENGE, "user", FACTOR, {**PUSH, "pushOnlyResponseType": answer})


def single_sign_on(name: str, legacy: str, message: str, uri: str, targets: str = "application user") -> Kind:
    return kind(name, legacy, message, uri, targets, SSO, SIGN_ON)


def grant(name: str, message: str, uri: str = "/oauth2/default/v1/token") -> Kind:
    return kind(f"app.oauth2.as.token.{name}", None, message, uri, "token user", TOKEN, GRANT, by_client=True)


def change(name: str, legacy: str, message: str, uri: str, targets: str = "user") -> Kind:
    return kind(name, legacy, message, uri, targets, debug=CHANGE)


# MARK: Signing in and out

SESSION_START = sign_in("user.session.start", "core.user_auth.login_success", "User login to Okta")
SESSION_FAILED = sign_in("user.session.start", "core.user_auth.login_failed", "User login to Okta")
SESSION_END = single_sign_on(
    "user.session.end", "core.user_auth.logout_success", "User logout from Okta", "/login/signout", "none"
)
LOCKED = sign_in("user.account.lock", "core.user_auth.account_locked", "Max sign in attempts exceeded", targets="user")
THREAT = kind("security.threat.detected", None, "Request from suspicious actor", IDENTIFY, "authenticator")
POLICY = policy(IDENTIFY, "policy")
APP_POLICY = policy(CHALLENGE, "policy application")
MFA = factor("user.authentication.auth_via_mfa", "core.user.factor.attempt_success", "Authentication of user via MFA")
VERIFY = factor("user.authentication.verify", None, "Verify user identity")
PUSH_SENT = push("system.push.send_factor_verify_push", "Send a push notification to a device to verify a user")
PUSH_ANSWERED = push("user.mfa.okta_verify", "Verify user with Okta Verify")
PUSH_DENIED = push("user.mfa.okta_verify.deny_push", "User rejected Okta push verify", "OV_RESPONSE_DENY")

# MARK: Using applications

SINGLE_SIGN_ON = single_sign_on(
    "user.authentication.sso", "core.user_auth.sso", "User single sign on to app", "/app/example/exk1sso/sso/saml"
)
ADMIN_CONSOLE = single_sign_on(
    "user.session.access_admin_app",
    "app.admin.sso.login.success",
    "User accessing Okta admin app",
    "/admin/sso/request",
    "console",
)
UNASSIGNED = single_sign_on(
    "app.generic.unauth_app_access_attempt",
    "app.generic.unauth_app_access_attempt",
    "User attempted unauthorized access to app",
    "/home/oidc_client/sso",
)
CODE_ASKED = kind(
    "app.oauth2.as.authorize",
    None,
    "OAuth2 authorization request",
    "/oauth2/default/v1/authorize",
    "application",
    TOKEN,
    GRANT,
)
ACCESS_TOKEN = grant("grant.access_token", "OAuth2 access token is granted")
ID_TOKEN = grant("grant.id_token", "OAuth2 id token is granted")
REFRESH_TOKEN = grant("grant.refresh_token", "OAuth2 refresh token is granted")
REVOKED = grant("revoke", "OAuth2 token revocation request", "/oauth2/default/v1/revoke")

# MARK: Changing accounts

PASSWORD_CHANGED = sign_in(
    "user.account.update_password",
    "core.user.config.password_update.success",
    "User update password for Okta",
    "/enduser/settings/password",
    "user",
)
FACTOR_ADDED = factor(
    "user.mfa.factor.activate",
    "core.user.factor.activate",
    "Activate factor or authenticator enrollment",
    "authenticator user",
)
FACTOR_RESET = change(
    "user.mfa.factor.deactivate",
    "core.user.factor.deactivate",
    "Reset factor for user",
    "/api/v1/users/me/factors",
    "authenticator user",
)
PASSWORD_RESET = change(
    "user.account.reset_password",
    "core.user.config.user_status.password_reset",
    "User reset password for Okta (by admin)",
    f"{LIFECYCLE}/reset_password",
)
PROFILE = change(
    "user.account.update_profile",
    "core.user.config.profile_update.success",
    "Update user profile for Okta",
    "/api/v1/users/me",
)
CREATED = change("user.lifecycle.create", "core.user.config.user_creation.success", "Create okta user", "/api/v1/users")
ACTIVATED = change(
    "user.lifecycle.activate", "core.user.config.user_activated", "Activate Okta user", f"{LIFECYCLE}/activate"
)
SUSPENDED = change(
    "user.lifecycle.suspend", "core.user.config.user_suspended", "Suspend okta user", f"{LIFECYCLE}/suspend"
)
JOINED = change(
    "group.user_membership.add",
    "core.user_group_member.user_add",
    "Add user to group membership",
    GROUPS,
    "user group",
)
LEFT = change(
    "group.user_membership.remove",
    "core.user_group_member.user_remove",
    "Remove user from group membership",
    GROUPS,
    "user group",
)
ASSIGNED = change(
    "application.user_membership.add",
    "app.generic.config.app_assigned",
    "Add user to application membership",
    "/admin/app/instance/assignments",
    "user application",
)
RULE = change("policy.rule.update", "policy.rule.update", "Update policy rule", "/api/v1/policies/rules", "policy")
API_TOKEN = change("system.api_token.create", "api.token.create", "Create API token", "/api/internal/tokens", "token")
