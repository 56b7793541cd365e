"""Reading: bytes become a Message and its facts; never fails, touches nothing."""
