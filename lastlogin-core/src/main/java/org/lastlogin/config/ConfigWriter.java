package org.lastlogin.config;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.lastlogin.config.source.DictPlace;
import org.lastlogin.config.write.Comments;
import org.lastlogin.config.write.ConfigLines;
import org.lastlogin.config.write.Findings;
import org.lastlogin.config.write.LastLoginWriter;
import org.lastlogin.config.write.MainConfigWriter;
import org.lastlogin.config.write.MapFileWriter;

/**
 * Writes dicts as configurations of Dovecot, in either format, whichever they were read from.
 * Comments are kept next to what they describe. Other settings and comments of a main configuration
 * are not written: the text replaces its {@code dict_server} and its settings of last_login, not
 * the whole file. Stateless.
 */
public final class ConfigWriter {
  private static final String INDENTATION_2_3 = "    ";
  private static final String INDENTATION_2_4 = "  ";

  private ConfigWriter() {}

  /**
   * A configuration as text.
   *
   * @param dictName the dict that it contains; nothing if it contains all of them
   * @param text the text; its lines end with LF
   * @param warnings what the format cannot express, and has been left out or left as it was
   */
  public record Output(Optional<String> dictName, String text, List<Diagnostic> warnings) {
    public Output {
      Objects.requireNonNull(dictName, "dictName");
      Objects.requireNonNull(text, "text");
      warnings = List.copyOf(warnings);
    }

    /** The dict and the length of the text, which may contain passwords. */
    @Override
    public String toString() {
      return "Output[" + dictName + ", " + text.length() + " characters, " + warnings + "]";
    }
  }

  /**
   * All dicts of a configuration, and the settings of the last_login plugin that go with them.
   *
   * <p>For Dovecot 2.4 this is one text, to be put into {@code dovecot.conf}. For Dovecot 2.3 it is
   * one map file for each dict; unless the configuration was a map file already, it begins with a
   * comment that says what {@code dovecot.conf} needs. If the configuration has no settings of the
   * plugin, they are derived from the patterns of the maps.
   *
   * <p>The plugin is enabled in the blocks of protocols: those that load it in the configuration,
   * or else those whose keys have a map. A configuration that loads it at the top level gets a
   * warning, because doveadm then records logins, too.
   *
   * @throws ConfigException if the format cannot express something; the message names it and its
   *     place
   */
  public static List<Output> write(DictConfig config, ConfigFormat format) {
    if (config.dicts().stream().allMatch(ConfigWriter::isEmptyFile)) {
      throw ConfigException.of(
          Diagnostic.error(Origin.ofFile(config.fileName()), "There is no dict in this file"));
    }
    return format == ConfigFormat.DOVECOT_2_4
        ? List.of(mainConfig(config))
        : config.dicts().stream().map(dict -> mapFile(config, dict)).toList();
  }

  /**
   * One dict as text: the section {@code dict_server} of Dovecot 2.4, or the map file of Dovecot
   * 2.3.
   *
   * @throws ConfigException if the format cannot express something; the message names it and its
   *     place
   */
  public static String write(DictDefinition dict, ConfigFormat format) {
    Comments comments = new Comments(List.of(dict));
    Findings findings = new Findings(dict.origin().file());
    ConfigLines out = new ConfigLines(indentation(format), comments);
    out.write(comments.takeHead());
    if (format == ConfigFormat.DOVECOT_2_4) {
      new MainConfigWriter(out, findings).write(List.of(dict));
    } else {
      new MapFileWriter(out, findings).write(dict);
    }
    return text(out, comments, findings);
  }

  /** Returns whether a dict is a map file with nothing in it. */
  private static boolean isEmptyFile(DictDefinition dict) {
    return DictPlace.of(dict).open() == null
        && dict.connect().isEmpty()
        && dict.maps().asList().isEmpty();
  }

  private static String indentation(ConfigFormat format) {
    return format == ConfigFormat.DOVECOT_2_4 ? INDENTATION_2_4 : INDENTATION_2_3;
  }

  private static Output mainConfig(DictConfig config) {
    Comments comments = new Comments(config.dicts());
    Findings findings = new Findings(config.fileName());
    ConfigLines out = new ConfigLines(INDENTATION_2_4, comments);
    out.write(comments.takeHead());
    LastLoginWriter lastLogin = new LastLoginWriter(config, config.lastLoginProtocols(), findings);
    config
        .lastLogin()
        .or(() -> firstSettings(config, lastLogin))
        .ifPresent(settings -> lastLogin.to24(settings, out));
    new MainConfigWriter(out, findings).write(config.dicts());
    return new Output(Optional.empty(), text(out, comments, findings), findings.warnings());
  }

  private static Optional<LastLoginSettings> firstSettings(
      DictConfig config, LastLoginWriter lastLogin) {
    return config.dicts().stream().flatMap(dict -> lastLogin.settings(dict).stream()).findFirst();
  }

  private static Output mapFile(DictConfig config, DictDefinition dict) {
    Comments comments = new Comments(List.of(dict));
    Findings findings = new Findings(config.fileName());
    ConfigLines out = new ConfigLines(INDENTATION_2_3, comments);
    if (config.format() != ConfigFormat.DOVECOT_2_3) {
      introduce(dict, new LastLoginWriter(config, config.lastLoginProtocols(), findings), out);
    }
    out.write(comments.takeHead());
    new MapFileWriter(out, findings).write(dict);
    return new Output(dict.name(), text(out, comments, findings), findings.warnings());
  }

  /** Says what the main configuration of Dovecot 2.3 needs to use a map file. */
  private static void introduce(DictDefinition dict, LastLoginWriter lastLogin, ConfigLines out) {
    String name = dict.name().orElse("NAME");
    String driver = dict.driver().map(SqlDriver::configName).orElse("DRIVER");
    out.remark("For Dovecot 2.3, whose dovecot.conf needs:");
    out.remark("  dict {");
    out.remark("    " + name + " = " + driver + ":/etc/dovecot/dovecot-" + name + ".conf");
    out.remark("  }");
    lastLogin.settings(dict).ifPresent(settings -> lastLogin.to23(settings, out));
    out.blank();
  }

  private static String text(ConfigLines out, Comments comments, Findings findings) {
    findings.throwErrors();
    out.write(comments.takeRest());
    return out.text();
  }
}
