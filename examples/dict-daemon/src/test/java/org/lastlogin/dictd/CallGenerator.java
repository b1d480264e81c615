package org.lastlogin.dictd;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.DictIteration.Flag;
import org.lastlogin.dict.DictOperation;
import org.lastlogin.dict.DictTransaction;

/**
 * Generates random sequences of calls, reproducible by their seed. The keys of a sequence consist
 * of a few texts, so that its calls meet.
 */
final class CallGenerator {
  private static final List<String> TEXTS =
      List.of(
          "a",
          "A",
          "b",
          "ab",
          "ab",
          "abc",
          "joe@b.io",
          "b.io",
          "",
          "a ",
          " a",
          "a/b",
          "/",
          "x/y/z",
          "ab/",
          "//",
          "tab\there",
          "line\nbreak",
          "car\rriage",
          "\u0001",
          "\u00010",
          "a\u0001t",
          "100%",
          "%",
          "a%",
          "_",
          "a_",
          "_b",
          "back\\slash",
          "\\",
          "a\\%",
          "it's",
          "''",
          "\"quoted\"",
          "`tick`",
          "?",
          "a?b",
          "$k",
          "|",
          "a|%",
          "; DROP TABLE tree; --",
          "e",
          "\u00e9",
          "E\u0301",
          "s",
          "ss",
          "\u00df",
          "\u65e5\u672c",
          "\u65e5",
          "\ud83d\ude00",
          "\ud83d\ude01",
          "\u00f8",
          "5",
          "-7",
          "0",
          "007",
          "1e3",
          "1.5",
          "x".repeat(90),
          "x".repeat(300));

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "1",
          "42",
          "1700000000",
          "007",
          "2147483647",
          "2147483648",
          "9223372036854775807",
          "9223372036854775808",
          "18446744073709551615",
          "18446744073709551616",
          "-1",
          "-0",
          "+1",
          "1.5",
          "",
          " 1",
          "1 ",
          "x",
          "0x10",
          "1e3");

  private static final List<String> HEX =
      List.of(
          "", "00", "6162", "61622f63", "ABcd", "abCD", "ff", "0a0d09", "25", "5f", "ab0", "zz");

  private static final List<String> USERS =
      List.of("joe@b.io", "Joe@b.io", "o'brien%@b.io", "tab\tuser", "\u00fcn\u00ef@b.io", "");

  private static final List<String> SERVICES = List.of("imap", "pop3", "lda", "lmtp");

  private static final List<String> UNMAPPED =
      List.of(
          "shared/none", "shared/pair/", "shared/tree/a", "priv/quota/x", "priv/pair/a", "shared/");

  private final RandomGenerator random;
  private final List<String> texts = new ArrayList<>();
  private final List<String> blobs;
  private final List<String> users;

  CallGenerator(long seed) {
    random = new SplittableRandom(seed);
    for (int i = 0; i < 4; i++) {
      texts.add(one(TEXTS));
    }
    blobs = List.of(one(HEX), one(HEX), oneIn(20) ? one(texts) : one(HEX));
    users = List.of(one(USERS), one(USERS));
  }

  /** Returns a sequence that begins with no rows. */
  List<DictCall> sequence() {
    List<DictCall> calls = new ArrayList<>();
    calls.add(new DictCall.Commit(sets(2 + random.nextInt(5))));
    int more = 3 + random.nextInt(4);
    for (int i = 0; i < more; i++) {
      calls.add(call());
    }
    return calls;
  }

  private DictCall call() {
    return switch (random.nextInt(10)) {
      case 0, 1 -> new DictCall.Lookup(key(), one(users));
      case 2, 3, 4 -> new DictCall.Iterate(iteration());
      case 5 -> new DictCall.Commit(sets(1 + random.nextInt(6)));
      default -> new DictCall.Commit(mixed(1 + random.nextInt(5)));
    };
  }

  private DictTransaction sets(int operations) {
    DictTransaction.Builder builder = builder();
    for (int i = 0; i < operations; i++) {
      set(builder, oneIn(40) ? one(UNMAPPED) : key());
    }
    return builder.build();
  }

  private DictTransaction mixed(int operations) {
    DictTransaction.Builder builder = builder();
    if (operations == 1 && oneIn(2)) {
      return loneIncrement(builder);
    }
    for (int i = 0; i < operations; i++) {
      String key = oneIn(60) ? one(UNMAPPED) : i > 0 && oneIn(3) ? last(builder) : key();
      switch (random.nextInt(4)) {
        case 0 -> builder.unset(key);
        case 1, 2 -> builder.increment(key, 1 + random.nextInt(100));
        default -> set(builder, key);
      }
    }
    return builder.build();
  }

  /** Returns an increment by any number; other increments keep sums within bounds and not 0. */
  private DictTransaction loneIncrement(DictTransaction.Builder builder) {
    String key = oneIn(4) ? "priv/quota/storage" : key();
    if (key.startsWith("shared/last-login/")) {
      return builder.increment(key, 7).build();
    }
    return builder
        .increment(
            key, key.startsWith("priv/") && oneIn(3) ? 0 : one(List.of(-1L, 7L, Long.MAX_VALUE)))
        .build();
  }

  private DictTransaction.Builder builder() {
    DictTransaction.Builder builder = DictTransaction.builder(DictContext.of(one(users)));
    return oneIn(4) ? builder.timestamp(Instant.ofEpochSecond(1_700_000_000L, 5)) : builder;
  }

  private static String last(DictTransaction.Builder builder) {
    List<DictOperation> operations = builder.build().operations();
    return operations.get(operations.size() - 1).key();
  }

  private void set(DictTransaction.Builder builder, String key) {
    builder.set(key, value(key));
  }

  /** Most values are of their key's type. */
  private String value(String key) {
    boolean wrong = oneIn(25);
    if (key.startsWith("shared/blob/")) {
      return wrong ? one(TEXTS) : one(HEX.subList(0, 10));
    }
    if (key.startsWith("priv/") || key.startsWith("shared/last-login/")) {
      return wrong ? one(NUMBERS) : one(NUMBERS.subList(0, 6));
    }
    return oneIn(3) ? one(NUMBERS) : one(TEXTS);
  }

  private String key() {
    return switch (random.nextInt(6)) {
      case 0 -> "priv/quota/" + (oneIn(2) ? "storage" : "messages");
      case 1 -> "shared/pair/" + one(texts);
      case 2 -> "shared/blob/" + one(blobs);
      case 3 -> lastLogin() + one(texts) + "/" + one(texts);
      default -> "shared/tree/" + one(texts) + "/" + one(texts);
    };
  }

  private String lastLogin() {
    return "shared/last-login/" + one(SERVICES) + "/";
  }

  private DictIteration iteration() {
    Set<Flag> flags = EnumSet.noneOf(Flag.class);
    for (Flag flag : Flag.values()) {
      if (flag != Flag.EXACT_KEY && oneIn(3)) {
        flags.add(flag);
      }
    }
    long maxRows = oneIn(3) ? 1 + random.nextInt(4) : 0;
    DictContext context = DictContext.of(one(users));
    if (oneIn(6)) {
      flags.add(Flag.EXACT_KEY);
      return new DictIteration(key(), flags, maxRows, context);
    }
    String path = path();
    return new DictIteration(oneIn(20) ? path : path + "/", flags, maxRows, context);
  }

  private String path() {
    return switch (random.nextInt(10)) {
      case 0 -> "shared/pair";
      case 1 -> "shared/pair/" + one(texts);
      case 2 -> "shared/tree";
      case 3, 4 -> "shared/tree/" + one(texts);
      case 5, 6 -> "shared/tree/" + one(texts) + "/" + one(texts);
      case 7 -> "shared/blob" + (oneIn(4) ? "/" + one(blobs) : "");
      case 8 -> lastLogin() + one(texts);
      default -> one(List.of("shared", "shared/last-login", "shared/none", "priv/quota"));
    };
  }

  private <T> T one(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private boolean oneIn(int many) {
    return random.nextInt(many) == 0;
  }
}
