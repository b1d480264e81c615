package org.lastlogin.config.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.PatternSyntaxException;

/**
 * Reads files, and the files that they include. Paths are relative to the including file, and may
 * hold the wildcards of a shell. Not safe for use by several threads.
 */
public final class Includes {
  /** How deep files may include each other. */
  private static final int MAX_DEPTH = 32;

  /** How many files may be included in all: two that include two each soon are very many. */
  private static final int MAX_FILES = 1000;

  private static final String NO_MATCHES = "No matches";

  private static final String MISSING_HINT =
      "The path is relative to this file. With !include_try the file may be missing.";

  private final Syntax syntax;
  private final Diagnostics diagnostics;

  /** The files that are being read, the outermost first. */
  private final List<Path> open;

  private final AtomicInteger filesRead;

  public Includes(Syntax syntax, Diagnostics diagnostics) {
    this(syntax, diagnostics, List.of(), new AtomicInteger());
  }

  private Includes(
      Syntax syntax, Diagnostics diagnostics, List<Path> open, AtomicInteger filesRead) {
    this.syntax = syntax;
    this.diagnostics = diagnostics;
    this.open = open;
    this.filesRead = filesRead;
  }

  /** Parses the text of a file. */
  @FunctionalInterface
  public interface Syntax {
    /**
     * Returns the nodes of a file.
     *
     * @param includes reads what it includes
     */
    public List<Node> parse(SourceFile source, Includes includes);
  }

  /** Parses a file that has been read. */
  public List<Node> parse(SourceFile source, Path path) {
    List<Path> inner = new ArrayList<>(open);
    inner.add(path);
    return syntax.parse(source, new Includes(syntax, diagnostics, inner, filesRead));
  }

  /**
   * Returns the nodes of the files that a path names.
   *
   * @param optional whether files that cannot be read are ignored
   */
  public List<Node> include(Text path, boolean optional) {
    List<Node> nodes = new ArrayList<>();
    for (Path file : files(path, optional)) {
      if (isOpen(file)) {
        diagnostics.error(
            path.span(),
            "This file is being read already: " + file,
            "Remove this line: no file can include itself, nor one that includes it.",
            "Recursive include file: " + file);
      } else if (open.size() > MAX_DEPTH) {
        diagnostics.error(path.span(), "Files include each other more than " + MAX_DEPTH + " deep");
      } else if (filesRead.incrementAndGet() > MAX_FILES) {
        diagnostics.error(
            path.span(), "More than " + MAX_FILES + " files are included; the rest is not read");
        break;
      } else {
        nodes.addAll(read(file, path, optional));
      }
    }
    return nodes;
  }

  private List<Path> files(Text path, boolean optional) {
    if (path.isEmpty()) {
      diagnostics.error(path.span(), "Expected the path of the file to include");
      return List.of();
    }
    Path including = open.get(open.size() - 1);
    List<String> patterns = Braces.expand(path.string(), MAX_FILES);
    List<Path> files = new ArrayList<>();
    try {
      patterns.forEach(pattern -> files.addAll(expand(including.resolveSibling(pattern), path)));
    } catch (InvalidPathException e) {
      diagnostics.error(path.span(), "This is not a path: " + e.getReason());
      return List.of();
    }
    if (patterns.size() > 1 || hasWildcard(path.string())) {
      files.removeIf(file -> !Files.exists(file));
    }
    if (files.isEmpty() && !optional) {
      diagnostics.error(
          path.span(),
          "No file matches " + including.resolveSibling(path.string()),
          MISSING_HINT,
          NO_MATCHES);
    }
    return files;
  }

  private List<Path> expand(Path pattern, Text path) {
    Path root = pattern.getRoot();
    List<Path> found = List.of(root == null ? Path.of("") : root);
    for (Path name : pattern) {
      List<Path> next = new ArrayList<>();
      for (Path parent : found) {
        next.addAll(
            hasWildcard(name.toString())
                ? children(parent, name, path)
                : List.of(parent.resolve(name)));
      }
      found = next;
    }
    return found;
  }

  private static boolean hasWildcard(String name) {
    return name.chars().anyMatch(character -> "*?[".indexOf(character) >= 0);
  }

  /**
   * The files in a directory whose names match, in the order of their names, as a shell has them.
   */
  private List<Path> children(Path parent, Path name, Text path) {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    // Those that mean something are expanded by now; in Java the others would mean something, too.
    String glob = name.toString().replace("{", "\\{").replace("}", "\\}");
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(parent, glob)) {
      for (Path child : stream) {
        if (glob.startsWith(".") || !child.getFileName().toString().startsWith(".")) {
          children.add(child);
        }
      }
    } catch (PatternSyntaxException e) {
      diagnostics.error(path.span(), "This is not a pattern of file names: " + e.getDescription());
    } catch (IOException e) {
      diagnostics.error(path.span(), "Cannot list " + parent + ": " + SourceReader.reason(e));
    }
    children.sort(null);
    return children;
  }

  private boolean isOpen(Path file) {
    return Files.exists(file)
        && open.stream().anyMatch(other -> identity(other).equals(identity(file)));
  }

  private static Path identity(Path file) {
    try {
      return Files.exists(file) ? file.toRealPath() : file.toAbsolutePath().normalize();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Node> read(Path file, Text path, boolean optional) {
    SourceFile source;
    try {
      source = SourceReader.read(file, diagnostics);
    } catch (IOException e) {
      if (!optional) {
        reportUnreadable(file, path, e);
      }
      return List.of();
    }
    path.span().source().include(path.span().start(), source);
    return parse(source, file);
  }

  private void reportUnreadable(Path file, Text path, IOException failure) {
    String hint = null;
    String dovecot = null;
    if (failure instanceof NoSuchFileException) {
      hint = MISSING_HINT;
      dovecot = NO_MATCHES; // Dovecot takes every path for a pattern.
    } else if (failure instanceof AccessDeniedException) {
      hint = "The user who runs this needs the right to read it.";
      dovecot = "Couldn't open include file " + file + ": Permission denied";
    }
    diagnostics.error(
        path.span(), "Cannot read " + file + ": " + SourceReader.reason(failure), hint, dovecot);
  }
}
