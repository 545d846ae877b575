package io.edgewire.examples.device;

import io.edgewire.api.Connection;
import io.edgewire.protocols.request.Request;
import io.edgewire.protocols.request.RequestHandler;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** What one connection asks of the board. */
final class DeviceRequests implements RequestHandler {
    static final byte READ = 1;
    static final byte SET = 2;
    static final byte SUBSCRIBE = 3;

    private final Board board;

    DeviceRequests(Board board) {
        this.board = board;
    }

    @Override
    public void onRequest(Request request) {
        ByteBuffer body = request.body();
        try {
            switch (body.get()) {
                case READ -> read(request, body.get());
                case SET -> set(request, body.get(), body.get());
                case SUBSCRIBE -> subscribe(request, body.get());
                default -> request.fail("no such operation");
            }
        } catch (BufferUnderflowException e) {
            request.fail("the request is too short");
        }
    }

    @Override
    public void onClosed(Connection connection) {
        board.unsubscribe(connection);
    }

    private void read(Request request, byte sensor) {
        if (sensor == Board.THERMOMETER) {
            request.answer(value(board.temperature()));
        } else {
            request.fail("no sensor " + sensor);
        }
    }

    private void set(Request request, byte output, byte on) {
        if (output == Board.HEATER) {
            board.heat(on != 0);
            request.answer(ByteBuffer.allocate(0));
        } else {
            request.fail("no output " + output);
        }
    }

    private void subscribe(Request request, byte sensor) {
        if (sensor == Board.THERMOMETER) {
            request.answer(value(board.subscribe(request.connection())));
        } else {
            request.fail("no sensor " + sensor);
        }
    }

    private static ByteBuffer value(short tenths) {
        return ByteBuffer.allocate(Short.BYTES).putShort(tenths).flip();
    }
}
