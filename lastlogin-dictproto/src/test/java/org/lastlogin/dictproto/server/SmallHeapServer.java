package org.lastlogin.dictproto.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.lastlogin.dict.CommitResult;
import org.lastlogin.dict.Dict;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictIteration;
import org.lastlogin.dict.DictRow;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.dict.LookupResult;
import org.lastlogin.dict.RowConsumer;

/** A server in a process of its own, whose dict has a large value for each key and endless rows. */
final class SmallHeapServer implements Dict {
  private static final int VALUE_CHARACTERS = 60_000;

  private SmallHeapServer() {}

  /** Serves at the socket that is given, until its input ends. */
  public static void main(String[] arguments) throws IOException {
    try (DictServer server =
        DictServer.builder()
            .dict("lastlogin", new SmallHeapServer())
            .listen(UnixListener.at(Path.of(arguments[0])))
            .start()) {
      System.out.println("serves");
      while (System.in.read() >= 0) {
        // Its parent is still there.
      }
    }
  }

  private static String value() {
    return "v".repeat(VALUE_CHARACTERS);
  }

  @Override
  public CompletionStage<LookupResult> lookup(String key, DictContext context) {
    return CompletableFuture.supplyAsync(() -> LookupResult.found(value()));
  }

  @Override
  public CompletionStage<Void> iterate(DictIteration iteration, RowConsumer rows) {
    return rows.accept(new DictRow(iteration.path() + "x", List.of(value())))
        .thenComposeAsync(ready -> iterate(iteration, rows));
  }

  @Override
  public CompletionStage<CommitResult> commit(DictTransaction transaction) {
    return CompletableFuture.completedStage(CommitResult.COMMITTED);
  }

  @Override
  public void close() {}
}
