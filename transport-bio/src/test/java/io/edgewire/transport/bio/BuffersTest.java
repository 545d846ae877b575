package io.edgewire.transport.bio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class BuffersTest {
    private static final int LARGE = 64 * 1024;

    @Test
    void whoFindsNoLargeOneTakesASmallOne() {
        Buffers buffers = new Buffers(LARGE, 2 * LARGE);
        ByteBuffer first = buffers.borrow(Buffers.SMALL + 1);
        ByteBuffer second = buffers.borrow(Long.MAX_VALUE);
        assertThat(first.capacity()).isEqualTo(LARGE);
        assertThat(second.capacity()).isEqualTo(LARGE);

        ByteBuffer third = buffers.borrow(Long.MAX_VALUE);
        assertThat(third.capacity()).isEqualTo(Buffers.SMALL);
        buffers.giveBack(third);
        assertThat(buffers.borrow(Long.MAX_VALUE).capacity()).isEqualTo(Buffers.SMALL);

        buffers.giveBack(first);
        assertThat(buffers.borrow(Long.MAX_VALUE).capacity()).isEqualTo(LARGE);
    }

    @Test
    void smallOnesHaveNoLimit() {
        Buffers buffers = new Buffers(LARGE, 1);
        for (int i = 0; i < 100; i++) {
            assertThat(buffers.borrow(1).capacity()).isEqualTo(Buffers.SMALL);
        }
        assertThat(buffers.borrow(LARGE).capacity()).isEqualTo(LARGE);
    }

    @Test
    void whereLargeIsSmallThereIsNothingToCount() {
        Buffers buffers = new Buffers(Buffers.SMALL, 1);
        for (int i = 0; i < 100; i++) {
            assertThat(buffers.borrow(LARGE).capacity()).isEqualTo(Buffers.SMALL);
        }
    }
}
