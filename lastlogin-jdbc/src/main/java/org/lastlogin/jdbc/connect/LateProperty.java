package org.lastlogin.jdbc.connect;

import java.io.IOException;

/** The value of a driver's property that is made when somebody connects, and not before. */
@FunctionalInterface
interface LateProperty {
  String value() throws IOException;
}
