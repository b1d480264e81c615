package org.lastlogin.jdbc.testing;

import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterInfo;
import org.junit.jupiter.params.support.ParameterDeclaration;

/**
 * Skips what is run with one of {@link TestDatabases} that is not here, and says what to install.
 * It does so for every parameterized test and class, because JUnit finds it as a service.
 */
public final class DatabaseCondition implements ExecutionCondition {
  /** For JUnit. */
  public DatabaseCondition() {}

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return missing(ParameterInfo.get(context))
        .map(reason -> ConditionEvaluationResult.disabled("skipped: " + reason))
        .orElseGet(() -> ConditionEvaluationResult.enabled("Its database is here"));
  }

  private static Optional<String> missing(ParameterInfo parameters) {
    if (parameters == null) {
      return Optional.empty();
    }
    // By their declarations, because the arguments of a CSV source are names here.
    return parameters.getDeclarations().getAll().stream()
        .filter(declaration -> declaration.getParameterType() == TestDatabases.class)
        .map(ParameterDeclaration::getParameterIndex)
        .map(index -> parameters.getArguments().get(index, TestDatabases.class))
        .flatMap(database -> database.missing().stream())
        .findFirst();
  }
}
