package org.lastlogin.jdbc.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import javax.crypto.Cipher;

/**
 * As much of MySQL's protocol as it takes to ask for a password, or for a file. Immutable.
 *
 * @param greeting the authentication plugin in the server's first packet
 * @param plugin the one that it switches to
 * @param tls whether it speaks TLS
 * @param file the file that it asks for once the client is logged in
 */
public record RogueMySql(String greeting, String plugin, boolean tls, String file)
    implements RogueServer.Protocol {
  private static final byte[] SEED = "abcdefghijklmnopqrst".getBytes(StandardCharsets.US_ASCII);

  /** CLIENT_LONG_PASSWORD, CLIENT_PROTOCOL_41, CLIENT_SECURE_CONNECTION and the like. */
  private static final int CAPABILITIES =
      1 | 1 << 1 | 1 << 2 | 1 << 3 | 1 << 7 | 1 << 9 | 1 << 13 | 1 << 15 | 1 << 19 | 1 << 21;

  private static final int CLIENT_SSL = 1 << 11;
  private static final byte[] OK = {0, 0, 0, 2, 0, 0, 0};
  private static final byte[] DENIED = bytes("\u00ff\u0015\u0004#28000Access denied");

  /** Asks for a password. */
  public static RogueMySql asking(String greeting, String plugin, boolean tls) {
    return new RogueMySql(greeting, plugin, tls, "");
  }

  /** Lets everybody in, and asks for a file. */
  public static RogueMySql askingFor(String file) {
    return new RogueMySql("mysql_native_password", "mysql_native_password", false, file);
  }

  @Override
  public void speak(RogueServer.Client client) throws IOException, GeneralSecurityException {
    Packets packets = new Packets(client);
    packets.send(greetingPacket());
    packets.read();
    if (tls) {
      client.startTls();
      packets.read();
    }
    packets.send(bytes("\u00fe" + plugin + "\0" + text(SEED) + "\0"));
    byte[] answer = packets.read();
    if (plugin.equals("caching_sha2_password")) {
      packets.send(bytes("\u0001\u0004")); // Not in the cache: the password itself, please.
      answer = packets.read();
    }
    if (answer.length == 1) {
      takeEncrypted(packets, client);
    }
    if (file.isEmpty()) {
      packets.send(DENIED);
      return;
    }
    packets.send(OK);
    packets.read();
    packets.send(bytes("\u00fb" + file));
    packets.read();
  }

  /** Sends a key for the password, whose other half it has. */
  private static void takeEncrypted(Packets packets, RogueServer.Client client)
      throws IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2_048);
    KeyPair keys = generator.generateKeyPair();
    String key =
        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(keys.getPublic().getEncoded());
    packets.send(
        bytes("\u0001-----BEGIN PUBLIC KEY-----\n" + key + "\n-----END PUBLIC KEY-----\n"));
    Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
    cipher.init(Cipher.DECRYPT_MODE, keys.getPrivate());
    byte[] password = cipher.doFinal(packets.read());
    for (int i = 0; i < password.length; i++) {
      password[i] ^= SEED[i % SEED.length];
    }
    client.keep(password);
  }

  private byte[] greetingPacket() {
    int capabilities = CAPABILITIES | (tls ? CLIENT_SSL : 0);
    ByteBuffer fixed = ByteBuffer.allocate(31).order(ByteOrder.LITTLE_ENDIAN);
    fixed.putInt(1).put(SEED, 0, 8).put((byte) 0).putShort((short) capabilities);
    fixed.put((byte) 45).putShort((short) 2).putShort((short) (capabilities >> 16));
    fixed.put((byte) (SEED.length + 1));
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.writeBytes(bytes("\n8.0.36\0"));
    packet.writeBytes(fixed.array());
    packet.write(SEED, 8, SEED.length - 8);
    packet.writeBytes(bytes("\0" + greeting + "\0"));
    return packet.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Packets, which have a length and a number in front. */
  private static final class Packets {
    private final RogueServer.Client client;
    private int number;

    private Packets(RogueServer.Client client) {
      this.client = client;
    }

    private byte[] read() throws IOException {
      byte[] head = client.read(4);
      number = head[3] + 1;
      return client.read((head[0] & 0xff) | (head[1] & 0xff) << 8 | (head[2] & 0xff) << 16);
    }

    private void send(byte[] payload) throws IOException {
      ByteBuffer packet = ByteBuffer.allocate(4 + payload.length).order(ByteOrder.LITTLE_ENDIAN);
      packet.putInt(payload.length | number++ << 24).put(payload);
      client.send(packet.array());
    }
  }
}
