package org.lastlogin.jdbc.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/**
 * As much of PostgreSQL's protocol as it takes to ask for a password in clear. Immutable.
 *
 * @param tls whether it speaks TLS
 */
public record RoguePostgreSql(boolean tls) implements RogueServer.Protocol {
  private static final int SSL_REQUEST = 80_877_103;
  private static final int GSS_REQUEST = 80_877_104;
  private static final int CLEAR_TEXT_PASSWORD = 3;

  @Override
  public void speak(RogueServer.Client client) throws IOException, GeneralSecurityException {
    int request = readStart(client);
    while (request == SSL_REQUEST || request == GSS_REQUEST) {
      boolean encrypts = tls && request == SSL_REQUEST;
      client.send(new byte[] {(byte) (encrypts ? 'S' : 'N')});
      if (encrypts) {
        client.startTls();
      }
      request = readStart(client);
    }
    client.send(
        ByteBuffer.allocate(9).put((byte) 'R').putInt(8).putInt(CLEAR_TEXT_PASSWORD).array());
    client.read(1);
    client.read(ByteBuffer.wrap(client.read(4)).getInt() - 4);
    byte[] fields = "SFATAL\0C28P01\0Mdenied\0\0".getBytes(StandardCharsets.US_ASCII);
    client.send(
        ByteBuffer.allocate(5 + fields.length)
            .put((byte) 'E')
            .putInt(4 + fields.length)
            .put(fields)
            .array());
  }

  private static int readStart(RogueServer.Client client) throws IOException {
    int length = ByteBuffer.wrap(client.read(4)).getInt();
    return ByteBuffer.wrap(client.read(length - 4)).getInt();
  }
}
