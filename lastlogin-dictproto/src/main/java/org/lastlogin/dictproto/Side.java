package org.lastlogin.dictproto;

/** Whose fault it is when a rule of the protocol is broken. */
enum Side {
  /** This side was about to break it: a mistake of its own program. */
  OURS {
    @Override
    RuntimeException broken(String what) {
      return new IllegalStateException(what);
    }
  },
  /** The peer has broken it: the connection is to be closed. */
  PEERS {
    @Override
    RuntimeException broken(String what) {
      return new DictProtocolException(what);
    }
  };

  abstract RuntimeException broken(String what);
}
