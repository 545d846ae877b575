/** A server that lives on a Wi-Fi link: station, transport and protocol under one lifecycle, and the log. */
@SuppressWarnings({"module", "requires-automatic", "requires-transitive-automatic"})
module io.edgewire.server {
    requires transitive io.edgewire.api;
    requires transitive io.edgewire.wiring;
    requires com.google.guice;
    requires typesafe.config;
    requires org.tinylog.api;
    requires static org.jspecify;
}
