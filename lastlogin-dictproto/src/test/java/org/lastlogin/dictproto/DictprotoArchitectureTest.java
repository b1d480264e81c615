package org.lastlogin.dictproto;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DictprotoArchitectureTest {
  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.lastlogin.dictproto");

  @Test
  void theCodecKnowsNoSessionNoNettyAndNoSql() {
    noClasses()
        .that()
        .resideInAPackage("org.lastlogin.dictproto")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.netty..",
            "org.lastlogin.dictproto.session..",
            "org.lastlogin.dictproto.netty..",
            "org.lastlogin.dictproto.server..",
            "org.lastlogin.dictproto.client..",
            "java.sql..",
            "javax.sql..")
        .check(classes);
  }

  @Test
  void packagesUseOnlyThoseBelowThem() {
    requireUnknown("input", "session", "netty", "server", "client", "micrometer");
    requireUnknown("session", "netty", "server", "client", "micrometer");
    requireUnknown("netty", "session", "server", "client", "micrometer");
    requireUnknown("server", "client", "micrometer");
    requireUnknown("client", "session", "server", "micrometer");
    requireUnknown("micrometer", "netty", "server", "client");
  }

  private void requireUnknown(String user, String... unknown) {
    noClasses()
        .that()
        .resideInAPackage("org.lastlogin.dictproto." + user)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            Stream.of(unknown).map("org.lastlogin.dictproto."::concat).toArray(String[]::new))
        .check(classes);
  }

  @Test
  void onlyHandlersServerAndClientUseNetty() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "org.lastlogin.dictproto.netty",
            "org.lastlogin.dictproto.server",
            "org.lastlogin.dictproto.client")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.netty..")
        .check(classes);
  }

  @Test
  void theModuleUsesOnlyTheDictOfTheCore() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.lastlogin",
            "org.lastlogin.config..",
            "org.lastlogin.map..",
            "org.lastlogin.jdbc..")
        .check(classes);
  }

  /** They are optional: a program without TLS and metrics runs without these libraries. */
  @Test
  void onlyTheClassesForThemNeedNettyHandlerAndMicrometer() {
    noClasses()
        .that()
        .doNotHaveSimpleName("TlsGate")
        .and()
        .doNotHaveSimpleName("ClientTls")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.netty.handler..")
        .check(classes);
    noClasses()
        .that()
        .resideOutsideOfPackage("org.lastlogin.dictproto.micrometer")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.micrometer..", "org.lastlogin.dictproto.micrometer..")
        .check(classes);
  }
}
