/** Dict map configurations, the key matcher, and the interfaces that stores and dicts implement. */
module org.lastlogin.core {
  requires static transitive org.jspecify;

  exports org.lastlogin;
  exports org.lastlogin.config;
  exports org.lastlogin.dict;
  exports org.lastlogin.map;
}
