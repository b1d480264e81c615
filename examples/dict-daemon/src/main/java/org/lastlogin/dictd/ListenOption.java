package org.lastlogin.dictd;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lastlogin.dictproto.server.DictListener;
import org.lastlogin.dictproto.server.TcpListener;
import org.lastlogin.dictproto.server.UnixListener;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Parses the value of {@code --listen}: {@code unix:PATH[?mode=0660&group=GROUP]} or {@code
 * tcp:HOST:PORT}.
 */
final class ListenOption {
  private static final Pattern UNIX = Pattern.compile("unix:([^?]+)(?:\\?(.*))?");
  private static final Pattern TCP = Pattern.compile("tcp:" + HostAndPort.REGEX);
  private static final Pattern MODE = Pattern.compile("0?[0-7]{3}");

  private ListenOption() {}

  /** Parses a value. */
  static DictListener parse(String value) {
    Matcher unix = UNIX.matcher(value);
    if (unix.matches()) {
      return unixListener(value, unix.group(1), unix.group(2));
    }
    Matcher tcp = TCP.matcher(value);
    if (tcp.matches()) {
      try {
        return TcpListener.at(HostAndPort.of(tcp, 0));
      } catch (IllegalArgumentException e) {
        throw invalid(value, String.valueOf(e.getMessage()));
      }
    }
    throw invalid(value, "it is neither unix:PATH[?mode=0660&group=GROUP] nor tcp:HOST:PORT");
  }

  private static DictListener unixListener(String value, String path, String parameters) {
    UnixListener listener = UnixListener.at(path);
    for (String parameter : parameters == null ? new String[0] : parameters.split("&", -1)) {
      if (parameter.startsWith("mode=")) {
        String mode = parameter.substring("mode=".length());
        if (!MODE.matcher(mode).matches()) {
          throw invalid(value, "the mode '" + mode + "' is not octal, such as 0660");
        }
        listener = listener.mode(Integer.parseInt(mode, 8));
      } else if (parameter.startsWith("group=") && parameter.length() > "group=".length()) {
        listener = listener.group(parameter.substring("group=".length()));
      } else {
        throw invalid(value, "'" + parameter + "' is neither mode=MODE nor group=GROUP");
      }
    }
    return listener;
  }

  private static TypeConversionException invalid(String value, String reason) {
    return new TypeConversionException("cannot listen at '" + value + "': " + reason);
  }

  /** Parses a value for picocli. */
  static final class Converter implements ITypeConverter<DictListener> {
    @Override
    public DictListener convert(String value) {
      return parse(value);
    }
  }
}
