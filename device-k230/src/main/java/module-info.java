/** Wi-Fi stations: simulated, on Linux, and on K230 boards that run CanMV MicroPython. */
@SuppressWarnings({"module", "requires-automatic", "requires-transitive-automatic"})
module io.edgewire.device.k230 {
    requires transitive io.edgewire.api;
    requires static io.edgewire.wiring;
    requires static transitive com.google.guice;
    requires static org.jspecify;

    exports io.edgewire.device.k230;
}
