package org.lastlogin.dictd;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Locale;
import java.util.Optional;
import org.lastlogin.config.Diagnostic;
import org.lastlogin.config.DictDefinition;
import org.lastlogin.config.SqlDriver;

/** Writes the result of {@code check} as one JSON document; docs/check.md lists its fields. */
final class CheckJson {
  private final JsonGenerator json;

  private CheckJson(JsonGenerator json) {
    this.json = json;
  }

  /** Returns the document, which ends with a line feed. */
  static String of(CheckReport report) throws IOException {
    StringWriter out = new StringWriter();
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(indenter);
    printer.indentArraysWith(indenter);
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.setPrettyPrinter(printer);
      new CheckJson(json).report(report);
    }
    return out.append('\n').toString();
  }

  private void report(CheckReport report) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("files");
    for (CheckedFile file : report.files()) {
      file(file);
    }
    json.writeEndArray();
    json.writeNumberField("errors", report.errors());
    json.writeNumberField("warnings", report.warnings());
    json.writeEndObject();
  }

  private void file(CheckedFile file) throws IOException {
    json.writeStartObject();
    json.writeStringField("file", file.file());
    field("format", file.config().map(config -> config.format().version()));
    json.writeArrayFieldStart("dicts");
    for (DictDefinition dict : file.dicts()) {
      dict(dict);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("diagnostics");
    for (Diagnostic diagnostic : file.diagnostics()) {
      diagnostic(diagnostic);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void dict(DictDefinition dict) throws IOException {
    json.writeStartObject();
    field("name", dict.name());
    field("driver", dict.driver().map(SqlDriver::configName));
    json.writeNumberField("maps", dict.maps().asList().size());
    json.writeEndObject();
  }

  private void diagnostic(Diagnostic diagnostic) throws IOException {
    json.writeStartObject();
    json.writeStringField("severity", diagnostic.severity().name().toLowerCase(Locale.ROOT));
    json.writeStringField("file", diagnostic.file());
    json.writeNumberField("line", diagnostic.line());
    json.writeNumberField("column", diagnostic.column());
    json.writeNumberField("length", diagnostic.length());
    json.writeStringField("message", diagnostic.message());
    field("hint", diagnostic.hint());
    field("dovecot", diagnostic.dovecot());
    json.writeStringField("source", diagnostic.sourceLine());
    json.writeEndObject();
  }

  private void field(String name, Optional<String> value) throws IOException {
    if (value.isPresent()) {
      json.writeStringField(name, value.get());
    } else {
      json.writeNullField(name);
    }
  }
}
