package org.lastlogin.jdbc;

import java.sql.SQLException;
import org.lastlogin.dict.DictException;

/** No connection could be opened. */
final class DatabaseDownException extends DictException {
  private static final long serialVersionUID = 1L;

  DatabaseDownException(SQLException cause) {
    super(String.valueOf(cause.getMessage()), cause);
  }
}
