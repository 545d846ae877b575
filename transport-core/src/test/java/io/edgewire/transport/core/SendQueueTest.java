package io.edgewire.transport.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SendQueueTest {
    private final SendQueue queue = new SendQueue();

    @Test
    void whatWasAppendedCanBeReusedAtOnce() {
        byte[] bytes = {1, 2, 3};
        ByteBuffer source = ByteBuffer.wrap(bytes);
        queue.append(source);
        bytes[0] = 9;

        assertThat(source.hasRemaining()).isFalse();
        assertThat(take(3)).containsExactly(1, 2, 3);
    }

    @Test
    void whatWasNotConsumedIsFilledAgain() {
        queue.append(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}));
        assertThat(peek(4)).containsExactly(1, 2, 3, 4);
        queue.consumed(1);
        assertThat(queue.size()).isEqualTo(3);
        assertThat(peek(2)).containsExactly(2, 3);
        assertThat(peek(100)).containsExactly(2, 3, 4);
    }

    @Test
    void allOfAnotherQueueIsMovedToTheEnd() {
        SendQueue other = new SendQueue();
        queue.append(ByteBuffer.wrap(new byte[] {1}));
        other.append(ByteBuffer.wrap(new byte[] {2, 3}));
        queue.appendAll(other);
        queue.append(ByteBuffer.wrap(new byte[] {4}));

        assertThat(other.isEmpty()).isTrue();
        other.append(ByteBuffer.wrap(new byte[] {9}));
        assertThat(peek(10)).containsExactly(1, 2, 3, 4);
        assertThat(queue.size()).isEqualTo(4);
    }

    @Test
    void anEmptyOneTakesOverAllOfAnother() {
        SendQueue other = new SendQueue();
        other.append(ByteBuffer.wrap(new byte[] {2, 3}));
        queue.appendAll(other);
        queue.appendAll(other);
        assertThat(take(2)).containsExactly(2, 3);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void clearDropsEverything() {
        queue.append(ByteBuffer.allocate(100_000));
        queue.clear();
        assertThat(queue.isEmpty()).isTrue();
        assertThat(peek(10)).isEmpty();
    }

    @Test
    void moreThanThereIsCannotBeConsumed() {
        queue.append(ByteBuffer.allocate(2));
        assertThatThrownBy(() -> queue.consumed(3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> queue.consumed(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anyMixOfSizesComesOutAsItWentIn() {
        long seed = Long.getLong("edgewire.seed", System.nanoTime());
        Random random = new Random(seed);
        ByteArrayOutputStream in = new ByteArrayOutputStream();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < 300; i++) {
            byte[] piece = new byte[random.nextInt(200_000) >> random.nextInt(16)];
            random.nextBytes(piece);
            in.writeBytes(piece);
            queue.append(ByteBuffer.wrap(piece));
            byte[] seen = peek(random.nextInt(131_072));
            int taken = seen.length == 0 ? 0 : random.nextInt(seen.length + 1);
            out.write(seen, 0, taken);
            queue.consumed(taken);
            assertThat(queue.size()).isEqualTo(in.size() - out.size());
        }
        while (!queue.isEmpty()) {
            out.writeBytes(take((int) Math.min(queue.size(), 10_000)));
        }
        assertThat(out.toByteArray()).as("seed %d", seed).isEqualTo(in.toByteArray());
    }

    private byte[] take(int count) {
        byte[] bytes = peek(count);
        queue.consumed(bytes.length);
        return bytes;
    }

    private byte[] peek(int room) {
        ByteBuffer target = ByteBuffer.allocate(room);
        queue.fill(target);
        target.flip();
        byte[] bytes = new byte[target.remaining()];
        target.get(bytes);
        return bytes;
    }
}
