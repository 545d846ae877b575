package io.edgewire.examples;

import com.google.inject.AbstractModule;
import io.edgewire.wiring.ProtocolBinder;

/** Lets configuration say {@code protocol = upper}. */
public final class UpperModule extends AbstractModule {
    @Override
    protected void configure() {
        ProtocolBinder.of(binder()).bind("upper").to(Upper.class);
    }
}
