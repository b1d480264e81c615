package org.lastlogin.dictd;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.DictIteration.Flag;
import org.lastlogin.dict.DictOperation;
import org.lastlogin.dict.DictTransaction;

/** Intended differences from Dovecot's answers; docs/dovecot-differences.md lists them. */
enum IntendedDifference {
  /** Dovecot's process ends at a path whose map has no variables. */
  CRASH,
  /** Dovecot does not escape the path in the text of a failure. */
  UNESCAPED_FAILURE,
  /** Dovecot fails where no map has keys below a path; here there are no rows. */
  NO_SUCH_PATH,
  /** Dovecot takes a path without its last slash, and one that ends with it for a key. */
  INCOMPLETE_PATH,
  /** Dovecot 2.3.19 refuses a path that goes on into the last variable. */
  INTO_LAST_VARIABLE,
  /** Dovecot also returns deeper keys where a map has one variable. */
  DEEPER_ROWS;

  /** A path that goes on into the last variable of its map. */
  private static final Pattern INTO =
      Pattern.compile("(?s)shared/(pair/.+|blob/.+|tree/[^/]*/.+|last-login/[^/]*/[^/]*/.+)");

  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f]");
  private static final Set<String> ONE_VARIABLE = Set.of("shared/pair/", "shared/blob/");

  /** Returns the difference that applies to an iteration; empty if the rows must be equal. */
  static Optional<IntendedDifference> of(DictIteration iteration) {
    String path = iteration.path();
    boolean into = INTO.matcher(path).matches();
    if (path.startsWith("priv/")) {
      return Optional.of(CRASH);
    }
    if (CONTROL.matcher(path).find()) {
      return Optional.of(UNESCAPED_FAILURE);
    }
    if (into && (iteration.has(Flag.RECURSE) || !iteration.has(Flag.EXACT_KEY))) {
      return Optional.of(INTO_LAST_VARIABLE);
    }
    if (path.endsWith("/") == iteration.has(Flag.EXACT_KEY)) {
      return Optional.of(INCOMPLETE_PATH);
    }
    return ONE_VARIABLE.contains(path) && !iteration.has(Flag.RECURSE)
        ? Optional.of(DEEPER_ROWS)
        : Optional.empty();
  }

  /** Returns whether the call must not be made to Dovecot. */
  boolean harms() {
    return this == CRASH || this == UNESCAPED_FAILURE;
  }

  /** Returns a transaction without the sets that later ones of the same column overwrite. */
  static DictTransaction withoutVoidSets(DictTransaction transaction) {
    DictContext context = transaction.context();
    DictTransaction.Builder builder = DictTransaction.builder(context);
    List<DictOperation> operations = transaction.operations();
    for (int i = 0; i < operations.size(); i++) {
      if (!isVoid(operations, i)) {
        builder.add(operations.get(i));
      }
    }
    return builder.build();
  }

  private static boolean isVoid(List<DictOperation> operations, int place) {
    DictOperation set = operations.get(place);
    for (DictOperation later : operations.subList(place, operations.size())) {
      // Not equals(): the same may be set twice.
      if (later != set && later instanceof DictOperation.Set && column(later).equals(column(set))) {
        return set instanceof DictOperation.Set;
      }
      if (!(later instanceof DictOperation.Set) && row(later).equals(row(set))) {
        return false;
      }
    }
    return false;
  }

  /** Returns the column of a service: two services share one. */
  private static String column(DictOperation operation) {
    return operation.key().replaceFirst("/lmtp/", "/lda/");
  }

  private static String row(DictOperation operation) {
    return operation
        .key()
        .replaceFirst("^shared/last-login/[a-z0-9]+/", "login ")
        .replaceFirst("^priv/quota/.*", "quota");
  }

  /** Returns the increments of a transaction. */
  static List<DictOperation.Increment> increments(DictTransaction transaction) {
    List<DictOperation.Increment> increments = new ArrayList<>();
    for (DictOperation operation : transaction.operations()) {
      if (operation instanceof DictOperation.Increment increment) {
        increments.add(increment);
      }
    }
    return increments;
  }
}
