package org.lastlogin.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.lastlogin.Precision;
import org.lastlogin.TimePolicy;
import org.lastlogin.dict.DictContext;
import org.lastlogin.dict.DictException;
import org.lastlogin.dict.DictTransaction;
import org.lastlogin.jdbc.sql.RowChange;
import org.lastlogin.jdbc.sql.SqlValue;
import org.lastlogin.jdbc.testing.UnpooledDataSource;
import org.lastlogin.map.DictMap;
import org.lastlogin.map.DictMaps;
import org.lastlogin.map.ValueType;

/**
 * What {@link JdbcDict.Builder} takes for a rule, and what becomes of values; no database needed.
 */
class ValueRulesTest {
  private static final DataSource NONE =
      new UnpooledDataSource(
          () -> {
            throw new AssertionError("not to be used");
          });
  private static final TimePolicy NOT_AHEAD =
      TimePolicy.refusingFuture(
          Duration.ofDays(1), InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z")));

  private static DictMap map(String name, String column, ValueType type) {
    return DictMap.builder("shared/" + name + "/$k", "t")
        .valueField(column, type)
        .keyField("k", "k")
        .build();
  }

  private static void assertRefused(
      UnaryOperator<JdbcDict.Builder> settings, String reason, DictMap... maps) {
    JdbcDict.Builder builder = settings.apply(JdbcDict.builder(NONE, DictMaps.of(maps)));
    assertThatIllegalArgumentException().isThrownBy(builder::build).withMessage(reason);
  }

  @ParameterizedTest
  @EnumSource(names = {"STRING", "HEXBLOB", "UUID"})
  void refusesToKeepTheNewestOfWhatIsNoNumber(ValueType type) {
    assertRefused(
        builder -> builder.writePolicy(WritePolicy.KEEP_NEWEST),
        "The map of shared/a/$k: its column v has the type "
            + type.configName()
            + ", which has no newest value: say that it is uint, int or double, or overwrite",
        map("n", "n", ValueType.UINT),
        map("a", "v", type));
  }

  @ParameterizedTest
  @EnumSource(names = {"STRING", "DOUBLE", "HEXBLOB", "UUID"})
  void refusesTimesThatAreNoWholeNumbers(ValueType type) {
    assertRefused(
        builder -> builder.times(Precision.SECONDS, TimePolicy.exact()),
        "The map of shared/a/$k: its column v has the type "
            + type.configName()
            + ", which holds no times: say that it is uint or int",
        map("a", "v", type));
  }

  @Test
  void refusesTwoRulesForOneColumn() {
    String reason =
        "The maps of shared/a/$k and shared/b/$k share the column V: it needs one policy, one"
            + " precision and one type";
    DictMap a = map("a", "v", ValueType.UINT);
    DictMap b = map("b", "V", ValueType.UINT);
    assertRefused(builder -> builder.writePolicy(WritePolicy.KEEP_NEWEST, a::equals), reason, a, b);
    assertRefused(
        builder ->
            builder
                .times(Precision.SECONDS, TimePolicy.exact())
                .times(Precision.MILLISECONDS, TimePolicy.exact(), b::equals),
        reason,
        a,
        b);
    assertRefused(
        builder -> builder.writePolicy(WritePolicy.KEEP_NEWEST),
        reason,
        a,
        map("b", "V", ValueType.INT));
  }

  @Test
  void mapsMayShareAColumnAsDovecotHasIt() {
    DictMaps maps = DictMaps.of(map("a", "v", ValueType.UINT), map("b", "v", ValueType.STRING));

    JdbcDict.builder(NONE, maps).build().close();
  }

  private static SqlValue value(Precision precision, TimePolicy policy, String value) {
    DictMaps maps = DictMaps.of(map("a", "v", ValueType.UINT));
    ValueRules rules =
        ValueRules.DEFAULT.change(
            maps, map -> true, rule -> rule.with(new ValueRule.Times(precision, policy)));
    DictTransaction transaction =
        DictTransaction.builder(DictContext.NO_USER).set("shared/a/k", value).build();
    ExpiryRules expiry = new ExpiryRules(maps, InstantSource.system());
    WriteSet set = WriteSet.of(maps, rules, expiry, transaction);
    return ((RowChange.Upsert) set.changes().get(0)).values().get("v");
  }

  @ParameterizedTest
  @CsvSource({
    "SECONDS, 1700000000, 1699999200, 1699920000",
    "MILLISECONDS, 1700000000123, 1699999200000, 1699920000000",
    "MICROSECONDS, 1700000000123456, 1699999200000000, 1699920000000000",
    "NANOSECONDS, 1700000000123456789, 1699999200000000000, 1699920000000000000"
  })
  void roundsInTheUnitOfTheValues(Precision precision, String time, long hour, long day) {
    assertThat(value(precision, TimePolicy.roundingDown(ChronoUnit.HOURS), time))
        .isEqualTo(SqlValue.Whole.of(hour));
    assertThat(value(precision, TimePolicy.roundingDown(ChronoUnit.DAYS), time))
        .isEqualTo(SqlValue.Whole.of(day));
    assertThat(value(precision, TimePolicy.exact(), time))
        .isEqualTo(SqlValue.Whole.of(Long.parseLong(time)));
  }

  @ParameterizedTest
  @CsvSource({
    "SECONDS, 1772366400000, +58134-01-21T00:00:00Z is later than the limit now",
    "MILLISECONDS, 4070908800000, 2099-01-01T00:00:00Z is later than the limit now",
    "SECONDS, 9223372036854775807, there is no such time",
    "SECONDS, 18446744073709551615, there is no such time"
  })
  void saysHowATimeIsRead(Precision precision, String value, String reason) {
    assertThatExceptionOfType(DictException.class)
        .isThrownBy(() -> value(precision, NOT_AHEAD, value))
        .withMessageStartingWith(
            "dict-sql: Failed to set shared/a/k: value "
                + value
                + " ("
                + precision.configName()
                + ", as last_login_precision has it): "
                + reason);
  }

  @Test
  void namesWhatToDoAboutATimeFromTheFuture() {
    assertThatExceptionOfType(DictException.class)
        .isThrownBy(() -> value(Precision.SECONDS, NOT_AHEAD, "4070908800"))
        .withMessage(
            "dict-sql: Failed to set shared/a/k: value 4070908800 (s, as last_login_precision"
                + " has it): 2099-01-01T00:00:00Z is later than the limit now,"
                + " 2026-03-02T12:00:00Z; check the clock of the mail server");
  }

  @Test
  void takesTheTolerance() {
    Instant latest = Instant.parse("2026-03-02T12:00:00Z");

    assertThat(value(Precision.SECONDS, NOT_AHEAD, "" + latest.getEpochSecond()))
        .isEqualTo(SqlValue.Whole.of(latest.getEpochSecond()));
  }
}
