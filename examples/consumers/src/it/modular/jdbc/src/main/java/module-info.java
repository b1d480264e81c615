module com.example.jdbc {
  requires org.lastlogin.jdbc;
}
