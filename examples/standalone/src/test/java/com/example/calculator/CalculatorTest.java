package com.example.calculator;

import io.edgewire.api.ProtocolFactory;
import io.edgewire.testkit.protocol.Conversation;
import io.edgewire.testkit.protocol.ProtocolTck;
import java.util.List;

/** The contract test that every protocol can pass: each cut of the input, the peer's FIN at each point, noise. */
class CalculatorTest extends ProtocolTck {
    @Override
    protected ProtocolFactory protocol() {
        return Calculator::new;
    }

    @Override
    protected List<Conversation> conversations() {
        return List.of(
                Conversation.of("1 2 3\n", "6\n"),
                Conversation.of("40 2\n-1 1\nfour\n7", "42\n0\n?\n"));
    }
}
