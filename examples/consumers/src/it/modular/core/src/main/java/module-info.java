module com.example.core {
  requires org.lastlogin.core;
}
