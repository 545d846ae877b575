package com.example.calculator;

import com.google.inject.AbstractModule;
import io.edgewire.wiring.ProtocolBinder;

/** Lets configuration say {@code edgewire.server.protocol = calculator}. */
final class CalculatorModule extends AbstractModule {
    @Override
    protected void configure() {
        ProtocolBinder.of(binder()).bind("calculator").to(Calculator.class);
    }
}
