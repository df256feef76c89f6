// Entra's audit log by its operations, and Azure's activity log by the operations of its resource providers
// (Microsoft Learn, "Audit log activities" and "Azure resource provider operations").

extension HuntSubject {
    static let directoryChanges = [
        HuntSubject(
            "consent to applications", "consent consent+app oauth+app|assigned", isChange: true,
            ("AuditLogs", Meaning.operation("Consent to application", "delegated permission grant")),
            ("OktaSystemLog", Meaning.type("app.oauth2.as.consent.grant", "user.consent.grant"))),
        HuntSubject(
            "conditional access policies",
            "conditionalaccess+policy conditionalaccess+changed|created|deleted|disabled"
                + " conditionalaccess+policy+changed|created|deleted|disabled", isChange: true,
            ("AuditLogs", Meaning.operation("conditional access policy"))),
        HuntSubject(
            "service principals and their secrets",
            "serviceprincipal serviceprincipal+created|changed|secret secret+app|created app+secret+created"
                + " serviceprincipal+password+created app+password", isChange: true,
            (
                "AuditLogs",
                Meaning.operation("service principal", "Certificates and secrets management", "Add application")
            )),
        HuntSubject(
            "guest invitations",
            "guest+created|invited guest+user+created|invited invited invited+user|entra", isChange: true,
            ("AuditLogs", Meaning.operation("Invite external user", "Redeem external user invite"))),
        HuntSubject(
            "domain and federation settings",
            "domain+federation federation domain+created|changed+entra", isChange: true,
            ("AuditLogs", Meaning.operation("domain", "federation"))),
        HuntSubject(
            "directory changes",
            "audit audit+operation|event|activity|log entra+operation|event|activity|changed"
                + " audit+failed|success audit+operation+failed|success entra+audit",
            ("AuditLogs", nil)),
    ]

    static let azureChanges = [
        HuntSubject(
            "virtual machines deleted", "vm+deleted azure+vm+deleted", isChange: true,
            ("AzureActivity", Meaning.azure("MICROSOFT.COMPUTE/VIRTUALMACHINES/DELETE"))),
        HuntSubject(
            "virtual machines created or changed", "vm+created|changed azure+vm+created|changed", isChange: true,
            ("AzureActivity", Meaning.azure("MICROSOFT.COMPUTE/VIRTUALMACHINES/WRITE"))),
        HuntSubject(
            "virtual machines started or stopped",
            "vm+started|disabled|deallocated azure+vm+started|disabled|deallocated", isChange: true,
            (
                "AzureActivity",
                Meaning.azure(
                    "MICROSOFT.COMPUTE/VIRTUALMACHINES/START/ACTION",
                    "MICROSOFT.COMPUTE/VIRTUALMACHINES/DEALLOCATE/ACTION",
                    "MICROSOFT.COMPUTE/VIRTUALMACHINES/POWEROFF/ACTION",
                    "MICROSOFT.COMPUTE/VIRTUALMACHINES/RESTART/ACTION")
            )),
        HuntSubject(
            "commands run on virtual machines",
            "runcommand vm+command azure+runcommand runcommand+vm azure+vm+runcommand", isChange: true,
            (
                "AzureActivity",
                Meaning.azure(
                    "MICROSOFT.COMPUTE/VIRTUALMACHINES/RUNCOMMAND/ACTION",
                    "MICROSOFT.COMPUTE/VIRTUALMACHINES/RUNCOMMANDS/WRITE")
            )),
        HuntSubject(
            "role assignments",
            "azure+role azure+role+assigned|created|deleted|changed azure+role+assigned+created|deleted|changed"
                + " subscription+role|admin", isChange: true,
            (
                "AzureActivity",
                Meaning.azure(
                    "MICROSOFT.AUTHORIZATION/ROLEASSIGNMENTS/WRITE", "MICROSOFT.AUTHORIZATION/ROLEASSIGNMENTS/DELETE")
            )),
        HuntSubject(
            "key vaults",
            "keyvault keyvault+changed|created|policy|deleted|secret keyvault+policy+changed"
                + " azure+keyvault+changed|deleted|policy azure+keyvault+policy+changed", isChange: true,
            (
                "AzureActivity",
                Meaning.azure(
                    "MICROSOFT.KEYVAULT/VAULTS/WRITE", "MICROSOFT.KEYVAULT/VAULTS/ACCESSPOLICIES/WRITE",
                    "MICROSOFT.KEYVAULT/VAULTS/DELETE")
            )),
        HuntSubject(
            "storage accounts and their keys",
            "storage+key|token|changed|created|deleted storage azure+storage+key|changed|created|deleted",
            isChange: true,
            (
                "AzureActivity",
                .text("OperationNameValue", .startsWith, ["MICROSOFT.STORAGE/STORAGEACCOUNTS/"])
            )),
        HuntSubject(
            "network security groups",
            "nsg+changed|created|deleted firewall+changed|created|deleted"
                + " azure+firewall|nsg+changed|created|deleted", isChange: true,
            ("AzureActivity", .text("OperationNameValue", .startsWith, ["MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/"]))),
        HuntSubject(
            "resource groups deleted", "resourcegroup+deleted azure+resourcegroup+deleted", isChange: true,
            ("AzureActivity", Meaning.azure("MICROSOFT.RESOURCES/SUBSCRIPTIONS/RESOURCEGROUPS/DELETE"))),
        HuntSubject(
            "diagnostic settings",
            "diagnostic diagnostic+deleted|changed|disabled azure+diagnostic+deleted|changed|disabled"
                + " azure+log+disabled|deleted", isChange: true,
            ("AzureActivity", .text("OperationNameValue", .startsWith, ["MICROSOFT.INSIGHTS/DIAGNOSTICSETTINGS/"]))),
        HuntSubject(
            "deletions in Azure", "azure+deleted resource+deleted azure+deleted+operation", isChange: true,
            ("AzureActivity", .text("OperationNameValue", .endsWith, ["/DELETE"]))),
        HuntSubject(
            "Azure activity",
            "azure azure+operation|activity|event|log azureactivity azure+failed|success"
                + " azure+operation+failed|success caller",
            ("AzureActivity", nil)),
    ]
}
