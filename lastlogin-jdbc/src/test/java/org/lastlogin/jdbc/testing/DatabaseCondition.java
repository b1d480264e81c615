package org.lastlogin.jdbc.testing;

import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterInfo;

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
    return parameters.getArguments().toList().stream()
        .filter(TestDatabases.class::isInstance)
        .map(TestDatabases.class::cast)
        .flatMap(database -> database.missing().stream())
        .findFirst();
  }
}
