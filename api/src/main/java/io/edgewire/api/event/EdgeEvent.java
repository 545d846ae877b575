package io.edgewire.api.event;

/** Anything worth telling: what happened to a connection, to the link or to a server. */
public sealed interface EdgeEvent permits ConnectionEvent, LinkEvent, ServerEvent {}
