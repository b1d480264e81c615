package org.lastlogin.jdbc;

import java.sql.SQLException;
import org.lastlogin.dict.DictException;

/** There was no connection to be had. */
final class DatabaseDownException extends DictException {
  private static final long serialVersionUID = 1L;

  DatabaseDownException(SQLException cause) {
    super(String.valueOf(cause.getMessage()), cause);
  }
}
