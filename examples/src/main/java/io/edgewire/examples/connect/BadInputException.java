package io.edgewire.examples.connect;

/** A line that cannot be sent; the message says where and why. Nothing of it was sent. */
public final class BadInputException extends Exception {
    private static final long serialVersionUID = 1;

    private final String message;

    BadInputException(String message) {
        super(message);
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }
}
