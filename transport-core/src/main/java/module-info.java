/** What the transports share and no user needs to see: send queues, timers and limits. */
module io.edgewire.transport.core {
    requires transitive io.edgewire.api;
    requires static org.jspecify;
}
