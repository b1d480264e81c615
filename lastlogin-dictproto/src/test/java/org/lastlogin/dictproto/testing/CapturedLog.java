package org.lastlogin.dictproto.testing;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Captures the lines that are logged while it is open, and passes them on. Tests that use it must
 * not run at the same time.
 */
public final class CapturedLog implements AutoCloseable {
  private final PrintStream before = System.err;
  private final ByteArrayOutputStream lines = new ByteArrayOutputStream();

  /** Begins to capture. */
  public CapturedLog() {
    System.setErr(new PrintStream(new Both(), true, StandardCharsets.UTF_8));
  }

  /** Returns the lines so far that contain a text. */
  public List<String> linesWith(String text) {
    return lines.toString(StandardCharsets.UTF_8).lines().filter(s -> s.contains(text)).toList();
  }

  @Override
  public void close() {
    System.setErr(before);
  }

  private final class Both extends OutputStream {
    @Override
    public void write(int b) {
      lines.write(b);
      before.write(b);
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
      lines.write(bytes, from, count);
      before.write(bytes, from, count);
    }

    @Override
    public void flush() {
      before.flush();
    }
  }
}
