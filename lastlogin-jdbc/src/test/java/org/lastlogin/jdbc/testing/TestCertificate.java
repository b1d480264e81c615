package org.lastlogin.jdbc.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A key and a certificate for it, which names this machine and has no authority above it: servers
 * show it, clients show it, and both trust it. Made anew for each JVM. Immutable.
 *
 * @param certificate the certificate, as a PEM file
 * @param key the key in the form of PKCS #8, as a PEM file
 * @param rsaKey the key in the form of PKCS #1, as a PEM file
 */
public record TestCertificate(Path certificate, Path key, Path rsaKey) {
  private static final String PASSWORD = "not-a-secret";
  private static final String STORE = "keys.p12";

  /** The number of bytes that PKCS #8 has before a key of 2,048 bits in PKCS #1. */
  private static final int PKCS8_HEADER = 26;

  private static TestCertificate shared;

  /** The one of this JVM. */
  public static synchronized TestCertificate shared() throws Exception {
    if (shared == null) {
      shared = make(TestDatabases.temporaryDirectory());
    }
    return shared;
  }

  /** TLS of a server that shows {@link #shared()}. */
  static SSLContext serverContext() throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(load(shared().certificate.resolveSibling(STORE)), PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private static TestCertificate make(Path directory) throws Exception {
    Path store = directory.resolve(STORE);
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "a",
            "-keyalg",
            "RSA",
            "-keysize",
            "2048",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=dns:localhost,ip:127.0.0.1",
            "-ext",
            "bc=ca:true",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            PASSWORD);
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new IOException("keytool failed");
    }
    return write(directory, store);
  }

  private static TestCertificate write(Path directory, Path store)
      throws IOException, GeneralSecurityException {
    KeyStore keys = load(store);
    byte[] key = keys.getKey("a", PASSWORD.toCharArray()).getEncoded();
    return new TestCertificate(
        pem(directory.resolve("cert.pem"), "CERTIFICATE", keys.getCertificate("a").getEncoded()),
        pem(directory.resolve("key.pem"), "PRIVATE KEY", key),
        pem(
            directory.resolve("rsa.pem"),
            "RSA PRIVATE KEY",
            Arrays.copyOfRange(key, PKCS8_HEADER, key.length)));
  }

  private static KeyStore load(Path store) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  private static Path pem(Path file, String kind, byte[] content) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return Files.writeString(
        file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
  }
}
