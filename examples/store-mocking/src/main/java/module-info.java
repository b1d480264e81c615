/** How the users of stores and dicts test themselves. */
module org.lastlogin.storemocking {
  requires org.lastlogin.core;
  requires static org.jspecify;
}
