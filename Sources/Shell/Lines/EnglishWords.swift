/// The English that the reader knows: enough to tell a question from a command, no more.
enum EnglishWords {
    /// Words that hold sentences together and that no command takes as an argument.
    ///
    /// `and`, `or`, `all` and `last` are left out: people write them between arguments.
    static let function: Set<String> = Set(
        """
        a an the this that these those there
        i me my you your he him his she her it its we us our they them their
        who whose whom what when where which why how
        is are was were be been am isn aren wasn weren
        do does did don doesn didn has have had hasn haven hadn
        can could would should will shall may might must couldn wouldn shouldn won
        of for from to in on at by with without about into than as
        since until before after during between over under
        so not no if any many much more most ever because
        anyone anything someone something everyone everything nobody nothing
        """.split(whereSeparator: \.isWhitespace).map(String.init))

    /// Whether a line that begins with this word is ordinary English, however near the word lies to a
    /// command's name.
    static func begins(with word: String) -> Bool { function.contains(word) || opening.contains(word) }

    /// Verbs and nouns that begin requests, most of them one letter away from a command's name. Plurals of
    /// names (`plans`, `models`) are left out: alone on a line they are meant as the command.
    private static let opening: Set<String> = Set(
        """
        give find tell list lists make made take took look count name compare explain describe check please here
        read keep work works turn turns form ruin runs rung task tasks mask bask
        shop shoe shot shod slow snow stow shown chow
        hint hurt hung aunt haunt punt
        node none nose noted vote wrote rote
        core scare shore sore scope scoped store scored snore
        root rout routed router
        plane plant plants plain play plays clan
        quite quiet quits quilt quid suit quiz
        fast past least cast east vast lost
        held hell heap helps helped kelp
        mode modal modem
        stats state states statue
        invest infest defect detected escalated
        blot clot plod plop ploy enmity
        scar swan role rude ford slot slots plow pilot
        reply relay repay resort resumed released
        """.split(whereSeparator: \.isWhitespace).map(String.init))
}
