// The rules of Sources/Detection/Rules, by name. To add one: three lines here, in the order of the names.

#include "detection_rules.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

#define RULE(name) { name, (const unsigned char[]) {
#define END , 0 } },

static const struct detection_rule rules[] = {
    RULE("account_locked")
#embed "../Detection/Rules/account_locked.yml"
    END
    RULE("account_locked_repeatedly")
#embed "../Detection/Rules/account_locked_repeatedly.yml"
    END
    RULE("activity_after_deactivation")
#embed "../Detection/Rules/activity_after_deactivation.yml"
    END
    RULE("activity_reported_by_user")
#embed "../Detection/Rules/activity_reported_by_user.yml"
    END
    RULE("admin_action_through_proxy")
#embed "../Detection/Rules/admin_action_through_proxy.yml"
    END
    RULE("admin_console_from_new_device_and_address")
#embed "../Detection/Rules/admin_console_from_new_device_and_address.yml"
    END
    RULE("admin_console_opened")
#embed "../Detection/Rules/admin_console_opened.yml"
    END
    RULE("admin_console_refused")
#embed "../Detection/Rules/admin_console_refused.yml"
    END
    RULE("admin_console_with_weak_factor")
#embed "../Detection/Rules/admin_console_with_weak_factor.yml"
    END
    RULE("admin_role_granted_to_group")
#embed "../Detection/Rules/admin_role_granted_to_group.yml"
    END
    RULE("admin_role_granted_to_user")
#embed "../Detection/Rules/admin_role_granted_to_user.yml"
    END
    RULE("administrator_factor_removed")
#embed "../Detection/Rules/administrator_factor_removed.yml"
    END
    RULE("all_factors_reset")
#embed "../Detection/Rules/all_factors_reset.yml"
    END
    RULE("api_token_allowed_from_anywhere")
#embed "../Detection/Rules/api_token_allowed_from_anywhere.yml"
    END
    RULE("api_token_changes_in_bulk")
#embed "../Detection/Rules/api_token_changes_in_bulk.yml"
    END
    RULE("api_token_created")
#embed "../Detection/Rules/api_token_created.yml"
    END
    RULE("api_token_revoked")
#embed "../Detection/Rules/api_token_revoked.yml"
    END
    RULE("api_token_used_outside_its_zone")
#embed "../Detection/Rules/api_token_used_outside_its_zone.yml"
    END
    RULE("application_deleted_or_deactivated")
#embed "../Detection/Rules/application_deleted_or_deactivated.yml"
    END
    RULE("application_modified")
#embed "../Detection/Rules/application_modified.yml"
    END
    RULE("application_password_of_other_user_revealed")
#embed "../Detection/Rules/application_password_of_other_user_revealed.yml"
    END
    RULE("application_password_revealed")
#embed "../Detection/Rules/application_password_revealed.yml"
    END
    RULE("application_passwords_revealed_in_bulk")
#embed "../Detection/Rules/application_passwords_revealed_in_bulk.yml"
    END
    RULE("application_pushes_passwords")
#embed "../Detection/Rules/application_pushes_passwords.yml"
    END
    RULE("application_sign_on_policy_changed")
#embed "../Detection/Rules/application_sign_on_policy_changed.yml"
    END
    RULE("applications_challenged_in_one_session")
#embed "../Detection/Rules/applications_challenged_in_one_session.yml"
    END
    RULE("applications_probed")
#embed "../Detection/Rules/applications_probed.yml"
    END
    RULE("behaviour_detection_deleted")
#embed "../Detection/Rules/behaviour_detection_deleted.yml"
    END
    RULE("block_list_removed")
#embed "../Detection/Rules/block_list_removed.yml"
    END
    RULE("breached_credential_used")
#embed "../Detection/Rules/breached_credential_used.yml"
    END
    RULE("client_credentials_refused")
#embed "../Detection/Rules/client_credentials_refused.yml"
    END
    RULE("client_secret_read")
#embed "../Detection/Rules/client_secret_read.yml"
    END
    RULE("client_tokens_to_many_addresses")
#embed "../Detection/Rules/client_tokens_to_many_addresses.yml"
    END
    RULE("cloud_console_from_new_device")
#embed "../Detection/Rules/cloud_console_from_new_device.yml"
    END
    RULE("custom_admin_role_assigned")
#embed "../Detection/Rules/custom_admin_role_assigned.yml"
    END
    RULE("device_assurance_deleted")
#embed "../Detection/Rules/device_assurance_deleted.yml"
    END
    RULE("device_enrolled")
#embed "../Detection/Rules/device_enrolled.yml"
    END
    RULE("device_enrolled_from_threat_address")
#embed "../Detection/Rules/device_enrolled_from_threat_address.yml"
    END
    RULE("device_token_rotated_while_guessing")
#embed "../Detection/Rules/device_token_rotated_while_guessing.yml"
    END
    RULE("device_token_shared_behind_proxy")
#embed "../Detection/Rules/device_token_shared_behind_proxy.yml"
    END
    RULE("device_with_suspicious_name")
#embed "../Detection/Rules/device_with_suspicious_name.yml"
    END
    RULE("directory_agent_configuration_changed")
#embed "../Detection/Rules/directory_agent_configuration_changed.yml"
    END
    RULE("directory_agent_created")
#embed "../Detection/Rules/directory_agent_created.yml"
    END
    RULE("directory_sign_in_failures_in_bulk")
#embed "../Detection/Rules/directory_sign_in_failures_in_bulk.yml"
    END
    RULE("factor_deactivated")
#embed "../Detection/Rules/factor_deactivated.yml"
    END
    RULE("factor_suspended")
#embed "../Detection/Rules/factor_suspended.yml"
    END
    RULE("factor_updated")
#embed "../Detection/Rules/factor_updated.yml"
    END
    RULE("fastpass_declined_phishing")
#embed "../Detection/Rules/fastpass_declined_phishing.yml"
    END
    RULE("fastpass_unexpected_program")
#embed "../Detection/Rules/fastpass_unexpected_program.yml"
    END
    RULE("group_membership_surge")
#embed "../Detection/Rules/group_membership_surge.yml"
    END
    RULE("high_risk_sign_in_succeeded")
#embed "../Detection/Rules/high_risk_sign_in_succeeded.yml"
    END
    RULE("high_risk_sign_in_then_admin_change")
#embed "../Detection/Rules/high_risk_sign_in_then_admin_change.yml"
    END
    RULE("identity_provider_changed")
#embed "../Detection/Rules/identity_provider_changed.yml"
    END
    RULE("identity_provider_created")
#embed "../Detection/Rules/identity_provider_created.yml"
    END
    RULE("identity_threat_intelligence")
#embed "../Detection/Rules/identity_threat_intelligence.yml"
    END
    RULE("identity_threat_mfa_brute_force")
#embed "../Detection/Rules/identity_threat_mfa_brute_force.yml"
    END
    RULE("identity_threat_session_hijack")
#embed "../Detection/Rules/identity_threat_session_hijack.yml"
    END
    RULE("identity_verification_failed")
#embed "../Detection/Rules/identity_verification_failed.yml"
    END
    RULE("known_intruder_account_name")
#embed "../Detection/Rules/known_intruder_account_name.yml"
    END
    RULE("legacy_ws_federation_sign_in")
#embed "../Detection/Rules/legacy_ws_federation_sign_in.yml"
    END
    RULE("log_stream_changed")
#embed "../Detection/Rules/log_stream_changed.yml"
    END
    RULE("log_stream_stopped")
#embed "../Detection/Rules/log_stream_stopped.yml"
    END
    RULE("long_user_name_delegated_sign_in")
#embed "../Detection/Rules/long_user_name_delegated_sign_in.yml"
    END
    RULE("many_devices_from_one_address")
#embed "../Detection/Rules/many_devices_from_one_address.yml"
    END
    RULE("many_devices_of_one_user")
#embed "../Detection/Rules/many_devices_of_one_user.yml"
    END
    RULE("mfa_bypass_attempted")
#embed "../Detection/Rules/mfa_bypass_attempted.yml"
    END
    RULE("mfa_failures_of_one_user")
#embed "../Detection/Rules/mfa_failures_of_one_user.yml"
    END
    RULE("mfa_prompt_unanswered")
#embed "../Detection/Rules/mfa_prompt_unanswered.yml"
    END
    RULE("mfa_prompts_unanswered_from_one_address")
#embed "../Detection/Rules/mfa_prompts_unanswered_from_one_address.yml"
    END
    RULE("mfa_wrong_code")
#embed "../Detection/Rules/mfa_wrong_code.yml"
    END
    RULE("network_zone_deactivated_or_deleted")
#embed "../Detection/Rules/network_zone_deactivated_or_deleted.yml"
    END
    RULE("network_zone_modified")
#embed "../Detection/Rules/network_zone_modified.yml"
    END
    RULE("new_device_through_proxy")
#embed "../Detection/Rules/new_device_through_proxy.yml"
    END
    RULE("new_place_then_critical_change")
#embed "../Detection/Rules/new_place_then_critical_change.yml"
    END
    RULE("new_place_then_device_enrolled")
#embed "../Detection/Rules/new_place_then_device_enrolled.yml"
    END
    RULE("new_sign_in_behaviour")
#embed "../Detection/Rules/new_sign_in_behaviour.yml"
    END
    RULE("number_challenge_failed")
#embed "../Detection/Rules/number_challenge_failed.yml"
    END
    RULE("oauth_client_granted_admin_role")
#embed "../Detection/Rules/oauth_client_granted_admin_role.yml"
    END
    RULE("oauth_redirect_mismatch")
#embed "../Detection/Rules/oauth_redirect_mismatch.yml"
    END
    RULE("one_time_codes_requested_in_bulk")
#embed "../Detection/Rules/one_time_codes_requested_in_bulk.yml"
    END
    RULE("org2org_application_changed")
#embed "../Detection/Rules/org2org_application_changed.yml"
    END
    RULE("org_factor_disabled")
#embed "../Detection/Rules/org_factor_disabled.yml"
    END
    RULE("org_under_attack")
#embed "../Detection/Rules/org_under_attack.yml"
    END
    RULE("password_and_factors_reset_together")
#embed "../Detection/Rules/password_and_factors_reset_together.yml"
    END
    RULE("password_health_report_requested")
#embed "../Detection/Rules/password_health_report_requested.yml"
    END
    RULE("password_reset_for_other_user")
#embed "../Detection/Rules/password_reset_for_other_user.yml"
    END
    RULE("password_typed_as_user_name")
#embed "../Detection/Rules/password_typed_as_user_name.yml"
    END
    RULE("passwords_reset_for_many_users")
#embed "../Detection/Rules/passwords_reset_for_many_users.yml"
    END
    RULE("policy_deleted_or_deactivated")
#embed "../Detection/Rules/policy_deleted_or_deactivated.yml"
    END
    RULE("policy_modified")
#embed "../Detection/Rules/policy_modified.yml"
    END
    RULE("policy_rule_deleted_or_deactivated")
#embed "../Detection/Rules/policy_rule_deleted_or_deactivated.yml"
    END
    RULE("policy_rule_factors_lowered")
#embed "../Detection/Rules/policy_rule_factors_lowered.yml"
    END
    RULE("policy_rule_modified")
#embed "../Detection/Rules/policy_rule_modified.yml"
    END
    RULE("protected_action_setting_changed")
#embed "../Detection/Rules/protected_action_setting_changed.yml"
    END
    RULE("proxy_sign_in_then_sensitive_change")
#embed "../Detection/Rules/proxy_sign_in_then_sensitive_change.yml"
    END
    RULE("push_rejected")
#embed "../Detection/Rules/push_rejected.yml"
    END
    RULE("rate_limit_violated")
#embed "../Detection/Rules/rate_limit_violated.yml"
    END
    RULE("recovery_requested_repeatedly")
#embed "../Detection/Rules/recovery_requested_repeatedly.yml"
    END
    RULE("refresh_token_reused")
#embed "../Detection/Rules/refresh_token_reused.yml"
    END
    RULE("report_exported")
#embed "../Detection/Rules/report_exported.yml"
    END
    RULE("reports_exported_in_bulk")
#embed "../Detection/Rules/reports_exported_in_bulk.yml"
    END
    RULE("reset_by_okta_support")
#embed "../Detection/Rules/reset_by_okta_support.yml"
    END
    RULE("rich_client_sign_in")
#embed "../Detection/Rules/rich_client_sign_in.yml"
    END
    RULE("second_factor_failed_after_password")
#embed "../Detection/Rules/second_factor_failed_after_password.yml"
    END
    RULE("server_password_changed_out_of_band")
#embed "../Detection/Rules/server_password_changed_out_of_band.yml"
    END
    RULE("session_roaming_refused")
#embed "../Detection/Rules/session_roaming_refused.yml"
    END
    RULE("session_with_many_device_tokens")
#embed "../Detection/Rules/session_with_many_device_tokens.yml"
    END
    RULE("several_sessions_of_one_user")
#embed "../Detection/Rules/several_sessions_of_one_user.yml"
    END
    RULE("sign_in_failures_from_one_address")
#embed "../Detection/Rules/sign_in_failures_from_one_address.yml"
    END
    RULE("sign_in_from_hosting_network")
#embed "../Detection/Rules/sign_in_from_hosting_network.yml"
    END
    RULE("sign_in_from_sanctioned_country")
#embed "../Detection/Rules/sign_in_from_sanctioned_country.yml"
    END
    RULE("sign_in_from_several_countries")
#embed "../Detection/Rules/sign_in_from_several_countries.yml"
    END
    RULE("sign_in_new_country_and_device")
#embed "../Detection/Rules/sign_in_new_country_and_device.yml"
    END
    RULE("sign_in_through_anonymising_vpn")
#embed "../Detection/Rules/sign_in_through_anonymising_vpn.yml"
    END
    RULE("sign_in_through_other_identity_provider")
#embed "../Detection/Rules/sign_in_through_other_identity_provider.yml"
    END
    RULE("sign_in_through_proxy")
#embed "../Detection/Rules/sign_in_through_proxy.yml"
    END
    RULE("sign_on_policy_denied")
#embed "../Detection/Rules/sign_on_policy_denied.yml"
    END
    RULE("single_factor_sign_in")
#embed "../Detection/Rules/single_factor_sign_in.yml"
    END
    RULE("sso_from_unknown_client")
#embed "../Detection/Rules/sso_from_unknown_client.yml"
    END
    RULE("sso_into_aws")
#embed "../Detection/Rules/sso_into_aws.yml"
    END
    RULE("super_admin_granted_or_revoked")
#embed "../Detection/Rules/super_admin_granted_or_revoked.yml"
    END
    RULE("super_admin_password_reset_attempted")
#embed "../Detection/Rules/super_admin_password_reset_attempted.yml"
    END
    RULE("support_impersonation")
#embed "../Detection/Rules/support_impersonation.yml"
    END
    RULE("threat_insight_detection")
#embed "../Detection/Rules/threat_insight_detection.yml"
    END
    RULE("threat_insight_login_failures")
#embed "../Detection/Rules/threat_insight_login_failures.yml"
    END
    RULE("threat_insight_names_spray")
#embed "../Detection/Rules/threat_insight_names_spray.yml"
    END
    RULE("threat_insight_settings_changed")
#embed "../Detection/Rules/threat_insight_settings_changed.yml"
    END
    RULE("threat_insight_unknown_users")
#embed "../Detection/Rules/threat_insight_unknown_users.yml"
    END
    RULE("token_grants_in_bulk")
#embed "../Detection/Rules/token_grants_in_bulk.yml"
    END
    RULE("unauthorised_application_access")
#embed "../Detection/Rules/unauthorised_application_access.yml"
    END
    RULE("unknown_names_tried_from_one_address")
#embed "../Detection/Rules/unknown_names_tried_from_one_address.yml"
    END
    RULE("unverifiable_name_tried_repeatedly")
#embed "../Detection/Rules/unverifiable_name_tried_repeatedly.yml"
    END
    RULE("user_created")
#embed "../Detection/Rules/user_created.yml"
    END
    RULE("user_imported_from_directory")
#embed "../Detection/Rules/user_imported_from_directory.yml"
    END
    RULE("user_lifecycle_surge")
#embed "../Detection/Rules/user_lifecycle_surge.yml"
    END
    RULE("user_risk_raised_to_high")
#embed "../Detection/Rules/user_risk_raised_to_high.yml"
    END
    RULE("workflow_run_or_changed")
#embed "../Detection/Rules/workflow_run_or_changed.yml"
    END
};

const struct detection_rule *const detection_rules = rules;
const size_t detection_rule_count = sizeof rules / sizeof rules[0];
