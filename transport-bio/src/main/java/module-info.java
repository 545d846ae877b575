/** A transport on blocking sockets, with one thread for each connection. */
@SuppressWarnings({"module", "requires-automatic", "requires-transitive-automatic"})
module io.edgewire.transport.bio {
    requires transitive io.edgewire.api;
    requires io.edgewire.transport.core;
    requires static io.edgewire.wiring;
    requires static transitive com.google.guice;
    requires static org.jspecify;

    exports io.edgewire.transport.bio;
}
