package io.edgewire.protocols;

import io.edgewire.api.ProtocolFactory;
import io.edgewire.testkit.protocol.Conversation;
import io.edgewire.testkit.protocol.ProtocolTck;
import java.util.List;

class PlainEchoTckTest extends ProtocolTck {
    @Override
    protected ProtocolFactory protocol() {
        return Echo.factory(EchoOptions.RFC_862);
    }

    @Override
    protected List<Conversation> conversations() {
        return List.of(Conversation.of("the end is not the end", "the end is not the end"));
    }
}
