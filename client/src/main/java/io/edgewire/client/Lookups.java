package io.edgewire.client;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Looks names up on the executor, one lookup of a name at a time: a name service that hangs then holds one thread of it
 * a name, however often a client tries again.
 */
final class Lookups {
    private final Resolver resolver;
    private final Executor blocking;
    /** Those under way. Guarded by itself; taken by schedulers and by the threads of the executor. */
    private final Map<String, CompletableFuture<List<InetAddress>>> underWay = new HashMap<>();

    Lookups(Resolver resolver, Executor blocking) {
        this.resolver = resolver;
        this.blocking = blocking;
    }

    /** The addresses of a name; completed on the executor. */
    CompletionStage<List<InetAddress>> lookUp(String name) {
        CompletableFuture<List<InetAddress>> answer;
        synchronized (underWay) {
            CompletableFuture<List<InetAddress>> earlier = underWay.get(name);
            if (earlier != null) {
                return earlier;
            }
            answer = new CompletableFuture<>();
            underWay.put(name, answer);
        }
        try {
            blocking.execute(() -> complete(name, answer));
        } catch (RejectedExecutionException e) {
            forget(name);
            answer.completeExceptionally(e);
        }
        return answer;
    }

    private void complete(String name, CompletableFuture<List<InetAddress>> answer) {
        List<InetAddress> found = List.of();
        Throwable failure = null;
        try {
            found = List.copyOf(resolver.addresses(name));
        } catch (UnknownHostException | RuntimeException | Error e) { // told to who asked, whatever it is
            failure = e;
        }
        forget(name);
        if (failure != null) {
            answer.completeExceptionally(failure);
        } else if (found.isEmpty()) {
            answer.completeExceptionally(new UnknownHostException("no address"));
        } else {
            answer.complete(found);
        }
    }

    private void forget(String name) {
        synchronized (underWay) {
            underWay.remove(name);
        }
    }

    /** Why a lookup failed, for people. */
    static String text(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof UnknownHostException
                ? "the name has no address, or none that could be found"
                : "" + cause;
    }
}
