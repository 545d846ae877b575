package io.edgewire.protocols;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.edgewire.api.ProtocolFactory;
import io.edgewire.testkit.protocol.Conversation;
import io.edgewire.testkit.protocol.ProtocolTck;
import java.util.List;

/** The tutorial's echo answers reads, so only what stands between the prefixes is the same for every cut. */
class EchoTckTest extends ProtocolTck {
    @Override
    protected ProtocolFactory protocol() {
        return Echo.factory(EchoOptions.DEFAULTS);
    }

    @Override
    protected List<Conversation> conversations() {
        return List.of(
                Conversation.of("hello\n", "Hello!\nrecv: hello\n"),
                Conversation.of("", "Hello!\n"),
                Conversation.of("你好", "Hello!\nrecv: 你好"),
                Conversation.of("the end", "Hello!\nrecv: the end").closing(),
                Conversation.of("eenenend", "Hello!\nrecv: eenenend").closing());
    }

    @Override
    protected byte[] comparable(byte[] output) {
        return new String(output, ISO_8859_1).replace("recv: ", "").getBytes(ISO_8859_1);
    }
}
