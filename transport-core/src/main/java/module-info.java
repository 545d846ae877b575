/**
 * What the transports share and no user needs to see: send queues, timers, limits, and the connection of an event
 * loop. Exported for transports only; not an API that is kept compatible.
 */
module io.edgewire.transport.core {
    requires transitive io.edgewire.api;
    requires jdk.net;
    requires static org.jspecify;

    exports io.edgewire.transport.core;
}
