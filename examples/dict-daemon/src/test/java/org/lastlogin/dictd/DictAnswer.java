package org.lastlogin.dictd;

import java.util.List;
import java.util.stream.Stream;
import org.lastlogin.dict.BlockingDict;
import org.lastlogin.dict.CommitResult;
import org.lastlogin.dict.Dict;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.DictRow;
import org.lastlogin.dict.LookupResult;
import org.lastlogin.dict.UncertainCommitException;

/**
 * Answer of a dict to a {@link DictCall}. Immutable.
 *
 * @param kind how the call ended
 * @param rows the rows, each with its key and its values; of a lookup, the values alone
 * @param text of a failure, what the dict said
 */
record DictAnswer(Kind kind, List<List<String>> rows, String text) {

  /** Results of a call. */
  enum Kind {
    FOUND,
    ITERATED,
    COMMITTED,
    NOT_FOUND,
    UNCERTAIN,
    FAILED
  }

  /** Makes a call and waits for its answer. */
  static DictAnswer of(Dict dict, DictCall call) {
    try {
      if (call instanceof DictCall.Lookup lookup) {
        return of(lookup(dict, lookup));
      }
      BlockingDict blocking = BlockingDict.of(dict);
      if (call instanceof DictCall.Iterate iterate) {
        List<DictRow> rows = blocking.list(iterate.iteration());
        return new DictAnswer(Kind.ITERATED, rows.stream().map(DictAnswer::texts).toList(), "");
      }
      CommitResult result = blocking.commit(((DictCall.Commit) call).transaction());
      return answer(result == CommitResult.COMMITTED ? Kind.COMMITTED : Kind.NOT_FOUND);
    } catch (UncertainCommitException e) {
      return new DictAnswer(Kind.UNCERTAIN, List.of(), String.valueOf(e.getMessage()));
    } catch (DictException e) {
      return new DictAnswer(Kind.FAILED, List.of(), String.valueOf(e.getMessage()));
    }
  }

  /** Does not use {@link BlockingDict}, which returns only the first value. */
  private static LookupResult lookup(Dict dict, DictCall.Lookup lookup) {
    DictContext context = DictContext.of(lookup.username());
    return dict.lookup(lookup.key(), context)
        .handle(
            (result, failure) -> {
              if (failure instanceof DictException e) {
                throw e;
              }
              return result;
            })
        .toCompletableFuture()
        .join();
  }

  private static DictAnswer of(LookupResult result) {
    return result instanceof LookupResult.Found found
        ? new DictAnswer(Kind.FOUND, List.of(found.values()), "")
        : answer(Kind.NOT_FOUND);
  }

  private static DictAnswer answer(Kind kind) {
    return new DictAnswer(kind, List.of(), "");
  }

  private static List<String> texts(DictRow row) {
    return Stream.concat(Stream.of(row.key()), row.values().stream()).toList();
  }

  /** Returns whether the call certainly failed. */
  boolean failed() {
    return kind == Kind.FAILED;
  }
}
