package org.lastlogin.config.write;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Translates Dovecot's variables in the settings of a mail user between the syntax of 2.3, {@code
 * %u} or {@code %{user}}, and that of 2.4, {@code %{user}} with filters after bars. What has no
 * equivalent is left as it is, and reported. {@code %s} becomes {@code %{service}}: in Dovecot
 * 2.4.1 {@code %{protocol}} has imap, pop3 and lmtp as well, but {@code %{service}} is what {@code
 * %s} means.
 */
final class Variables {
  /** The names of 2.3, without their percent sign, and what they mean in 2.4. */
  private static final Map<String, String> MEANINGS =
      Map.ofEntries(
          Map.entry("u", "user"),
          Map.entry("{user}", "user"),
          Map.entry("n", "user | username"),
          Map.entry("{username}", "user | username"),
          Map.entry("d", "user | domain"),
          Map.entry("{domain}", "user | domain"),
          Map.entry("s", "service"),
          Map.entry("{service}", "service"),
          Map.entry("h", "home"),
          Map.entry("{home}", "home"),
          Map.entry("l", "local_ip"),
          Map.entry("{lip}", "local_ip"),
          Map.entry("{local_ip}", "local_ip"),
          Map.entry("r", "remote_ip"),
          Map.entry("{rip}", "remote_ip"),
          Map.entry("{remote_ip}", "remote_ip"),
          Map.entry("p", "process:pid"),
          Map.entry("{pid}", "process:pid"),
          Map.entry("i", "process:uid"),
          Map.entry("{uid}", "process:uid"),
          Map.entry("{gid}", "process:gid"),
          Map.entry("{session}", "session"),
          Map.entry("{hostname}", "hostname"),
          Map.entry("{auth_user}", "auth_user"),
          Map.entry("{auth_username}", "auth_user | username"),
          Map.entry("{auth_domain}", "auth_user | domain"));

  /** The meanings, and the shortest name in 2.3 for each. */
  private static final Map<String, String> NAMES = new HashMap<>();

  /** The modifiers of 2.3 that have an equivalent in 2.4. */
  private static final Map<String, String> MODIFIERS =
      Map.of("L", "lower", "U", "upper", "R", "reverse", "D", "ldap_dn");

  private static final Map<String, String> FILTERS = new HashMap<>();

  static {
    MEANINGS.forEach(
        (name, meaning) ->
            NAMES.merge(meaning, name, (one, two) -> one.length() < two.length() ? one : two));
    // Another name in 2.4 for what is the same in IMAP, POP3 and LMTP.
    NAMES.put("protocol", "s");
    MODIFIERS.forEach((modifier, filter) -> FILTERS.put(filter, modifier));
  }

  /** In 2.3: a percent sign as text, or modifiers and a name after one. */
  private static final Pattern OLD =
      Pattern.compile("%%\\{|%%|%([-0-9.]*+)([LUEXRHNMDT]*+)(\\{[^}]*+}|\\p{Alpha})|%");

  /** In 2.4: a brace as text, a variable with its filters, or a percent sign as text. */
  private static final Pattern NEW = Pattern.compile("%%\\{|%\\{([^}]*+)}|%");

  /** A variable that both versions take from elsewhere. */
  private static final Pattern FROM_ELSEWHERE = Pattern.compile("(?:env|userdb):[^\\s|]++");

  private final Consumer<String> unknown;

  /**
   * Creates a translator.
   *
   * @param unknown receives each variable that has no equivalent
   */
  Variables(Consumer<String> unknown) {
    this.unknown = unknown;
  }

  /** A text of 2.3 in the syntax of 2.4. */
  String to24(String template) {
    return OLD.matcher(template).replaceAll(match -> Matcher.quoteReplacement(to24(match)));
  }

  private String to24(MatchResult match) {
    if (match.group().equals("%%{")) {
      return "%%{";
    }
    if (match.group().equals("%%")) {
      return "%";
    }
    if (match.group(3) == null || !match.group(1).isEmpty()) {
      return asItIs(match);
    }
    String name = match.group(3);
    String inner = name.replaceAll("[{}]", "");
    String meaning = FROM_ELSEWHERE.matcher(inner).matches() ? inner : MEANINGS.get(name);
    String filters = filters(match.group(2));
    return meaning == null || filters == null ? asItIs(match) : "%{" + meaning + filters + "}";
  }

  /** The filters that modifiers stand for; {@code null} if one has no equivalent. */
  private static @Nullable String filters(String modifiers) {
    StringBuilder filters = new StringBuilder();
    for (int i = 0; i < modifiers.length(); i++) {
      String filter = MODIFIERS.get(modifiers.substring(i, i + 1));
      if (filter == null) {
        return null;
      }
      filters.append(" | ").append(filter);
    }
    return filters.toString();
  }

  /** A text of 2.4 in the syntax of 2.3. */
  String to23(String template) {
    return NEW.matcher(template).replaceAll(match -> Matcher.quoteReplacement(to23(match)));
  }

  private String to23(MatchResult match) {
    if (match.group(1) == null) {
      return match.group().equals("%") ? "%%" : "%%{";
    }
    List<String> parts = List.of(match.group(1).strip().split("\\s*+\\|\\s*+"));
    // A name and its first filter may have a name of their own, as domain has.
    for (int length = Math.min(2, parts.size()); length > 0; length--) {
      String name = nameIn23(String.join(" | ", parts.subList(0, length)));
      String modifiers = modifiers(parts.subList(length, parts.size()));
      if (name != null && modifiers != null) {
        return "%" + modifiers + name;
      }
    }
    return asItIs(match);
  }

  private static @Nullable String nameIn23(String meaning) {
    return FROM_ELSEWHERE.matcher(meaning).matches() ? "{" + meaning + "}" : NAMES.get(meaning);
  }

  /** The modifiers that stand for filters; {@code null} if one has no equivalent. */
  private static @Nullable String modifiers(List<String> filters) {
    StringBuilder modifiers = new StringBuilder();
    for (String filter : filters) {
      String modifier = FILTERS.get(filter);
      if (modifier == null) {
        return null;
      }
      modifiers.append(modifier);
    }
    return modifiers.toString();
  }

  private String asItIs(MatchResult match) {
    unknown.accept(match.group());
    return match.group();
  }
}
