package org.lastlogin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LastLoginTest {
  private static final Instant ONE = Instant.ofEpochSecond(1);
  private static final Instant TWO = Instant.ofEpochSecond(2);
  private static final Instant THREE = Instant.ofEpochSecond(3);

  private static LastLogin of(Map<String, Instant> times) {
    return LastLogin.of("a@b", "b", times, ServiceFields.DEFAULT);
  }

  @Test
  void sortsTimesIntoLoginsAndDeliveries() {
    LastLogin login = of(Map.of("pop3", TWO, "imap", ONE, "lda", THREE, "other", THREE));

    assertThat(login.logins()).containsExactly(Map.entry("imap", ONE), Map.entry("pop3", TWO));
    assertThat(login.deliveries()).containsExactly(Map.entry("lda", THREE));
    assertThat(login.latestLogin()).contains(TWO);
    assertThat(login.latestDelivery()).contains(THREE);
    assertThat(login.at("imap")).contains(ONE);
    assertThat(login.at("lda")).contains(THREE);
    assertThat(login.at("other")).isEmpty();
  }

  @Test
  void mayBeEmpty() {
    assertThat(of(Map.of()).latestLogin()).isEmpty();
    assertThat(of(Map.of()).latestDelivery()).isEmpty();
  }

  @Test
  void cannotBeChanged() {
    Map<String, Instant> times = new HashMap<>(Map.of("imap", ONE));
    LastLogin login = of(times);
    times.put("imap", TWO);

    assertThat(login.at("imap")).contains(ONE);
    assertThatThrownBy(() -> login.logins().put("imap", TWO))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
