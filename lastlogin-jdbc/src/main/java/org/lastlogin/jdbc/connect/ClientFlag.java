package org.lastlogin.jdbc.connect;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The flags of which {@code client_flags} is the sum, with the equivalent properties of the
 * drivers. Other flags are set by every driver, or mean nothing in Java.
 */
enum ClientFlag {
  NO_SCHEMA(4, null, null),
  COMPRESS(5, "useCompression=true", "useCompression=true"),
  /** Lets the server ask for files, which no statement here needs. */
  LOCAL_FILES(7, null, null),
  IGNORE_SPACE(8, null, null),
  INTERACTIVE(10, null, "interactiveClient=true"),
  SSL(11, "", ""),
  MULTI_STATEMENTS(16, "allowMultiQueries=true", "allowMultiQueries=true"),
  CAN_HANDLE_EXPIRED_PASSWORDS(
      22, "disconnectOnExpiredPasswords=false", "disconnectOnExpiredPasswords=false"),
  SSL_VERIFY_SERVER_CERT(30, "", "");

  /** The driver whose properties are meant. */
  enum Driver {
    MARIADB,
    MYSQL
  }

  private static final String NAME = "client_flags";

  private final long bit;
  private final @Nullable String mariaDb;
  private final @Nullable String mySql;

  /** An empty property is set elsewhere; {@code null} says that there is none. */
  ClientFlag(int bit, @Nullable String mariaDb, @Nullable String mySql) {
    this.bit = 1L << bit;
    this.mariaDb = mariaDb;
    this.mySql = mySql;
  }

  boolean isIn(TargetDraft draft) {
    return draft.get(NAME).isPresent() && (draft.number(NAME) & bit) != 0;
  }

  /** Takes the flags of a server into its properties. */
  static void apply(TargetDraft draft, Driver driver) {
    Arrays.stream(values()).filter(flag -> flag.isIn(draft)).forEach(f -> f.set(draft, driver));
  }

  private void set(TargetDraft draft, Driver driver) {
    String property = driver == Driver.MARIADB ? mariaDb : mySql;
    if (property == null) {
      draft.warn(NAME, "CLIENT_" + name() + " of client_flags has no equivalent: it is left out");
    } else if (!property.isEmpty()) {
      String[] nameAndValue = property.split("=", 2);
      draft.set(nameAndValue[0], nameAndValue[1]);
    }
  }
}
