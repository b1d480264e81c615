package org.lastlogin.dictproto.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A key with a self-signed certificate, for tests with TLS. Immutable. */
public final class TestTls {
  private static final char[] PASSWORD = "not-a-secret".toCharArray();

  private final KeyStore keys;

  private TestTls(KeyStore keys) {
    this.keys = keys;
  }

  /** Creates a certificate for this machine. */
  public static TestTls make(Path directory) throws Exception {
    Path file = Files.createTempFile(directory, "keys", ".p12");
    Files.delete(file);
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "a",
            "-keyalg",
            "EC",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=dns:localhost,ip:127.0.0.1",
            "-storetype",
            "PKCS12",
            "-keystore",
            file.toString(),
            "-storepass",
            String.valueOf(PASSWORD));
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new IOException("keytool failed");
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    return new TestTls(keys);
  }

  /** Returns a context that presents this certificate and trusts another one. */
  public SSLContext trusting(TestTls other) throws Exception {
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD);
    return context(own.getKeyManagers(), other);
  }

  /** Returns a context that presents no certificate and trusts this one. */
  public SSLContext trustedByAnonymous() throws Exception {
    return context(null, this);
  }

  private static SSLContext context(KeyManager[] own, TestTls trusted) throws Exception {
    KeyStore authorities = KeyStore.getInstance("PKCS12");
    authorities.load(null, null);
    authorities.setCertificateEntry("a", trusted.keys.getCertificate("a"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(authorities);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own, trust.getTrustManagers(), null);
    return context;
  }
}
