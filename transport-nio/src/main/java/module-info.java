/** A transport on event loops over {@code java.nio} selectors. */
@SuppressWarnings({"module", "requires-automatic", "requires-transitive-automatic"})
module io.edgewire.transport.nio {
    requires transitive io.edgewire.api;
    requires io.edgewire.transport.core;
    requires static io.edgewire.wiring;
    requires static transitive com.google.guice;
    requires static org.jspecify;

    exports io.edgewire.transport.nio;
}
