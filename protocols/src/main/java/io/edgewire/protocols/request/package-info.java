/**
 * Requests and replies over whole messages: {@link io.edgewire.protocols.request.Requests} asks,
 * {@link io.edgewire.protocols.request.RequestServer} answers. Small enough to copy from.
 *
 * <p>A message is one byte for its kind, four for the number of its request (big-endian), and the body:
 *
 * <pre>
 *   1 request   number chosen by who asks
 *   2 reply     the request's number
 *   3 failure   the request's number; the body is a text in UTF-8
 *   4 notice    0; nobody has asked for it, or not just now
 * </pre>
 */
@NullMarked
package io.edgewire.protocols.request;

import org.jspecify.annotations.NullMarked;
