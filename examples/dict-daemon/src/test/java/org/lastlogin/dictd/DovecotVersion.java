package org.lastlogin.dictd;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of Dovecot, such as 2.3.19. */
record DovecotVersion(int major, int minor, int patch) implements Comparable<DovecotVersion> {
  private static final Pattern PRINTED =
      Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+).*", Pattern.DOTALL);
  private static final Comparator<DovecotVersion> ORDER =
      Comparator.comparingInt(DovecotVersion::major)
          .thenComparingInt(DovecotVersion::minor)
          .thenComparingInt(DovecotVersion::patch);

  /** Parses the output of {@code dovecot --version}; ignores further numbers and the commit. */
  static DovecotVersion parse(String printed) {
    Matcher matcher = PRINTED.matcher(printed);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("Not a version of Dovecot: " + printed);
    }
    return new DovecotVersion(
        Integer.parseInt(matcher.group(1)),
        Integer.parseInt(matcher.group(2)),
        Integer.parseInt(matcher.group(3)));
  }

  boolean isAtLeast(int major, int minor, int patch) {
    return compareTo(new DovecotVersion(major, minor, patch)) >= 0;
  }

  /** Returns the major version of the dict protocol that it speaks. */
  int dictMajor() {
    if (isAtLeast(2, 4, 0)) {
      return 4;
    }
    return isAtLeast(2, 3, 17) ? 3 : 2;
  }

  /** Returns the two numbers that settings depend on. */
  String series() {
    return major + "." + minor;
  }

  @Override
  public String toString() {
    return "Dovecot " + series() + "." + patch;
  }

  @Override
  public int compareTo(DovecotVersion other) {
    return ORDER.compare(this, other);
  }
}
