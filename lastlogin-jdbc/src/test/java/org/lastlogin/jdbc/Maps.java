package org.lastlogin.jdbc;

import java.util.stream.Stream;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.DictMaps;
import org.lastlogin.map.ValueType;

/** Maps for tests. */
public final class Maps {
  /** Those that last-login tutorials have: LMTP's times are kept with those of the LDA. */
  public static final DictMaps LAST_LOGIN =
      DictMaps.of(
          lastLogin("imap", "imap"),
          lastLogin("pop3", "pop3"),
          lastLogin("lda", "lda"),
          lastLogin("lmtp", "lda"));

  /** Private keys, several values, variables that take slashes, bytes. */
  public static final DictMaps EXTRA =
      DictMaps.of(
          quota("storage", "bytes"),
          quota("messages", "messages"),
          DictMap.builder("shared/pair/$k", "pair")
              .valueField("v1", ValueType.STRING)
              .valueField("v2", ValueType.UINT)
              .keyField("k", "k")
              .build(),
          DictMap.builder("shared/tree/$a/$b", "tree")
              .valueField("v", ValueType.STRING)
              .keyField("a", "a")
              .keyField("b", "b")
              .build(),
          DictMap.builder("shared/blob/${id}", "blobs")
              .valueField("v", ValueType.HEXBLOB)
              .keyField("id", "id", ValueType.HEXBLOB)
              .build());

  /** The same with rows that expire. */
  static final DictMaps EXPIRING =
      DictMaps.of(EXTRA.asList().stream().map(Maps::expiring).toList());

  public static final DictMaps ALL =
      DictMaps.of(Stream.concat(LAST_LOGIN.asList().stream(), EXTRA.asList().stream()).toList());

  /** Each of two types finds a row in one map, and is a value in the other. */
  public static final DictMaps PRICES =
      DictMaps.of(
          price("shared/price/$k", "price", ValueType.UUID, ValueType.DOUBLE),
          price("shared/grade/$k", "grade", ValueType.DOUBLE, ValueType.UUID));

  private Maps() {}

  static DictMap price(String pattern, String table, ValueType key, ValueType value) {
    return DictMap.builder(pattern, table).valueField("v", value).keyField("k", "k", key).build();
  }

  private static DictMap lastLogin(String service, String column) {
    return DictMap.builder("shared/last-login/" + service + "/$user/$domain", "last_login")
        .valueField(column, ValueType.UINT)
        .keyField("username", "user")
        .keyField("domain", "domain")
        .build();
  }

  private static DictMap quota(String key, String column) {
    return DictMap.builder("priv/quota/" + key, "quota")
        .valueField(column, ValueType.UINT)
        .usernameField("username")
        .build();
  }

  private static DictMap expiring(DictMap map) {
    DictMap.Builder expiring = DictMap.builder(map.pattern(), map.table()).expireField("expires");
    map.valueFields().forEach(field -> expiring.valueField(field.column(), field.type()));
    map.keyFields()
        .forEach(field -> expiring.keyField(field.column(), field.variable(), field.type()));
    map.usernameField().ifPresent(expiring::usernameField);
    return expiring.build();
  }
}
