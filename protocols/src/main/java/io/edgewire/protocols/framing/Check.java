package io.edgewire.protocols.framing;

/** The checks of what we ourselves set or send. */
final class Check {
    private Check() {}

    static void that(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    static void range(int value, int least, int most, String name) {
        that(value >= least && value <= most, name + " is " + value + ", but must be " + least + " to " + most);
    }
}
