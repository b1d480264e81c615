package org.lastlogin.dictd;

import org.lastlogin.dictproto.DictVersion;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses a version of the protocol for picocli: one of those that clients speak. */
final class ProtocolOption implements ITypeConverter<DictVersion> {
  @Override
  public DictVersion convert(String value) {
    return DictVersion.NEWEST_FIRST.stream()
        .filter(version -> version.toString().equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'" + value + "' is not one of " + DictVersion.NEWEST_FIRST));
  }
}
