package org.lastlogin.config.mainfile;

import org.lastlogin.config.source.Node.Setting;
import org.lastlogin.config.source.SourceFile;
import org.lastlogin.config.source.Span;
import org.lastlogin.config.source.Text;

/**
 * A setting of a main configuration, and where it belongs. Immutable.
 *
 * @param key its long name; what it is written as, if it is not known
 * @param node the name as it is written, and the value with its quotes
 * @param block the block whose setting it is
 * @param order how many settings and blocks are before it
 */
record MainConfigSetting(String key, Setting node, MainConfigBlock block, int order) {

  /** The value as it is written. */
  Text raw() {
    return node.value();
  }

  Span span() {
    return node.span();
  }

  /** Hides the value, and the rest of its line. */
  void hide() {
    Span span = raw().span();
    SourceFile source = span.source();
    source.hide(span.start(), Math.max(span.end(), source.endOfLine(span.end())));
  }
}
