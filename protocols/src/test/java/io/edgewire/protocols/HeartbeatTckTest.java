package io.edgewire.protocols;

import io.edgewire.api.ProtocolFactory;
import io.edgewire.testkit.ManualClock;
import io.edgewire.testkit.protocol.Conversation;
import io.edgewire.testkit.protocol.ProtocolTck;
import java.util.List;

/** A heartbeat that answers, around a plain echo: the question counts at the start of a read, so it stands first. */
class HeartbeatTckTest extends ProtocolTck {
    @Override
    protected ProtocolFactory protocol() {
        return Heartbeat.factory(
                Echo.factory(EchoOptions.RFC_862),
                HeartbeatOptions.DEFAULTS.withRole(HeartbeatOptions.Role.ANSWER),
                new ManualClock());
    }

    @Override
    protected List<Conversation> conversations() {
        return List.of(
                Conversation.of("PING\nabc", "PONG\nabc"),
                Conversation.of("PING\nPING\n", "PONG\nPONG\n"),
                Conversation.of("PINT\n", "PINT\n"),
                Conversation.of("PIPING\n", "PIPING\n"));
    }
}
