package org.lastlogin.benchmarks.load;

import java.util.List;
import org.lastlogin.dictproto.DictVersion;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses a version of the protocol, such as 3.2, for picocli. */
final class VersionConverter implements ITypeConverter<DictVersion> {
  /** The versions whose replies have numbers, as this load needs. */
  private static final List<DictVersion> SPOKEN =
      List.of(DictVersion.V2_2, DictVersion.V3_2, DictVersion.V4_0);

  @Override
  public DictVersion convert(String text) {
    for (DictVersion version : SPOKEN) {
      if (version.toString().equals(text)) {
        return version;
      }
    }
    throw new TypeConversionException("'" + text + "' is not one of " + SPOKEN);
  }
}
