/** Contract tests and their tools, for who writes a transport, a device or a protocol. */
module io.edgewire.testkit {
    requires java.management;
    requires transitive io.edgewire.api;
    requires transitive io.edgewire.transport.core;
    requires transitive org.junit.jupiter.api;
    requires transitive org.junit.jupiter.params;
    requires transitive org.assertj.core;
    requires static org.junit.platform.launcher;
    requires static org.jspecify;

    exports io.edgewire.testkit;
    exports io.edgewire.testkit.protocol;
    exports io.edgewire.testkit.sim;
    exports io.edgewire.testkit.transport;
    exports io.edgewire.testkit.wlan;
}
