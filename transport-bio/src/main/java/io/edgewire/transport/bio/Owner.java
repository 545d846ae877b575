package io.edgewire.transport.bio;

/** Who counts a connection: its listener, or the transport itself for an outgoing one. Called by the reader's thread. */
interface Owner {
    /** The descriptor is freed: its place may be given to another. */
    void released(BioConnection connection);

    /** Its handler has heard {@code onClosed}. */
    void gone(BioConnection connection);
}
