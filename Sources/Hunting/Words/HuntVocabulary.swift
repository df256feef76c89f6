internal import Diagnostics

/// The words that the built-in analyst understands, each with the one word it stands for.
enum HuntVocabulary {
    /// Words of one meaning: the first is the one that patterns are written with.
    private static let families: [String] = [
        // What happened.
        "signin signins sign-in sign-ins login logins log-in log-ins logon logons log-on signon sign-on"
            + " loging logged auth auths",
        "failed fail fails failing failure failures unsuccessful failed-login badpassword error errors erroring",
        "success successful succesful successfull sucessful successfully succeeded succeed succeeds"
            + " succesfully accepted worked works allowed allow allows permitted",
        "denied deny denies rejected reject rejecting declined refused blocked block dropped",
        "created create creates creating creation creations new written wrote added add adds adding addition made-new"
            + " register registered registration registrations enroll enrolled enrolment enrollment enrollments"
            + " enrolments",
        "deleted delete deletes deleting deletion deletions removed remove removes removal removals"
            + " erased wiped deltes",
        "changed change changes changing set edits editing modified modify modification modifications updated update"
            + " updates edited edit tampered altered modifed",
        "disabled disable disables disabling deactivated deactivate deactivation deactivations switched-off stopped",
        "activated activate activation activations enabled enable reactivated",
        "invited invite invites inviting invitation invitations", "suspended suspend suspension suspensions",
        "unsuspended unsuspend",
        "renamed rename renames renaming", "reset resets resetting resetted",
        "assigned assign assigns assignment assignments granted grant grants given gave got-granted giving"
            + " promoted became become becomes",
        "revoked revoke revokes revoking", "started start starts restarted restart", "deallocated deallocate",
        "downloaded download downloads downloading fetched fetch fetching",
        "locked lock lockout lockouts locks locked-out", "unlocked unlock unlocks",
        "spray spraying sprays sprayed passwordspray", "bruteforce bruteforcing brute-force brute-forcing guessing",
        "stuffing credential-stuffing", "fatigue bombing mfabombing", "prompt prompts prompted challenge challenges",
        "push pushes pushed", "exported export exports", "impersonation impersonated impersonate impersonating",
        // What it happened to.
        "password passwords passwd pwd pw credentials credential",
        "mfa 2fa factor factors authenticator otp totp second-factor",
        "policy policies", "role roles privilege privileges",
        "admin admins administrator administrators administrative",
        "superadmin super-admin globaladmin", "group groups", "member members membership memberships",
        "token tokens apikey apikeys", "api apis", "zone zones", "idp idps identityprovider",
        "consent consented consents",
        "sso single-sign-on", "ratelimit rate-limit", "serviceprincipal serviceprincipals sp",
        "threat threats threatinsight threat-insight", "session sessions",
        "secret secrets certificate certificates cert", "subscription subscriptions", "resourcegroup resourcegroups",
        "vm vms virtualmachine virtualmachines", "keyvault keyvaults vault vaults",
        "storage storageaccount storageaccounts blob",
        "firewall firewalls securitygroup", "runcommand runcommands", "diagnostic diagnostics",
        "process processes proces program programs executable executables exes binary binaries",
        "executed execute executes execution executions ran run runs running launched launch launches"
            + " launching spawned spawn spawns spawning invoked",
        "command commands commandline commandlines cmdline cmdlines command-line command-lines",
        "script scripts scripting", "encoded encode base64 obfuscated b64", "hidden windowless",
        "malicious suspicious suspicous maliciuos evil bad shady weird sketchy",
        "service services daemon daemons", "task tasks scheduledtask scheduledtasks",
        "persistence persist persistent autorun autoruns autostart startup",
        "recon reconnaissance discovery enumeration",
        "dump dumps dumping dumped dumper", "lsass lsas", "shadowcopy shadowcopies vss",
        "connection connections conection conections connected connect connects connecting connecton conn conns",
        "traffic comms communication communicating communicated communicate talked talking talk talks"
            + " contacted contact beaconing beacon hit hits hitting beacons beaconed callback callbacks reached reach"
            + " visited visit visits browsed",
        "outbound outgoing egress", "inbound incoming ingress", "listening listen listener listeners listens",
        "network networks", "dns", "smb", "rdp remotedesktop remote-desktop", "ssh", "winrm", "ftp", "telnet", "ldap",
        "http", "vnc",
        "flow flows flowlogs flowlog", "nsg nsgs", "file files document documents",
        "folder folders directory directories dir",
        "registry regkey regkeys reg-key registrykey registrykeys", "runkey runkeys runonce", "key keys",
        "value values",
        "ifeo imagefileexecution debugger", "alert alerts alertz detection detections", "incident incidents",
        "evidence evidences", "severity severities sev", "high critical crit", "medium med moderate",
        "low", "informational info",
        "ransomware ransom", "phishing phish", "malware trojan trojans virus viruses",
        "category categories tactic tactics", "technique techniques", "title titles name names",
        "audit auditlog auditlogs",
        "operation operations ops", "activity activities activty behaviour behavior actions action",
        "event events record records"
            + " entries entry", "log logs", "azureactivity", "lateral", "exfiltration exfil exfiltrated",
        // Where it was written down.
        "okta", "entra azuread aad entraid", "azure arm", "defender mde endpoint endpoints edr", "office365 o365 m365",
        // Ways of signing in.
        "risk risky", "legacyauth legacy", "basicauth", "conditionalaccess ca",
        "singlefactor single-factor nonmfa non-mfa",
        "console adminconsole admin-console", "interactive", "local", "domain domains", "guest guests",
        "public external internet",
        "private internal",
        "anonymous tor proxy proxies vpn vpns anonymizer anonymizing anonymous anonymised",
        "useragent useragents user-agent user-agents ua",
        // Who and what is counted.
        "user users username usernames account accounts acount acounts identity identities people person"
            + " persons employee employees",
        "host hosts hostname hostnames device devices machine machines computer computers endpoint-host"
            + " workstation workstations server servers pc pcs box boxes laptop laptops desktop desktops",
        "address addresses ip ips ipaddress ipaddresses ip-address ip-addresses", "source sources src", "remote",
        "destination destinations dest dst", "country countries geo nation nations", "city cities", "port ports",
        "app apps application applications", "caller callers", "actor actors", "target targets",
        "url urls site sites website websites", "outcome outcomes result results status statuses",
        "lolbin lolbins lolbas lotl", "amsi", "bypass bypassed bypasses bypassing",
        "hash hashes sha256 sha1 md5 checksum", "parent parents", "child children", "cleared clear clears clearing",
        "tenant",
    ]

    private static let canonical: [String: String] = {
        var words: [String: String] = [:]
        for family in families {
            let names = family.split(separator: " ").map(String.init)
            for name in names { words[name] = names[0] }
        }
        return words
    }()

    /// Words that say nothing about what is looked for.
    static let fillers: Set<String> = Set(
        ("a an the of in on at to from for by with w and or any all some every each per is are was were be"
            + " been being am has have had do does did done i me my we us our you your it its it's this that"
            + " these those there here what what's which who whom whose when where why how show find list get"
            + " give tell see look looking check search hunt query pull display please pls plz can could would"
            + " should will shall may might must if whether seen saw see anything something anywhere everywhere"
            + " nothing not no non except excluding without other than more most less least few many much lot"
            + " lots top over under above about into onto out off up down via through during while as so just"
            + " only also too again ever yet still now right currently happened happening happen happens go"
            + " going went come came coming attempt attempts attempted try tried trying made make makes making"
            + " did get got getting last first latest recent recently past previous since until before after"
            + " between today yesterday total number count counts counted amount often hi hey ok okay stuff"
            + " thing things possible potential potentially any kind type types related relating involving"
            + " involve involves concerning regarding against within inside outside whole entire different"
            + " unique distinct various several same them they he she his her their then want need like let"
            + " let's lets team guys urgent asap quickly multiple mass bulk large unusual odd strange rare"
            + " rarest common commonly frequent frequently busiest noisiest biggest highest lowest breakdown"
            + " grouped sorted order ordered group-by detail details info everything anyone anybody someone somebody"
            + " invalid anyone's"
            + " ones one's"
            + " timeline trend history per-user using use used uses usage window windows open opened opens close"
            + " closed had distribution split share others id access containing contains w/ options settings"
            + " but sent send receive received hour hours minute minutes day days week weeks"
            + " month months time times hourly daily weekly").split(
                separator: " "
            )
            .map(String.init))

    /// The word that a word is read as; `nil` for one that means nothing here.
    static func canonical(_ word: String) -> String? { canonical[word] }

    /// The known word that a misspelt one probably is: one slip, or two from nine letters on.
    static func corrected(_ word: String) -> String? {
        guard word.count >= 5, word.count <= 20, word.allSatisfy(\.isLetter), !fillers.contains(word) else {
            return nil
        }
        let first = word.first
        let near = corrections.filter { abs($0.count - word.count) <= 2 && ($0.first == first || word.count > 6) }
        let allowed = word.count < 9 ? 1 : 2
        let best = near.map { (name: $0, distance: $0.editDistance(to: word)) }.min {
            ($0.distance, $0.name) < ($1.distance, $1.name)
        }
        return best.flatMap { $0.distance <= allowed ? $0.name : nil }
    }

    private static let corrections: [String] = canonical.keys.filter { $0.count >= 5 && $0.allSatisfy(\.isLetter) }
        .sorted()
}
