package org.lastlogin.jdbc.connect;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** A file with certificates and keys in the form of OpenSSL. Immutable. */
final class PemFile {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*+)-----END \\1-----");

  /** Version 0, and the identifier of RSA without parameters. */
  private static final byte[] PKCS8_OF_RSA =
      HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

  private final List<Block> blocks;

  private PemFile(List<Block> blocks) {
    this.blocks = blocks;
  }

  /** A block between BEGIN and END. */
  private record Block(String kind, String base64) {
    byte[] der() throws GeneralSecurityException {
      try {
        return Base64.getMimeDecoder().decode(base64);
      } catch (IllegalArgumentException e) {
        throw new GeneralSecurityException("what is between BEGIN and END is not Base64", e);
      }
    }

    /** Returns its kind, and not its content. */
    @Override
    public String toString() {
      return kind;
    }
  }

  static PemFile read(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    return new PemFile(
        BLOCK.matcher(text).results().map(b -> new Block(b.group(1), b.group(2))).toList());
  }

  /** Returns the certificates; at least one. */
  List<Certificate> certificates() throws GeneralSecurityException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<Certificate> certificates = new ArrayList<>();
    for (Block block : blocks) {
      if (block.kind.equals("CERTIFICATE")) {
        certificates.add(factory.generateCertificate(new ByteArrayInputStream(block.der())));
      }
    }
    if (certificates.isEmpty()) {
      throw new CertificateException("there is no certificate in it");
    }
    return certificates;
  }

  /** Returns the first private key. */
  PrivateKey privateKey(String algorithm) throws GeneralSecurityException {
    for (Block block : blocks) {
      if (block.kind.equals("PRIVATE KEY")) {
        return key(algorithm, block.der());
      } else if (block.kind.equals("RSA PRIVATE KEY")) {
        return key("RSA", pkcs8(block.der()));
      }
    }
    throw new InvalidKeyException(
        "there is no key in it that can be read; openssl pkcs8 -topk8 -nocrypt makes one");
  }

  private static PrivateKey key(String algorithm, byte[] pkcs8) throws GeneralSecurityException {
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  /** Wraps what is an RSA key and nothing else (PKCS #1) into the form that says so (PKCS #8). */
  private static byte[] pkcs8(byte[] pkcs1) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(PKCS8_OF_RSA);
    content.writeBytes(tagged(0x04, pkcs1));
    return tagged(0x30, content.toByteArray());
  }

  /** Encodes in DER: a tag, the length in two bytes, which suffice for 64 KiB, and the content. */
  private static byte[] tagged(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    out.write(0x82);
    out.write(content.length >> 8);
    out.write(content.length);
    out.writeBytes(content);
    return out.toByteArray();
  }
}
