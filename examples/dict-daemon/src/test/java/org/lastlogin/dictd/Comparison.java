package org.lastlogin.dictd;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.DictIteration.Flag;
import org.lastlogin.dict.DictOperation;
import org.lastlogin.dict.DictScope;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dictd.DictAnswer.Kind;

/**
 * Makes the same calls of Dovecot's dict server and of ours, and compares answers and rows. Each
 * difference must be an {@link IntendedDifference}; then it checks ours against the rule. Not
 * thread-safe.
 */
final class Comparison {
  private final DictPeer dovecot;
  private final DictPeer ours;
  private List<String> before = List.of();

  Comparison(DictPeer dovecot, DictPeer ours) {
    this.dovecot = dovecot;
    this.ours = ours;
  }

  /** Makes the calls of a sequence up to the first difference, and returns it. */
  Optional<String> firstDifference(List<DictCall> calls) throws SQLException {
    dovecot.empty();
    ours.empty();
    before = List.of();
    for (DictCall call : calls) {
      Optional<String> difference = difference(call);
      if (difference.isPresent()) {
        return difference.map(text -> "\n" + call + "\n" + text);
      }
    }
    return Optional.empty();
  }

  private Optional<String> difference(DictCall call) throws SQLException {
    if (call instanceof DictCall.Iterate iterate) {
      return ofIteration(iterate);
    }
    DictAnswer theirs = dovecot.answer(call);
    DictAnswer own = ours.answer(call);
    if (call instanceof DictCall.Commit commit) {
      return ofCommit(commit.transaction(), theirs, own);
    }
    boolean same = theirs.kind() == own.kind() && theirs.rows().equals(own.rows());
    return unless(same && sameText(theirs, own), theirs, own);
  }

  /** Messages about malformed values are Dovecot's; those of the database depend on the driver. */
  private static boolean sameText(DictAnswer theirs, DictAnswer own) {
    return !theirs.text().contains("field's value isn't") || theirs.text().equals(own.text());
  }

  private static Optional<String> unless(boolean fine, Object theirs, Object own) {
    return fine ? Optional.empty() : Optional.of("  Dovecot: " + theirs + "\n  ours: " + own);
  }

  private Optional<String> ofIteration(DictCall.Iterate call) throws SQLException {
    DictIteration iteration = call.iteration();
    DictAnswer own = ours.answer(call);
    Optional<String> wrong = wrongRows(iteration, own);
    Optional<IntendedDifference> rule = IntendedDifference.of(iteration);
    if (wrong.isPresent() || (rule.isPresent() && rule.orElseThrow().harms())) {
      return wrong;
    }
    DictAnswer theirs = dovecot.answer(call);
    boolean same =
        theirs.failed()
            ? own.failed() || isIntendedFailure(rule, own)
            : !own.failed() && sameRows(iteration, rule, theirs.rows(), own.rows());
    return unless(same, theirs, own);
  }

  /** Returns why our rows of an iteration are wrong, regardless of Dovecot's. */
  private Optional<String> wrongRows(DictIteration iteration, DictAnswer own) throws SQLException {
    if (own.failed()
        || iteration.has(Flag.EXACT_KEY)
        || !iteration.path().startsWith(DictScope.SHARED.prefix())) {
      return Optional.empty();
    }
    List<List<String>> expected = ExpectedRows.of(ours, iteration);
    long most = iteration.maxRows() == 0 ? Long.MAX_VALUE : iteration.maxRows();
    boolean right =
        own.rows().size() == Math.min(most, expected.size())
            && expected.containsAll(own.rows())
            && new HashSet<>(own.rows()).size() == own.rows().size();
    return right ? Optional.empty() : Optional.of("  expected: " + expected + "\n  ours: " + own);
  }

  private static boolean isIntendedFailure(Optional<IntendedDifference> rule, DictAnswer own) {
    return own.rows().isEmpty() // NO_SUCH_PATH
        || rule.equals(Optional.of(IntendedDifference.INTO_LAST_VARIABLE));
  }

  private static boolean sameRows(
      DictIteration iteration,
      Optional<IntendedDifference> rule,
      List<List<String>> theirs,
      List<List<String>> own) {
    if (rule.equals(Optional.of(IntendedDifference.INCOMPLETE_PATH))) {
      return true;
    }
    if (iteration.has(Flag.EXACT_KEY)) {
      // SPELLING: the key is spelt as in the request, not as in the row.
      return own.stream().allMatch(row -> row.get(0).equals(iteration.path()))
          && withoutKeys(theirs).equals(withoutKeys(own));
    }
    if (rule.equals(Optional.of(IntendedDifference.DEEPER_ROWS))) {
      int length = iteration.path().length();
      List<List<String>> near =
          theirs.stream().filter(row -> row.get(0).indexOf('/', length) < 0).toList();
      return iteration.maxRows() > 0 || sorted(near).equals(sorted(own));
    }
    boolean ordered = iteration.has(Flag.SORT_BY_KEY) || iteration.has(Flag.SORT_BY_VALUE);
    return ordered ? theirs.equals(own) : sorted(theirs).equals(sorted(own));
  }

  private static List<List<String>> withoutKeys(List<List<String>> rows) {
    return rows.stream().map(row -> row.subList(1, row.size())).toList();
  }

  private static List<String> sorted(List<List<String>> rows) {
    return rows.stream().map(List::toString).sorted().toList();
  }

  private Optional<String> ofCommit(DictTransaction sent, DictAnswer first, DictAnswer own)
      throws SQLException {
    DictAnswer theirs = first;
    DictTransaction transaction = sent;
    if (first.failed() && !own.failed()) {
      transaction = IntendedDifference.withoutVoidSets(sent);
      theirs = dovecot.answer(new DictCall.Commit(transaction));
    }
    List<String> theirRows = dovecot.rows();
    List<String> ownRows = ours.rows();
    boolean fine = theirs.kind() == own.kind() && theirRows.equals(ownRows);
    if (transaction.operations().size() == 1 && !beyondLong(transaction)) {
      fine &= sameText(theirs, own);
    }
    if (!fine) {
      fine = intended(transaction, theirs, own, theirRows, ownRows);
      dovecot.takeRows(ours);
    }
    List<String> old = before;
    before = ownRows;
    return unless(fine, theirs + " " + theirRows, own + " " + ownRows + "\n  before: " + old);
  }

  /** Dovecot's unsigned numbers have the maximum of its signed ones. */
  private static boolean beyondLong(DictTransaction transaction) {
    return transaction.operations().get(0) instanceof DictOperation.Set set
        && (set.value().startsWith("92233720368547758") || set.value().startsWith("1844"));
  }

  private boolean intended(
      DictTransaction transaction,
      DictAnswer theirs,
      DictAnswer own,
      List<String> theirRows,
      List<String> ownRows) {
    if (IntendedDifference.increments(transaction).isEmpty()) {
      return false;
    }
    if (IntendedDifference.increments(transaction).get(0).difference() == 0) {
      // Then Dovecot does not look for the row.
      return ownRows.equals(before) && theirs.kind() == Kind.COMMITTED;
    }
    if (own.kind() == Kind.NOT_FOUND) {
      // The transaction is rolled back before the operation at which it would have failed.
      return ownRows.equals(before) && (theirs.failed() || theirs.kind() == Kind.NOT_FOUND);
    }
    // An increment of NULL counts from 0.
    return own.kind() == Kind.COMMITTED && !theirs.failed() && onlyNullsDiffer(theirRows, ownRows);
  }

  /** Returns whether our rows are theirs except for numbers where they have NULL. */
  private static boolean onlyNullsDiffer(List<String> theirRows, List<String> ownRows) {
    if (theirRows.size() != ownRows.size()) {
      return false;
    }
    for (int i = 0; i < ownRows.size(); i++) {
      String[] theirs = theirRows.get(i).split(",", -1);
      String[] own = ownRows.get(i).split(",", -1);
      for (int column = 0; column < own.length; column++) {
        boolean filled = theirs[column].isEmpty() && own[0].equals("last_login");
        if (!filled && !theirs[column].equals(own[column])) {
          return false;
        }
      }
    }
    return true;
  }
}
