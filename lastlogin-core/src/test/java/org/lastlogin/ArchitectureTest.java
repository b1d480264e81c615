package org.lastlogin;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** In which directions the packages of this module may depend on each other. */
class ArchitectureTest {
  private static final String LOGIN = "org.lastlogin";
  private static final String CONFIG = "org.lastlogin.config";
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
  void dictsAndMapsRestOnNothing() {
    assertDependsOnlyOn(DICT, DICT);
    assertDependsOnlyOn(MAP, MAP);
  }

  @Test
  void everythingStandsInAPackageWithRules() {
    classes().should().resideInAnyPackage(LOGIN, CONFIG + "..", DICT, MAP).check(classes);
  }
}
