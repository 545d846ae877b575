package io.edgewire.bench.soak;

import io.edgewire.bench.soak.EchoCheck.Word;
import io.edgewire.bench.soak.EchoCheck.WrongByteException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.Random;

/**
 * Talks to the echo and checks every byte of the answers; answers heartbeats, and asks now and then itself. By its
 * script it is a short visitor, one that stays and is silent between messages, or a slow reader of a long answer.
 *
 * <pre>
 *   GREETING ──▶ THINKING ◀──▶ TALKING ──▶ LEAVING
 * </pre>
 */
final class Talker extends Client {
    /** How it ends when all is said. */
    enum Ending {
        /** FIN after the last message, without waiting for its echo; the server's follows the echo. */
        HALF_CLOSE,
        /** The word upon which the server closes. */
        END_WORD,
        /** FIN, when all echoes are there. */
        CLOSE,
        /** RST, when all echoes are there. */
        RESET
    }

    /**
     * What it does.
     *
     * @param messages how many it sends
     * @param least bytes of the shortest
     * @param most bytes of the longest
     * @param thinkMillis it is silent between two of them, at most
     * @param readPerSecond bytes, at most
     */
    record Script(int messages, int least, int most, long thinkMillis, int readPerSecond, Ending ending) {}

    private enum State {
        GREETING,
        THINKING,
        TALKING,
        LEAVING
    }

    private static final int CHUNK = 8 * 1024;
    /** One message in so many is a question for a heartbeat. */
    private static final int ASKS_ONE_IN = 6;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Script script;
    private final Random random;
    private final Payload payload;
    private final EchoCheck check;
    private State state = State.GREETING;
    private int left;
    private ByteBuffer out = NOTHING;
    private int toSend;
    private long said;
    private long counted;
    private int answered;
    private int asked;
    private long nextAt;
    private int readable;
    private long readAt = begun();

    Talker(Herd herd, Script script, long seed) {
        super(herd);
        this.script = script;
        random = new Random(seed);
        payload = new Payload(seed);
        check = new EchoCheck(new Payload(seed));
        left = script.messages();
        readable = script.readPerSecond();
    }

    @Override
    void connected() {}

    @Override
    boolean isWaiting() {
        return state != State.THINKING;
    }

    @Override
    int readLimit() {
        return readable;
    }

    @Override
    void received(ByteBuffer in) throws IOException, WrongByteException {
        readable -= in.remaining();
        if (readable <= 0) {
            want(SelectionKey.OP_READ, false);
        }
        check.take(in);
        herd.tally().verified.add(check.heard() - counted);
        counted = check.heard();
        answer();
        if (state == State.GREETING && check.count(Word.GREETING) == 1) {
            think();
        } else if (state == State.TALKING && isAnswered()) {
            herd.tally().messages.increment();
            left--;
            proceed();
        }
    }

    @Override
    void writable() throws IOException {
        pump();
    }

    @Override
    void tick(long now) throws IOException {
        if (script.readPerSecond() != Integer.MAX_VALUE) {
            allow(now);
        }
        if (state == State.THINKING && now - nextAt >= 0) {
            talk();
        }
    }

    @Override
    public String toString() {
        return super.toString() + " (" + state + ", " + check.heard() + " of " + said + " bytes, " + left + " of "
                + script + " left)";
    }

    @Override
    void peerClosed() throws IOException {
        boolean expected = state == State.LEAVING
                && check.heard() == said
                && check.isBetweenWords()
                && check.count(Word.END) == (script.ending() == Ending.END_WORD ? 1 : 0);
        if (!expected) {
            herd.suspect(this, "was closed");
        } else if (script.ending() == Ending.HALF_CLOSE) {
            herd.tally().messages.increment();
        }
        leave();
    }

    /** As much as it may read by now; a machine that is busy lets few ticks pass. */
    private void allow(long now) {
        long more = Math.min((now - readAt) * script.readPerSecond() / 1_000_000_000L, script.readPerSecond());
        if (more > 0) {
            readAt = now;
            readable = (int) Math.min(Math.max(0, readable) + more, script.readPerSecond());
            want(SelectionKey.OP_READ, true);
        }
    }

    /** In the middle of a message its bytes are answer enough, and a word among them would be echoed. */
    private void answer() throws IOException {
        while (answered < check.count(Word.PING)) {
            answered++;
            if (state == State.THINKING && !out.hasRemaining()) {
                herd.tally().heartbeats.increment();
                say(Word.PONG);
            }
        }
    }

    private boolean isAnswered() {
        return toSend == 0 && !out.hasRemaining() && check.heard() == said && check.count(Word.PONG) >= asked;
    }

    private void proceed() throws IOException {
        if (left > 0) {
            think();
            return;
        }
        state = State.LEAVING;
        switch (script.ending()) {
            case END_WORD -> say(Word.END);
            case CLOSE -> leave();
            default -> reset();
        }
    }

    private void think() throws IOException {
        state = State.THINKING;
        nextAt = System.nanoTime() + (long) (random.nextDouble() * script.thinkMillis() * 1_000_000);
        if (script.thinkMillis() == 0) {
            talk();
        }
    }

    private void talk() throws IOException {
        if (out.hasRemaining()) {
            return; // the rest of a word must go first
        }
        progressed();
        state = State.TALKING;
        if (left > 1 && random.nextInt(ASKS_ONE_IN) == 0) {
            asked = check.count(Word.PONG) + 1;
            herd.tally().heartbeats.increment();
            say(Word.PING);
            return;
        }
        toSend = script.least() + random.nextInt(script.most() - script.least() + 1);
        said += toSend;
        pump();
    }

    private void say(Word word) throws IOException {
        out = word.bytes();
        pump();
    }

    private void pump() throws IOException {
        while (true) {
            if (!out.hasRemaining()) {
                if (toSend == 0) {
                    break;
                }
                fill();
            }
            channel().write(out);
            if (out.hasRemaining()) {
                want(SelectionKey.OP_WRITE, true);
                return;
            }
            progressed();
        }
        out = NOTHING;
        want(SelectionKey.OP_WRITE, false);
        if (state == State.TALKING && left == 1 && script.ending() == Ending.HALF_CLOSE) {
            state = State.LEAVING;
            channel().shutdownOutput();
        }
    }

    private void fill() {
        int length = Math.min(toSend, CHUNK);
        out = ByteBuffer.allocate(length);
        while (out.hasRemaining()) {
            out.put(payload.next());
        }
        out.flip();
        toSend -= length;
    }
}
