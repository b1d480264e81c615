package org.lastlogin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginEventTest {

  @ParameterizedTest
  @CsvSource({
    "alice@example.com, example.com",
    "'\"a@b\"@example.com', example.com",
    "alice@, ''",
    "root, ''",
  })
  void takesTheDomainFromBehindTheLastAt(String mailbox, String domain) {
    assertThat(LoginEvent.of("imap", mailbox, Instant.EPOCH).domain()).isEqualTo(domain);
  }

  @Test
  void needsAMailbox() {
    assertThatThrownBy(() -> LoginEvent.of("imap", "", Instant.EPOCH))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
