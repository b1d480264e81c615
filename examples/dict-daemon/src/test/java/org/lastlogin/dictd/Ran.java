package org.lastlogin.dictd;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * Result of a run of the program within the test's process, for commands that end by themselves.
 *
 * @param status its exit status
 * @param out what it printed
 * @param err what it complained about
 */
record Ran(int status, String out, String err) {

  /** Runs the program to its end. */
  static Ran with(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = DictDaemon.run(new PrintWriter(out), new PrintWriter(err), arguments);
    return new Ran(status, out.toString(), err.toString());
  }
}
