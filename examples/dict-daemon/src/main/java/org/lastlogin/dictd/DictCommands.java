package org.lastlogin.dictd;

import picocli.CommandLine.Command;

/** The commands {@code dict get|set|unset|inc|iter}: use a dict of any dict server. */
@Command(
    name = "dict",
    description = {
      "Uses a dict of any dict server, Dovecot's or another, as 'doveadm dict' does.",
      "",
      "Options stand before the address, so that a value or a number may begin with '-'."
    },
    mixinStandardHelpOptions = true,
    versionProvider = DictDaemon.Version.class,
    usageHelpAutoWidth = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DictGetCommand.class,
      DictSetCommand.class,
      DictUnsetCommand.class,
      DictIncCommand.class,
      DictIterCommand.class
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      " 0:it is done",
      "64:wrong usage",
      "68:the key does not exist ('get' and 'inc')",
      "75:it failed, or nobody knows whether it was done"
    })
final class DictCommands {
  private DictCommands() {}
}
