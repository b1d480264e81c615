package org.lastlogin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ServiceFieldsTest {

  @Test
  void usualFieldsAreThoseOfTheUsualTable() {
    assertThat(ServiceFields.DEFAULT.all()).containsExactly("imap", "pop3", "lda");
    assertThat(ServiceFields.DEFAULT.logins()).containsExactly("imap", "pop3");
    assertThat(ServiceFields.DEFAULT.deliveries()).containsExactly("lda");
    assertThat(ServiceFields.DEFAULT.fieldOf("lmtp")).isEqualTo("lda");
  }

  @Test
  void unknownServiceIsRejectedWithTheKnownOnes() {
    assertThatThrownBy(() -> ServiceFields.DEFAULT.fieldOf("smtp"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("smtp", "[imap, lda, lmtp, pop3]");
  }

  @Test
  void fieldHoldsEitherLoginsOrDeliveries() {
    ServiceFields.Builder builder = ServiceFields.builder().login("imap", "last");

    assertThatThrownBy(() -> builder.delivery("lmtp", "last"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("last");
  }

  @Test
  void serviceIsNamedOnce() {
    ServiceFields.Builder builder = ServiceFields.builder().login("imap", "imap");

    assertThatThrownBy(() -> builder.login("imap", "other"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("imap");
  }

  @Test
  void needsAService() {
    assertThatThrownBy(() -> ServiceFields.builder().build())
        .isInstanceOf(IllegalArgumentException.class);
  }
}
