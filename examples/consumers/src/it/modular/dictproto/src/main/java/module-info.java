module com.example.dictproto {
  requires org.lastlogin.dictproto;
}
