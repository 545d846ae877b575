/** How modules are put together: Guice binders by name, and a reader of HOCON that knows every key. */
@SuppressWarnings({"module", "requires-automatic", "requires-transitive-automatic"})
module io.edgewire.wiring {
    requires transitive io.edgewire.api;
    requires transitive com.google.guice;
    requires transitive typesafe.config;
    requires static org.jspecify;

    exports io.edgewire.wiring;
}
