package org.lastlogin.config.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VariablesTest {
  private final List<String> unknown = new ArrayList<>();
  private final Variables variables = new Variables(unknown::add);

  @ParameterizedTest
  @CsvSource({
    "last-login/%s/%u/%d, last-login/%{service}/%{user}/%{user | domain}",
    "%n@%d, %{user | username}@%{user | domain}",
    "%Ld/%LURh, %{user | domain | lower}/%{home | lower | upper | reverse}",
    "%h%l%r%p%i, %{home}%{local_ip}%{remote_ip}%{process:pid}%{process:uid}",
    "%{session} %{auth_username}, %{session} %{auth_user | username}",
    "%{env:HOME} %L{userdb:x}, %{env:HOME} %{userdb:x | lower}",
    "100%% of %%{user}, 100% of %%{user}",
    "no variables, no variables",
  })
  void translatesInBothDirections(String old, String current) {
    assertThat(variables.to24(old)).isEqualTo(current);
    assertThat(variables.to23(current)).isEqualTo(old);
    assertThat(unknown).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "%{user}/%{username}/%{domain}, %{user}/%{user | username}/%{user | domain}",
    "%{service} %{lip} %{rip}, %{service} %{local_ip} %{remote_ip}",
    "%{pid} %{uid} %{gid}, %{process:pid} %{process:uid} %{process:gid}",
    "%{auth_user} %{auth_domain}, %{auth_user} %{auth_user | domain}",
    "%{hostname}, %{hostname}",
  })
  void knowsTheLongNames(String old, String current) {
    assertThat(variables.to24(old)).isEqualTo(current);
    assertThat(unknown).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "%{ user|domain }/%{protocol}, %d/%s",
    "%{user | domain | upper}, %Ud",
    "%{user | lower | username}, %{user | lower | username}",
  })
  void readsTheFiltersOfDovecot24(String current, String old) {
    assertThat(variables.to23(current)).isEqualTo(old);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%Mu", "%1u", "%2.5n", "%Hd", "%z", "%{nothing}", "%L{nothing}", "%-"})
  void leavesWhatHasNoEquivalentIn24(String variable) {
    assertThat(variables.to24("a" + variable)).isEqualTo("a" + variable);
    assertThat(unknown).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%{user | md5}", "%{master_user}", "%{user | substr(0, 1)}", "%{}"})
  void leavesWhatHasNoEquivalentIn23(String variable) {
    assertThat(variables.to23("a" + variable)).isEqualTo("a" + variable);
    assertThat(unknown).containsExactly(variable);
  }
}
