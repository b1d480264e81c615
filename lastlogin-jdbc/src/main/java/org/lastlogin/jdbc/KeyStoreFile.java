package org.lastlogin.jdbc;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.List;

/**
 * A key store made of PEM files, for drivers that read nothing else. It lies in the directory for
 * temporary files, readable for its owner only and encrypted with a password of its own, until the
 * JVM ends. Immutable.
 *
 * @param file where it lies
 * @param password what opens it
 */
record KeyStoreFile(Path file, String password) {
  static final String TYPE = "PKCS12";

  private static final SecureRandom RANDOM = new SecureRandom();

  /** The password is left out. */
  @Override
  public String toString() {
    return file.toString();
  }

  /** A client's key, with the certificate for it and those that lead to its authority. */
  static KeyStoreFile ofClient(TargetDraft draft, Path certificate, Path key) {
    String setting = draft.get("ssl_cert").isPresent() ? "ssl_cert" : "ssl_key";
    return make(
        draft,
        setting,
        (keys, password) -> {
          List<Certificate> chain = PemFile.read(certificate).certificates();
          keys.setKeyEntry(
              "client",
              PemFile.read(key).privateKey(chain.get(0).getPublicKey().getAlgorithm()),
              password,
              chain.toArray(Certificate[]::new));
        });
  }

  /** Certificates of authorities that are trusted. */
  static KeyStoreFile ofAuthorities(TargetDraft draft, String setting, Path certificates) {
    return make(
        draft,
        setting,
        (keys, password) -> {
          for (Certificate certificate : PemFile.read(certificates).certificates()) {
            keys.setCertificateEntry("ca" + keys.size(), certificate);
          }
        });
  }

  /** What goes into a key store. */
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
      // Created with permissions for its owner alone.
      Path file = Files.createTempFile("lastlogin", ".p12");
      file.toFile().deleteOnExit();
      try (OutputStream out = Files.newOutputStream(file)) {
        keys.store(out, password.toCharArray());
      }
      return new KeyStoreFile(file, password);
    } catch (IOException | GeneralSecurityException e) {
      throw draft.failure(
          setting, "cannot be used: " + e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }
}
