package org.lastlogin.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says where the value of a key is: the pattern of the keys, and the table, columns and row that
 * belong to them. Immutable.
 *
 * <p>What the names mean is Dovecot's: {@code value_field}, {@code value_type}, {@code
 * username_field}, {@code expire_field} and {@code fields} or {@code key_field}.
 */
public final class DictMap {
  private final KeyPattern pattern;
  private final String table;
  private final @Nullable String usernameField;
  private final @Nullable String expireField;
  private final List<ValueField> valueFields;
  private final List<KeyField> keyFields;

  private DictMap(Builder builder) {
    this.pattern = builder.pattern;
    this.table = builder.table;
    this.usernameField = builder.usernameField;
    this.expireField = builder.expireField;
    this.valueFields = List.copyOf(builder.valueFields);
    this.keyFields = List.copyOf(builder.keyFields);
  }

  /**
   * Describes a map. A builder is not safe for use by several threads.
   *
   * @throws KeyPatternException if the pattern cannot be read
   */
  public static Builder builder(String pattern, String table) {
    return builder(KeyPattern.parse(pattern), table);
  }

  /** Describes a map. A builder is not safe for use by several threads. */
  public static Builder builder(KeyPattern pattern, String table) {
    return new Builder(pattern, table);
  }

  /** Returns which keys it serves. */
  public KeyPattern pattern() {
    return pattern;
  }

  /** In which table the values are. */
  public String table() {
    return table;
  }

  /** The column with the name of the user, for {@code priv/} keys. */
  public Optional<String> usernameField() {
    return Optional.ofNullable(usernameField);
  }

  /** The column with the time from which on a row counts as gone, in seconds since 1970. */
  public Optional<String> expireField() {
    return Optional.ofNullable(expireField);
  }

  /**
   * The columns with the values: at least one. A set changes the first alone, a lookup returns all.
   */
  public List<ValueField> valueFields() {
    return valueFields;
  }

  /** The columns that find the row: one for each variable of the pattern. */
  public List<KeyField> keyFields() {
    return keyFields;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DictMap that
        && pattern.equals(that.pattern)
        && table.equals(that.table)
        && Objects.equals(usernameField, that.usernameField)
        && Objects.equals(expireField, that.expireField)
        && valueFields.equals(that.valueFields)
        && keyFields.equals(that.keyFields);
  }

  @Override
  public int hashCode() {
    return Objects.hash(pattern, table, valueFields);
  }

  @Override
  public String toString() {
    return "DictMap["
        + pattern
        + " -> "
        + table
        + valueFields.stream().map(ValueField::column).toList()
        + "]";
  }

  /** Collects what makes up a map. */
  public static final class Builder {
    private final KeyPattern pattern;
    private final String table;
    private @Nullable String usernameField;
    private @Nullable String expireField;
    private final List<ValueField> valueFields = new ArrayList<>();
    private final List<KeyField> keyFields = new ArrayList<>();

    private Builder(KeyPattern pattern, String table) {
      this.pattern = Objects.requireNonNull(pattern, "pattern");
      this.table = Objects.requireNonNull(table, "table");
    }

    /** Names the column with the user's name; by default there is none. */
    public Builder usernameField(String column) {
      this.usernameField = Objects.requireNonNull(column, "column");
      return this;
    }

    /** Names the column with the time at which rows expire; by default there is none. */
    public Builder expireField(String column) {
      this.expireField = Objects.requireNonNull(column, "column");
      return this;
    }

    /** Adds a column with values. */
    public Builder valueField(String column, ValueType type) {
      valueFields.add(new ValueField(column, type));
      return this;
    }

    /** Adds the column for a variable, as text. */
    public Builder keyField(String column, String variable) {
      return keyField(column, variable, ValueType.STRING);
    }

    /** Adds the column for a variable. */
    public Builder keyField(String column, String variable, ValueType type) {
      keyFields.add(new KeyField(column, variable, type));
      return this;
    }

    /**
     * The map.
     *
     * @throws IllegalArgumentException if it has no column with a value, if a variable of the
     *     pattern has no column or a column names a variable that the pattern has not, or if the
     *     keys are private and no column holds the user
     */
    public DictMap build() {
      List<String> used = keyFields.stream().map(KeyField::variable).toList();
      check(!valueFields.isEmpty(), "it has no value field");
      for (String variable : pattern.variables()) {
        check(used.contains(variable), "no field holds its variable $" + variable);
      }
      for (String variable : used) {
        check(
            pattern.variables().contains(variable),
            "a field holds $" + variable + ", which the pattern has not");
      }
      check(
          usernameField != null || !pattern.literalPrefix().startsWith("priv/"),
          "its keys are private, and no username_field says which column holds the user");
      return new DictMap(this);
    }

    private void check(boolean right, String what) {
      if (!right) {
        throw new IllegalArgumentException("Invalid map " + pattern + ": " + what);
      }
    }
  }
}
