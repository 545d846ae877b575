/** A server that lives on a Wi-Fi link: station, transport and protocol under one lifecycle, and the log. */
@SuppressWarnings({"module", "requires-automatic", "requires-transitive-automatic"})
module io.edgewire.server {
    requires transitive io.edgewire.api;
    requires transitive io.edgewire.wiring;
    requires transitive com.google.guice;
    requires org.tinylog.api;
    requires static org.jspecify;

    exports io.edgewire.server;

    // Guice calls package-private constructors and methods of the module class.
    opens io.edgewire.server to
            com.google.guice;
}
