package io.edgewire.transport.bio;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.ConnectionOptions;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final int KIB = 1024;

    private final Outbox outbox = new Outbox(ConnectionOptions.DEFAULTS.withSendQueue(4 * KIB, 16 * KIB, 128 * KIB));

    @Test
    void whatARunningCallbackSendsIsNotWrittenBeforeItEnds() {
        append(10);
        outbox.openBatch();
        append(20);

        assertThat(outbox.writable()).isEqualTo(10);
        outbox.taken(10);
        assertThat(outbox.writable()).isZero();
        outbox.closeBatch();
        assertThat(outbox.writable()).isEqualTo(20);
    }

    @Test
    void whatOthersSendBehindABatchWaitsForIt() {
        outbox.openBatch();
        append(1);
        append(1);
        outbox.openBatch();

        assertThat(outbox.writable()).isZero();
    }

    @Test
    void readingStopsAboveTheHighMarkAndGoesOnAtTheLowOne() {
        append(16 * KIB);
        assertThat(outbox.aboveHigh()).isFalse();
        append(1);
        assertThat(outbox.aboveHigh()).isTrue();

        outbox.taken(12 * KIB);
        assertThat(outbox.aboveHigh()).isTrue();
        outbox.taken(1);
        assertThat(outbox.aboveHigh()).isFalse();
        assertThat(outbox.drainedDue()).isTrue();
        outbox.drained();
        assertThat(outbox.drainedDue()).isFalse();
    }

    @Test
    void aQueueThatRisesAgainBeforeItWasToldIsNotDrained() {
        append(17 * KIB);
        outbox.taken(17 * KIB);
        append(17 * KIB);

        assertThat(outbox.drainedDue()).isFalse();
        assertThat(outbox.undrained()).isTrue();
    }

    @Test
    void theKernelIsFullUntilNothingIsLeft() {
        append(10);
        outbox.kernelIsFull();
        outbox.taken(9);
        assertThat(outbox.kernelFull()).isTrue();
        outbox.taken(1);
        assertThat(outbox.kernelFull()).isFalse();
    }

    @Test
    void whatIsDroppedIsCounted() {
        append(10);
        outbox.taken(3);

        assertThat(outbox.drop()).isEqualTo(7);
        assertThat(outbox.isEmpty()).isTrue();
        assertThat(outbox.sent()).isEqualTo(3);
    }

    private void append(int bytes) {
        outbox.append(ByteBuffer.allocate(bytes));
    }
}
