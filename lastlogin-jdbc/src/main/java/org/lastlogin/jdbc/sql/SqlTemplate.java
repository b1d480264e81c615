package org.lastlogin.jdbc.sql;

/**
 * The text of all statements of one shape, whatever the number of their rows. Immutable.
 *
 * @param prefix the text before the rows
 * @param row the text of each row
 * @param separator the text between two rows
 * @param suffix the text after the rows
 * @param maxRows how many rows one statement can take
 */
public record SqlTemplate(String prefix, String row, String separator, String suffix, int maxRows) {

  /** Returns a statement about one row. */
  static SqlTemplate ofOneRow(String text) {
    return new SqlTemplate(text, "", "", "", 1);
  }

  /** Returns the statement for so many rows. */
  public String text(int rows) {
    int length = (row.length() + separator.length()) * rows + prefix.length() + suffix.length();
    StringBuilder text = new StringBuilder(length).append(prefix).append(row);
    for (int i = 1; i < rows; i++) {
      text.append(separator).append(row);
    }
    return text.append(suffix).toString();
  }
}
