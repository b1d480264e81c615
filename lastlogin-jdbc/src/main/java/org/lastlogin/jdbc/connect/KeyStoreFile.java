package org.lastlogin.jdbc.connect;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key store made of PEM files, for drivers that read nothing else: {@code ssl_cert} and {@code
 * ssl_key} with MariaDB's and MySQL's drivers, {@code ssl_ca} with MySQL's. From the first call of
 * {@link #file} until the JVM ends, it is in the directory for temporary files, readable for its
 * owner only and encrypted with a random password. Our own security provider would need no file,
 * but would be registered for the whole JVM. Safe for use by any number of threads.
 */
final class KeyStoreFile {
  static final String TYPE = "PKCS12";

  private static final SecureRandom RANDOM = new SecureRandom();

  private final KeyStore keys;
  private final String password;
  private @Nullable Path file;

  private KeyStoreFile(KeyStore keys, String password) {
    this.keys = keys;
    this.password = password;
  }

  /** Returns the password. */
  String password() {
    return password;
  }

  /** Returns the file, which is written on the first call. */
  synchronized Path file() throws IOException {
    if (file == null) {
      file = write();
    }
    return file;
  }

  private Path write() throws IOException {
    // Created with permissions for its owner alone.
    Path written = Files.createTempFile("lastlogin", ".p12");
    written.toFile().deleteOnExit();
    try (OutputStream out = Files.newOutputStream(written)) {
      keys.store(out, password.toCharArray());
    } catch (GeneralSecurityException e) {
      throw new IOException(e.getMessage(), e);
    }
    return written;
  }

  /** Returns a client's key, with the certificate for it and those that lead to its authority. */
  static KeyStoreFile ofClient(TargetDraft draft, String certificate, String key) {
    String setting = draft.get("ssl_cert").isPresent() ? "ssl_cert" : "ssl_key";
    return make(
        draft,
        setting,
        (keys, password) -> {
          List<Certificate> chain = PemFile.read(Path.of(certificate)).certificates();
          keys.setKeyEntry(
              "client",
              PemFile.read(Path.of(key)).privateKey(chain.get(0).getPublicKey().getAlgorithm()),
              password,
              chain.toArray(Certificate[]::new));
        });
  }

  /** Certificates of authorities that are trusted. */
  static KeyStoreFile ofAuthorities(TargetDraft draft, String setting, String certificates) {
    return make(
        draft,
        setting,
        (keys, password) -> {
          for (Certificate certificate : PemFile.read(Path.of(certificates)).certificates()) {
            keys.setCertificateEntry("ca" + keys.size(), certificate);
          }
        });
  }

  /** Fills a key store. */
  @FunctionalInterface
  private interface Content {
    void put(KeyStore keys, char[] password) throws GeneralSecurityException, IOException;
  }

  private static KeyStoreFile make(TargetDraft draft, String setting, Content content) {
    String password = new BigInteger(130, RANDOM).toString(Character.MAX_RADIX);
    try {
      KeyStore keys = KeyStore.getInstance(TYPE);
      keys.load(null, null);
      content.put(keys, password.toCharArray());
      return new KeyStoreFile(keys, password);
    } catch (IOException | GeneralSecurityException | InvalidPathException e) {
      throw draft.failure(setting, "Cannot use this file: " + reason(e));
    }
  }

  private static String reason(Exception e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such file";
    }
    // The messages of PemFile are complete; those of others may be only a path.
    return e instanceof GeneralSecurityException
        ? String.valueOf(e.getMessage())
        : e.getClass().getSimpleName() + ": " + e.getMessage();
  }
}
