package org.lastlogin.config.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;

/** Reads source files. */
public final class SourceReader {
  /** More than any configuration has; a larger file is something else. */
  public static final int MAX_BYTES = 1 << 20;

  private SourceReader() {}

  /**
   * Reads a file, and reports where its first byte is that is not UTF-8.
   *
   * @throws IOException if it cannot be read or is too large; {@link #reason} words it for a user
   */
  public static SourceFile read(Path path, Diagnostics diagnostics) throws IOException {
    // Opening a pipe would block until another process writes to it.
    if (Files.readAttributes(path, BasicFileAttributes.class).isOther()) {
      throw new IOException("It is a pipe or a device, not a file");
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(path)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    }
    if (bytes.length > MAX_BYTES) {
      throw new IOException("It is larger than 1 MiB, which no configuration is");
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    SourceFile source = new SourceFile(path.toString(), text, isReadableByOthers(path));
    reportMalformed(bytes, source, diagnostics);
    return source;
  }

  /** Returns whether all users may read a file; false on file systems without such permissions. */
  private static boolean isReadableByOthers(Path path) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    return view != null
        && view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ);
  }

  /** Returns why a file could not be read, in words that do not name it. */
  public static String reason(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "There is no such file";
    }
    if (failure instanceof AccessDeniedException) {
      return "Permission denied";
    }
    return String.valueOf(failure.getMessage());
  }

  private static void reportMalformed(byte[] bytes, SourceFile source, Diagnostics diagnostics) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isMalformed()) {
      diagnostics.error(
          new Span(source, out.position(), out.position() + 1),
          String.format(
              "This is not UTF-8: the byte 0x%02x at offset %d of the file",
              bytes[in.position()], in.position()),
          "Save the file in the encoding UTF-8.");
    }
  }
}
