/**
 * Clients: connecting by name, a connection that comes back by itself, and what became of each message. Needs the
 * contracts alone; framing, heartbeat and transport are chosen by the user.
 */
module io.edgewire.client {
    requires transitive io.edgewire.api;
    requires static org.jspecify;

    exports io.edgewire.client;
}
