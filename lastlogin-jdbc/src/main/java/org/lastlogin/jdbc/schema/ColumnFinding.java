package org.lastlogin.jdbc.schema;

import org.lastlogin.jdbc.schema.SchemaDiagnostic.Kind;
import org.lastlogin.jdbc.schema.SchemaDiagnostic.Severity;

/** That a column's type does not fit its values: how bad, what, and what comes of it. Immutable. */
record ColumnFinding(Severity severity, Kind kind, String message) {
  static ColumnFinding wrong(Severity severity, String message) {
    return new ColumnFinding(severity, Kind.WRONG_TYPE, message);
  }

  static ColumnFinding narrow(Severity severity, String message) {
    return new ColumnFinding(severity, Kind.TOO_NARROW, message);
  }
}
