/** Small protocols to use or to copy from: echo, heartbeat and framing. */
@SuppressWarnings({"module", "requires-automatic", "requires-transitive-automatic"})
module io.edgewire.protocols {
    requires transitive io.edgewire.api;
    requires static io.edgewire.wiring;
    requires static transitive com.google.guice;
    requires static org.jspecify;

    exports io.edgewire.protocols;
    exports io.edgewire.protocols.framing;
    exports io.edgewire.protocols.request;
}
