package org.lastlogin.jdbc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Imports point down only. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.lastlogin");

  @Test
  void nothingHereKnowsTheProtocolOrADriver() {
    noClasses()
        .that()
        .resideInAPackage("org.lastlogin.jdbc..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.lastlogin.dictproto..",
            "io.netty..",
            "org.mariadb..",
            "org.postgresql..",
            "org.sqlite..",
            "com.zaxxer..")
        .check(CLASSES);
  }

  @Test
  void groupCommitKnowsNoSql() {
    noClasses()
        .that()
        .haveNameMatching(".*\\.GroupCommit(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..")
        .check(CLASSES);
  }
}
