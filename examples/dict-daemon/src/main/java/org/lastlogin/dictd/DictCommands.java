package org.lastlogin.dictd;

import picocli.CommandLine.Command;

/** The commands {@code dict get|set|unset|inc|iter}: read and change a dict of any dict server. */
@Command(
    name = "dict",
    description = {
      "Reads and changes a dict of any dict server, Dovecot's or another, as 'doveadm dict' does.",
      "",
      "Options come before the address, so that a value or a number may begin with '-'."
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
      " 0:success",
      "64:wrong usage",
      "68:the key does not exist ('get' and 'inc')",
      "75:failure, or the outcome is unknown"
    })
final class DictCommands {
  private DictCommands() {}
}
