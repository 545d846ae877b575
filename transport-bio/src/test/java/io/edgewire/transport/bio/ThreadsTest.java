package io.edgewire.transport.bio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.edgewire.transport.bio.BioOptions.ThreadMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

class ThreadsTest {
    @Test
    void allAreDaemons() {
        assertThat(thread(ThreadMode.PLATFORM).isDaemon()).isTrue();
        assertThat(thread(ThreadMode.AUTO).isDaemon()).isTrue();
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_20)
    void virtualOnesAreRefusedWhereThereAreNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> thread(ThreadMode.VIRTUAL))
                .withMessageContaining("run on 21 or newer");
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_23)
    void platformThreadsAreChosenWhereVirtualOnesWouldPin() {
        assertThat(kind(ThreadMode.AUTO)).isEqualTo("java.lang.Thread");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_24)
    void virtualOnesAreChosenWhereTheyDoNotPin() {
        assertThat(kind(ThreadMode.AUTO)).contains("VirtualThread");
        assertThat(kind(ThreadMode.PLATFORM)).isEqualTo("java.lang.Thread");
    }

    private static String kind(ThreadMode mode) {
        return thread(mode).getClass().getName();
    }

    private static Thread thread(ThreadMode mode) {
        return Threads.perConnection(BioOptions.DEFAULTS.withThreads(mode)).newThread(() -> {});
    }
}
