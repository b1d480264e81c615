package org.lastlogin.jdbc.schema;

import java.util.ArrayList;
import java.util.List;
import org.lastlogin.jdbc.sql.SqlNames;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.KeyField;
import org.lastlogin.map.ValueField;

/** Checks the names of tables and columns in maps. */
public final class MapNames {
  private MapNames() {}

  /** Returns a problem for each name in a map that no table or column can have. */
  public static List<MapProblem> problems(DictMap map) {
    List<String> columns = new ArrayList<>();
    map.usernameField().ifPresent(columns::add);
    map.expireField().ifPresent(columns::add);
    map.keyFields().stream().map(KeyField::column).forEach(columns::add);
    map.valueFields().stream().map(ValueField::column).forEach(columns::add);

    List<MapProblem> problems = new ArrayList<>();
    SqlNames.tableProblem(map.table())
        .ifPresent(reason -> problems.add(new MapProblem(map, map.table(), reason)));
    for (String column : columns) {
      SqlNames.columnProblem(column)
          .ifPresent(reason -> problems.add(new MapProblem(map, column, reason)));
    }
    return problems;
  }
}
