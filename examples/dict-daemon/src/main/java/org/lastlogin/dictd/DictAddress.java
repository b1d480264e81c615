package org.lastlogin.dictd;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lastlogin.dictproto.client.DictClient;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Parses the address of a dict: {@code proxy:SOCKET:NAME}, as in Dovecot's settings, or {@code
 * tcp:HOST:PORT:NAME}. As in Dovecot, an empty SOCKET means Dovecot's own socket.
 */
final class DictAddress {
  private static final Path DOVECOT_SOCKET = Path.of("/run/dovecot/dict");
  private static final Pattern PROXY = Pattern.compile("proxy:([^:]*):(.+)");
  private static final Pattern TCP = Pattern.compile("tcp:" + HostAndPort.REGEX + ":(.+)");

  private DictAddress() {}

  /** Parses an address. */
  static DictClient.Builder parse(String value) {
    Matcher proxy = PROXY.matcher(value);
    if (proxy.matches()) {
      Path socket = proxy.group(1).isEmpty() ? DOVECOT_SOCKET : Path.of(proxy.group(1));
      return DictClient.builder(socket, proxy.group(2));
    }
    Matcher tcp = TCP.matcher(value);
    if (tcp.matches()) {
      try {
        return DictClient.builder(HostAndPort.of(tcp, 1), tcp.group(4));
      } catch (IllegalArgumentException e) {
        throw invalid(value, String.valueOf(e.getMessage()));
      }
    }
    throw invalid(value, "it is neither proxy:SOCKET:NAME nor tcp:HOST:PORT:NAME");
  }

  private static TypeConversionException invalid(String value, String reason) {
    return new TypeConversionException("invalid address of a dict '" + value + "': " + reason);
  }

  /** Parses an address for picocli. */
  static final class Converter implements ITypeConverter<DictClient.Builder> {
    @Override
    public DictClient.Builder convert(String value) {
      return parse(value);
    }
  }
}
