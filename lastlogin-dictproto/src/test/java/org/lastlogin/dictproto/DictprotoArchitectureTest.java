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
  void theCodecKnowsNeitherNettyNorSql() {
    noClasses()
        .that()
        .resideInAPackage("org.lastlogin.dictproto")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.netty..",
            "org.lastlogin.dictproto.netty..",
            "org.lastlogin.dictproto.server..",
            "org.lastlogin.dictproto.client..",
            "java.sql..",
            "javax.sql..")
        .check(classes);
  }

  @Test
  void handlersServerAndClientDoNotKnowWhatIsBesideThem() {
    requireUnknown("netty", "server", "client");
    requireUnknown("server", "client");
    requireUnknown("client", "server");
  }

  private void requireUnknown(String place, String... unknown) {
    noClasses()
        .that()
        .resideInAPackage("org.lastlogin.dictproto." + place)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            Stream.of(unknown).map("org.lastlogin.dictproto."::concat).toArray(String[]::new))
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

  /** They are optional; whoever does without TLS and metrics does without these libraries. */
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
