/**
 * The contracts of Edgewire and their values: transports, connections, protocol handlers, WLAN devices, stations,
 * clocks and the stream of events. Needs the JDK and nothing else; the JSpecify annotations are there for compilers.
 */
module io.edgewire.api {
    requires static transitive org.jspecify;

    exports io.edgewire.api;
    exports io.edgewire.api.event;
    exports io.edgewire.api.wlan;
}
