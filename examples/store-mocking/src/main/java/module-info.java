/** Classes that use a store and a dict, and show how to test such classes. */
module org.lastlogin.storemocking {
  requires org.lastlogin.core;
  requires static org.jspecify;
}
