package org.lastlogin.dictproto;

/** The side that breaks a rule of the protocol, which determines the exception. */
enum Side {
  /** This side was about to break it: its own program is wrong. */
  OURS {
    @Override
    RuntimeException broken(String what) {
      return new IllegalStateException(what);
    }
  },
  /** The peer broke it: the connection must be closed. */
  PEERS {
    @Override
    RuntimeException broken(String what) {
      return new DictProtocolException(what);
    }
  };

  abstract RuntimeException broken(String what);
}
