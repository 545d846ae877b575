package io.edgewire.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewire.api.CloseReason;
import io.edgewire.api.event.ConnectionEvent;
import io.edgewire.api.event.ConnectionEvent.HandlerBlocked;
import io.edgewire.api.event.ConnectionEvent.HandlerReturned;
import io.edgewire.testkit.Call;
import io.edgewire.testkit.RecordingHandler;
import io.edgewire.testkit.Rule;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That a handler which does not return is named: T-14. */
public abstract class BlockedHandlerTck extends TransportFixture {
    private static final Duration LIMIT = TransportSetup.BLOCKED_AFTER;
    private static final Duration STEP = LIMIT.dividedBy(4);

    /** For subclasses. */
    protected BlockedHandlerTck() {}

    /** Where a handler may block. */
    enum Place {
        MADE,
        OPEN,
        BYTES,
        TIMER,
        TASK,
        CLOSED
    }

    @ParameterizedTest
    @EnumSource
    @Rule("T-14")
    void aHandlerThatDoesNotReturnIsToldWithItsStackWhereverItBlocks(Place place) {
        Gate gate = gate();
        listen(anyPort(), handler -> block(handler, place, gate));
        dial(listener.address()).send("x");
        provoke(place, gate);
        await.until("the handler is blocked", gate::isEntered);

        HandlerBlocked told = advanceUntilTold(HandlerBlocked.class);

        assertThat(told.id()).isEqualTo(1);
        assertThat(told.blocked()).isGreaterThanOrEqualTo(LIMIT);
        assertThat(told.stack()).anySatisfy(frame -> {
            assertThat(frame.getClassName()).isEqualTo(Gate.class.getName());
            assertThat(frame.getMethodName()).isEqualTo("pass");
        });
        assertThat(told.thread()).isNotBlank();
    }

    @Test
    @Rule("T-14")
    void itIsToldOnceAndOnceMoreWhenItIsOver() {
        Gate gate = gate();
        Session session = serve(handler -> handler.whenBytes((connection, in) -> gate.pass()));
        session.peer().send("x");
        await.until("the handler is blocked", gate::isEntered);
        HandlerBlocked told = advanceUntilTold(HandlerBlocked.class);
        for (int i = 0; i < 20; i++) {
            advance(STEP);
        }
        await.settle();
        assertThat(events.all(HandlerReturned.class)).isEmpty();

        gate.open();
        roundTrip(session.connection());
        HandlerReturned over = advanceUntilTold(HandlerReturned.class);

        assertThat(events.all(HandlerBlocked.class)).containsExactly(told);
        assertThat(over.id()).isEqualTo(session.id());
        assertThat(over.remote()).isEqualTo(told.remote());
        assertThat(over.thread()).isEqualTo(told.thread());
        assertThat(over.blocked()).isGreaterThanOrEqualTo(told.blocked().plus(STEP.multipliedBy(20)));
        settle(session.connection());
        assertThat(events.all(HandlerReturned.class)).containsExactly(over);
    }

    @Test
    @Rule("T-14")
    void thatItIsOverIsToldAlsoWhenTheConnectionHasGone() {
        Gate gate = gate();
        Session session = serve(handler -> handler.whenClosed((connection, reason) -> gate.pass()));
        session.connection().abort(CloseReason.PROTOCOL_ERROR);
        await.until("the handler is blocked", gate::isEntered);
        HandlerBlocked told = advanceUntilTold(HandlerBlocked.class);

        gate.open();
        HandlerReturned over = advanceUntilTold(HandlerReturned.class);

        assertThat(over.id()).isEqualTo(told.id());
    }

    @Test
    @Rule("T-14")
    void oneThatReturnsInTimeIsNotToldHoweverOftenItIsCalled() {
        Session session = serve(RecordingHandler::echo);
        for (int i = 0; i < 40; i++) {
            assertEchoes(session);
            advance(STEP);
        }

        Gate gate = gate();
        session.connection().execute(gate::pass);
        await.until("the handler is busy", gate::isEntered);
        for (int i = 0; i < 3; i++) {
            advance(STEP);
            await.settle();
        }
        gate.open();
        settle(session.connection());
        for (int i = 0; i < 8; i++) {
            advance(STEP);
            settle(session.connection());
        }
        assertThat(events.all(HandlerBlocked.class)).isEmpty();
        assertThat(events.all(HandlerReturned.class)).isEmpty();
    }

    private static void block(RecordingHandler handler, Place place, Gate gate) {
        switch (place) {
            case MADE -> gate.pass();
            case OPEN -> handler.whenOpen(connection -> gate.pass());
            case BYTES -> handler.whenBytes((connection, in) -> gate.pass());
            case CLOSED -> handler.whenClosed((connection, reason) -> gate.pass());
            case TIMER, TASK -> handler.echo();
        }
    }

    private void provoke(Place place, Gate gate) {
        switch (place) {
            case MADE, OPEN, BYTES -> {}
            case TIMER -> {
                protocol.first().await(Call.OPEN);
                protocol.first().connection().after(Duration.ZERO, gate::pass);
            }
            case TASK -> {
                protocol.first().await(Call.OPEN);
                protocol.first().connection().execute(gate::pass);
            }
            case CLOSED -> {
                protocol.first().await(Call.OPEN);
                protocol.first().connection().abort(CloseReason.PROTOCOL_ERROR);
            }
        }
    }

    /** Moves the time on, in steps, until whoever looks for blocked handlers has looked often enough. */
    private <E extends ConnectionEvent> E advanceUntilTold(Class<E> type) {
        await.until("there is a " + type.getSimpleName(), () -> {
            advance(STEP);
            return !events.all(type).isEmpty();
        });
        return events.all(type).get(0);
    }
}
