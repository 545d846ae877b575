package io.edgewire.api.event;

/** Anything worth telling: what happened to a connection, to the link, to a server or to a client. */
public sealed interface EdgeEvent permits ConnectionEvent, LinkEvent, ServerEvent, ClientEvent {}
