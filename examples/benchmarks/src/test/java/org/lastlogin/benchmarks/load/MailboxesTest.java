package org.lastlogin.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MailboxesTest {
  private final Mailboxes mailboxes = new Mailboxes(250);

  @Test
  void namesKeysAsTheLastLoginPluginDoes() {
    assertThat(mailboxes.user(123)).isEqualTo("user23@domain1.example.com");
    assertThat(mailboxes.key(123))
        .isEqualTo("shared/last-login/imap/user23@domain1.example.com/domain1.example.com");
    assertThat(mailboxes.path(1)).isEqualTo("shared/last-login-of/domain1.example.com/");
  }

  @Test
  void knowsHowManyMailboxesADomainHas() {
    assertThat(mailboxes.domains()).isEqualTo(3);
    assertThat(mailboxes.sizeOf(0)).isEqualTo(100);
    assertThat(mailboxes.sizeOf(2)).isEqualTo(50);
    assertThat(new Mailboxes(200).domains()).isEqualTo(2);
    assertThat(IntStream.range(0, 3).map(mailboxes::sizeOf).sum()).isEqualTo(mailboxes.count());
  }
}
