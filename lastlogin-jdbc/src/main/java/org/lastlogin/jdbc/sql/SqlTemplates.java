package org.lastlogin.jdbc.sql;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The templates of a database's changes, rendered once for each shape. Safe for use by any number
 * of threads.
 */
final class SqlTemplates {
  /**
   * The maximum number of shapes that are kept. Each choice of columns of a row that a transaction
   * sets together has its own, so maps allow for more; these are rendered each time.
   */
  private static final int MAX_SHAPES = 1_000;

  private final Map<Key, SqlTemplate> templates = new ConcurrentHashMap<>();

  private record Key(SqlDialect dialect, Shape shape, @Nullable UniqueKey target) {}

  /**
   * Returns the template of a shape.
   *
   * @param target the unique key that an upsert runs into if its row exists
   */
  SqlTemplate get(SqlDialect dialect, Shape shape, @Nullable UniqueKey target) {
    Key key = new Key(dialect, shape, target);
    SqlTemplate template = templates.get(key);
    if (template == null) {
      template = new SqlChanges(dialect).template(shape, target);
      if (templates.size() < MAX_SHAPES) {
        templates.put(key, template);
      }
    }
    return template;
  }
}
