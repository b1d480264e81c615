package org.lastlogin.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/** Prepares files for being read by a test. */
public final class TestFiles {
  private TestFiles() {}

  /** A file whose passwords nobody else can read, as it should be; otherwise that is reported. */
  public static Path withoutOthers(Path file) throws IOException {
    return withPermissions(file, "rw-r-----");
  }

  /** A file with permissions, where the file system has such. */
  public static Path withPermissions(Path file, String permissions) throws IOException {
    if (Files.getFileAttributeView(file, PosixFileAttributeView.class) != null) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
    return file;
  }
}
