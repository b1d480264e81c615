package org.lastlogin.dictproto.session;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The commands of one connection that wait for their answer. Not safe for use by several threads.
 */
final class PendingCalls {
  private final Map<Long, PendingCall<?>> calls = new LinkedHashMap<>();
  private long bytes;

  void add(PendingCall<?> call) {
    calls.put(call.receipt.asyncId(), call);
    bytes += call.bytes();
  }

  /** Removes a command; returns whether it was still there. */
  boolean remove(PendingCall<?> call) {
    boolean removed = calls.remove(call.receipt.asyncId(), call);
    if (removed) {
      bytes -= call.bytes();
    }
    return removed;
  }

  boolean contains(PendingCall<?> call) {
    return calls.get(call.receipt.asyncId()) == call;
  }

  int size() {
    return calls.size();
  }

  /** Returns about how many bytes of memory they hold. */
  long bytes() {
    return bytes;
  }

  /** Returns a copy of all, the oldest first. */
  List<PendingCall<?>> all() {
    return List.copyOf(calls.values());
  }
}
