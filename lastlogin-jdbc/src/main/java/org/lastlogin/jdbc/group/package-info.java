/**
 * Group commit: items that wait together are worked on as one group, tried again, and split until
 * the one to blame is alone. Knows no SQL; {@link org.lastlogin.jdbc.group.GroupWork} is what is
 * done with a group. Start reading at {@link org.lastlogin.jdbc.group.GroupCommit}, and for retries
 * at {@link org.lastlogin.jdbc.group.GroupRunner}.
 *
 * <p>Not exported: its types are public for the packages beside it.
 */
@NullMarked
package org.lastlogin.jdbc.group;

import org.jspecify.annotations.NullMarked;
