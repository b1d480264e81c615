package com.example;

import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.api.Test;

class FailingTest {
  @Test
  void runs() {
    fail("A test ran, although -DskipTests was given");
  }
}
