package org.lastlogin.config.mapfile;

import org.lastlogin.config.source.Text;

/**
 * What the lexer cuts a file into. Immutable.
 *
 * @param kind what it is
 * @param text what it says, without quotes
 */
record MapFileToken(Kind kind, Text text) {

  /** What tokens there are. */
  enum Kind {
    /** The name of a setting or section. */
    WORD,
    /** The sign between a setting's name and its value; the value is read by itself. */
    EQUALS,
    /** A brace that opens a section. */
    OPEN,
    /** A brace that closes a section. */
    CLOSE,
    /** The end of a line that is not continued. */
    NEWLINE,
    /** The end of the file. */
    END
  }
}
