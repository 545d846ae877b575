package io.edgewire.bench.framing;

/** One who reads frames. */
interface Side {
    /**
     * Reads a stream of whole frames.
     *
     * @param read the most bytes that come at a time
     */
    void hear(byte[] stream, int read);

    /** Where the messages went. */
    Sink sink();
}
