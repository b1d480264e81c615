package org.lastlogin.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.ValueType;

/** Makes dicts up, of everything that both formats can say. The same seed makes the same dict. */
final class RandomDicts {
  private static final List<ValueType> TYPES =
      List.of(ValueType.STRING, ValueType.UINT, ValueType.INT, ValueType.HEXBLOB);

  private static final List<String> PIECES =
      List.of(
          "a",
          "Z",
          "7",
          " ",
          "  ",
          "\t",
          "#",
          " #",
          "'",
          "\"",
          "\\",
          "$",
          "$ENV:HOME",
          "$SET:x",
          "%",
          "%%",
          "%{",
          "%{user}",
          "{",
          "}",
          " }",
          "=",
          "<",
          ",",
          ";",
          "!",
          "ü",
          "€",
          "\uD83D\uDE00",
          "\u3000",
          "\u00A0",
          "@",
          ":",
          "//",
          "y");

  private final Random random;

  RandomDicts(long seed) {
    this.random = new Random(seed);
  }

  DictDefinition next() {
    SqlDriver driver = pick(List.of(SqlDriver.values()));
    DictDefinition.Builder dict = DictDefinition.builder().name(word()).driver(driver);
    if (random.nextInt(5) > 0) {
      dict.connect(connect(driver));
    }
    List<DictMap> maps = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      maps.add(random.nextInt(5) == 0 && !maps.isEmpty() ? pick(maps) : map());
    }
    return dict.maps(maps).build();
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** What may be a name anywhere. */
  private String word() {
    return pick(List.of("v", "user", "Last_Login", "größe", "a1", "x_", "last-login", "vmail.t"));
  }

  /** What may be the name of a table or column: anything but white space and the equals sign. */
  private String column() {
    return random.nextInt(3) > 0
        ? word()
        : word() + pick(List.of("#", "'", "\"", "\\", "$", "%{x}", "{", "}", "<", "`", "[]", "!"));
  }

  /** Any text, if not an empty one. */
  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i >= 0; i--) {
      text.append(pick(PIECES));
    }
    return text.toString();
  }

  private ConnectSettings connect(SqlDriver driver) {
    if (driver == SqlDriver.SQLITE) {
      return ConnectSettings.of(
          List.of(
              random.nextBoolean()
                  ? Map.of("path", "/var/lib/" + word() + pick(List.of("", " b", "#", "%{x}")))
                  : Map.of("path", "/x", "journal_mode", "wal", "readonly", "no")));
    }
    Map<String, String> common = new LinkedHashMap<>();
    common.put("user", text());
    common.put("password", text());
    common.put("dbname", word());
    if (random.nextBoolean()) {
      common.put("port", "3306");
      common.put("connect_timeout", pick(List.of("0", "5", "30")));
    }
    if (random.nextBoolean() && driver == SqlDriver.MYSQL) {
      tls(common);
    }
    if (random.nextBoolean() && driver == SqlDriver.PGSQL) {
      common.put("sslmode", "verify-full");
    }
    return ConnectSettings.of(servers(common));
  }

  private void tls(Map<String, String> common) {
    if (random.nextBoolean()) {
      common.put("ssl", "yes");
    }
    if (random.nextInt(3) > 0) {
      common.put(pick(List.of("ssl_ca", "ssl_ca_path")), "/etc/ssl/" + text());
    }
    if (random.nextInt(3) > 0) {
      common.put("ssl_verify_server_cert", pick(List.of("yes", "no")));
    }
  }

  private List<Map<String, String>> servers(Map<String, String> common) {
    Set<String> hosts = new LinkedHashSet<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      hosts.add(pick(List.of("localhost", "10.0.0.1", "::1", "/run/my sql/s.sock", "db.example")));
    }
    List<Map<String, String>> servers = new ArrayList<>();
    for (String host : hosts) {
      Map<String, String> server = new LinkedHashMap<>(common);
      server.put("host", host);
      servers.add(server);
    }
    return servers.isEmpty() ? List.of(common) : servers;
  }

  private DictMap map() {
    boolean priv = random.nextInt(3) == 0;
    StringBuilder pattern = new StringBuilder(priv ? "priv/" : "shared/").append(word());
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      String variable = "v" + i;
      pattern.append(pick(List.of("/", "/x", "/ y", "/%{", "/#", "/\"")));
      pattern.append(random.nextBoolean() ? "$" + variable : "${" + variable + "}");
      fields.put(column() + i, variable);
    }
    DictMap.Builder map = DictMap.builder(pattern.toString(), column());
    if (priv) {
      map.usernameField(column());
    }
    for (int i = random.nextInt(3); i >= 0; i--) {
      map.valueField(column() + i, pick(TYPES));
    }
    fields.forEach((column, variable) -> map.keyField(column, variable, pick(TYPES)));
    return map.build();
  }
}
