package io.edgewire.examples;

import io.edgewire.api.ProtocolFactory;
import io.edgewire.testkit.protocol.Conversation;
import io.edgewire.testkit.protocol.ProtocolTck;
import java.util.List;

class UpperTest extends ProtocolTck {
    @Override
    protected ProtocolFactory protocol() {
        return Upper::new;
    }

    @Override
    protected List<Conversation> conversations() {
        return List.of(Conversation.of("hello", "HELLO"));
    }
}
