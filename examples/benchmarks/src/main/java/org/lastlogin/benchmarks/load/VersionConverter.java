package org.lastlogin.benchmarks.load;

import java.util.List;
import org.lastlogin.dictproto.DictVersion;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a version of the protocol, such as 3.2. */
final class VersionConverter implements ITypeConverter<DictVersion> {
  /** Those that a login can be made in as Dovecot makes it: replies have numbers. */
  private static final List<DictVersion> SPOKEN =
      List.of(DictVersion.V2_2, DictVersion.V3_2, DictVersion.V4_0);

  @Override
  public DictVersion convert(String text) {
    for (DictVersion version : SPOKEN) {
      if (version.toString().equals(text)) {
        return version;
      }
    }
    throw new TypeConversionException("'" + text + "' is none of " + SPOKEN);
  }
}
