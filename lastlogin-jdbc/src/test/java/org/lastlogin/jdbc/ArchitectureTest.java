package org.lastlogin.jdbc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Imports point down only. */
class ArchitectureTest {
  private static final String STORE_AND_DICT = "org.lastlogin.jdbc";
  private static final String SCHEMA = "org.lastlogin.jdbc.schema..";
  private static final String CONNECT = "org.lastlogin.jdbc.connect..";
  private static final String GROUP = "org.lastlogin.jdbc.group..";
  private static final String SQL = "org.lastlogin.jdbc.sql..";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.lastlogin");

  private static void classesIn(String place, String... unknown) {
    noClasses()
        .that()
        .resideInAPackage(place)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(unknown)
        .check(CLASSES);
  }

  @Test
  void nothingHereKnowsTheProtocolOrADriver() {
    classesIn(
        "org.lastlogin.jdbc..",
        "org.lastlogin.dictproto..",
        "io.netty..",
        "org.mariadb..",
        "org.postgresql..",
        "org.sqlite..",
        "com.zaxxer..");
  }

  @Test
  void groupCommitKnowsNoSql() {
    classesIn(GROUP, STORE_AND_DICT, SCHEMA, CONNECT, SQL, "java.sql..", "javax.sql..");
  }

  @Test
  void statementsKnowNothingAboveThem() {
    classesIn(SQL, STORE_AND_DICT, SCHEMA, CONNECT, GROUP);
  }

  @Test
  void schemaKnowsNeitherStoreNorDict() {
    classesIn(SCHEMA, STORE_AND_DICT, CONNECT, GROUP);
  }

  @Test
  void connectSettingKnowsNothingElseHere() {
    classesIn(CONNECT, STORE_AND_DICT, SCHEMA, GROUP, SQL);
  }

  @Test
  void onlyTheConnectSettingKnowsConfigurations() {
    for (String place : new String[] {STORE_AND_DICT, SCHEMA, GROUP, SQL}) {
      classesIn(place, "org.lastlogin.config..");
    }
  }

  @Test
  void connectSettingKnowsExportedConfigurationAlone() {
    classesIn(CONNECT, "org.lastlogin.config.*..");
  }
}
