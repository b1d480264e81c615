package org.lastlogin;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.lastlogin.config.ConfigWriter;
import org.lastlogin.config.DictConfig;

/** In which directions the packages of this module may depend on each other. */
class ArchitectureTest {
  private static final String LOGIN = "org.lastlogin";
  private static final String CONFIG = "org.lastlogin.config";
  private static final String WORDS = CONFIG + ".words";
  private static final String SOURCE = CONFIG + ".source";
  private static final String CHECK = CONFIG + ".check";
  private static final String MAP_FILE = CONFIG + ".mapfile";
  private static final String MAIN_FILE = CONFIG + ".mainfile";
  private static final String WRITE = CONFIG + ".write";
  private static final String DICT = "org.lastlogin.dict";
  private static final String MAP = "org.lastlogin.map";

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(LOGIN);

  private void assertDependsOnlyOn(String from, String... allowed) {
    noClasses()
        .that()
        .resideInAPackage(from)
        .should()
        .dependOnClassesThat(resideInAPackage(LOGIN + "..").and(not(resideInAnyPackage(allowed))))
        .check(classes);
  }

  @Test
  void loginsRestOnDictsAndMaps() {
    assertDependsOnlyOn(LOGIN, LOGIN, DICT, MAP);
  }

  @Test
  void configurationRestsOnMaps() {
    assertDependsOnlyOn(CONFIG + "..", CONFIG + "..", MAP);
  }

  @Test
  void packagesOfConfigurationPointDown() {
    assertDependsOnlyOn(WORDS, WORDS, MAP);
    assertDependsOnlyOn(SOURCE, SOURCE, WORDS, CONFIG, MAP);
    assertDependsOnlyOn(CHECK, CHECK, SOURCE, WORDS, CONFIG, MAP);
    assertDependsOnlyOn(MAP_FILE, MAP_FILE, CHECK, SOURCE, WORDS, CONFIG, MAP);
    assertDependsOnlyOn(MAIN_FILE, MAIN_FILE, CHECK, SOURCE, WORDS, CONFIG, MAP);
    assertDependsOnlyOn(WRITE, WRITE, MAIN_FILE, SOURCE, WORDS, CONFIG, MAP);
  }

  @Test
  void valuesOfConfigurationDoNotKnowItsReaders() {
    noClasses()
        .that()
        .resideInAPackage(CONFIG)
        .and(not(belongToAnyOf(DictConfig.class, ConfigWriter.class)))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(SOURCE, CHECK, MAP_FILE, MAIN_FILE, WRITE)
        .check(classes);
  }

  @Test
  void readersDoNotKnowTheEntryPoints() {
    noClasses()
        .that()
        .resideInAnyPackage(SOURCE, CHECK, MAP_FILE, MAIN_FILE)
        .should()
        .dependOnClassesThat(belongToAnyOf(DictConfig.class, ConfigWriter.class))
        .check(classes);
  }

  @Test
  void dictsAndMapsRestOnNothing() {
    assertDependsOnlyOn(DICT, DICT);
    assertDependsOnlyOn(MAP, MAP);
  }

  @Test
  void everythingStandsInAPackageWithRules() {
    classes()
        .should()
        .resideInAnyPackage(
            LOGIN, CONFIG, WORDS, SOURCE, CHECK, MAP_FILE, MAIN_FILE, WRITE, DICT, MAP)
        .check(classes);
  }
}
