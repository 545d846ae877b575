package io.edgewire.transport.nio;

import io.edgewire.api.CloseReason;
import io.edgewire.api.ConnectOptions;
import io.edgewire.api.ConnectionOptions;
import io.edgewire.api.ConnectionTimeouts;
import io.edgewire.api.ListenOptions;
import io.edgewire.api.Listener;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.api.StopOutcome;
import io.edgewire.api.Timer;
import io.edgewire.api.Transport;
import io.edgewire.api.TransportException;
import io.edgewire.api.event.ConnectionEvent;
import io.edgewire.api.event.EventSink;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadFactory;
import java.util.function.UnaryOperator;

/** What transports do wrong, the family of tests that looks there, and the rules whose tests then fail. */
enum Faults {
    STARTS_A_THREAD_WHEN_CREATED(BrokenTransportsTest.BrokenLifecycle.class, "T-1", "T-9") {
        @Override
        Fault fault() {
            return new Fault() {
                @Override
                void create(ThreadFactory threads) {
                    threads.newThread(() -> {}).start();
                }
            };
        }
    },
    TELLS_EVERY_BIND_FAILURE_ALIKE(BrokenTransportsTest.BrokenLifecycle.class, "T-3") {
        @Override
        Fault fault() {
            return new Fault() {
                @Override
                Listener listen(Transport transport, ListenOptions options, ProtocolFactory factory) {
                    try {
                        return super.listen(transport, options, factory);
                    } catch (TransportException e) {
                        throw new TransportException(TransportException.Kind.FAILED, e.getMessage(), e);
                    }
                }
            };
        }
    },
    STOPS_TWICE(BrokenTransportsTest.BrokenLifecycle.class, "T-7") {
        @Override
        Fault fault() {
            return new Fault() {
                @Override
                StopOutcome stop(Listener listener, Duration grace) {
                    listener.stop(grace);
                    return StopOutcome.DRAINED;
                }
            };
        }
    },
    LETS_EVERYONE_IN(BrokenTransportsTest.BrokenAdmission.class, "T-13", "T-4", "T-15") {
        @Override
        Fault fault() {
            return new Fault() {
                @Override
                ListenOptions options(ListenOptions options) {
                    return options.withMaxConnections(Integer.MAX_VALUE)
                            .withMaxPerAddress(Integer.MAX_VALUE)
                            .withAcceptRate(ListenOptions.NO_RATE);
                }
            };
        }
    },
    KEEPS_FAILED_ACCEPTS_TO_ITSELF(BrokenTransportsTest.BrokenAdmission.class, "T-8") {
        @Override
        Fault fault() {
            return without(ConnectionEvent.AcceptFailed.class);
        }
    },
    DOES_NOT_TELL_OF_OPENING(BrokenTransportsTest.BrokenAdmission.class, "T-13", "T-4") {
        @Override
        Fault fault() {
            return without(ConnectionEvent.Opened.class);
        }
    },
    KEEPS_HANDLER_FAILURES_TO_ITSELF(BrokenTransportsTest.BrokenFault.class, "C-25", "T-11") {
        @Override
        Fault fault() {
            return without(ConnectionEvent.HandlerFailed.class);
        }
    },
    KEEPS_BLOCKED_HANDLERS_TO_ITSELF(BrokenTransportsTest.BrokenBlockedHandler.class, "T-14") {
        @Override
        Fault fault() {
            return without(ConnectionEvent.HandlerBlocked.class);
        }
    },
    LOSES_BYTES(BrokenTransportsTest.BrokenDelivery.class, "C-5", "P-2", "C-6", "C-8") {
        @Override
        Fault fault() {
            return new Fault() {
                @Override
                void onBytes(ProtocolHandler handler, FaultyConnection connection, ByteBuffer in) {
                    super.onBytes(handler, connection, in.remaining() > LARGE ? in.slice(0, in.limit() - 1) : in);
                }
            };
        }
    },
    DELIVERS_TWICE(BrokenTransportsTest.BrokenDelivery.class, "C-5", "P-2", "C-6", "C-8") {
        @Override
        Fault fault() {
            return new Fault() {
                @Override
                void onBytes(ProtocolHandler handler, FaultyConnection connection, ByteBuffer in) {
                    if (in.remaining() > LARGE) {
                        super.onBytes(handler, connection, in.duplicate());
                    }
                    super.onBytes(handler, connection, in);
                }
            };
        }
    },
    KEEPS_THE_SENDERS_BUFFER(BrokenTransportsTest.BrokenDelivery.class, "C-7") {
        @Override
        Fault fault() {
            return ofConnection(KeepsBuffers::new);
        }
    },
    WRITES_EACH_SEND_BY_ITSELF(BrokenTransportsTest.BrokenDelivery.class, "C-9") {
        @Override
        Fault fault() {
            return ofConnection(WritesApart::new);
        }
    },
    RUNS_TASKS_WITHIN_THE_CALLBACK(BrokenTransportsTest.BrokenSerial.class, "C-3") {
        @Override
        Fault fault() {
            return ofConnection(RunsTasksWithin::new);
        }
    },
    CLOSES_TWICE(BrokenTransportsTest.BrokenSerial.class, "C-1", "C-2", "C-3", "C-4", "C-8", "P-2") {
        @Override
        Fault fault() {
            return new Fault() {
                @Override
                void onClosed(ProtocolHandler handler, FaultyConnection connection, CloseReason reason) {
                    super.onClosed(handler, connection, reason);
                    super.onClosed(handler, connection, reason);
                }
            };
        }
    },
    LIES_ABOUT_SENDS(BrokenTransportsTest.BrokenBackPressure.class, "C-10") {
        @Override
        Fault fault() {
            return ofConnection(usual -> new FaultyConnection(usual.correct) {
                @Override
                public boolean send(ByteBuffer bytes) {
                    super.send(bytes);
                    return true;
                }
            });
        }
    },
    NEVER_DRAINS(BrokenTransportsTest.BrokenBackPressure.class, "C-11", "C-14") {
        @Override
        Fault fault() {
            return new Fault() {
                @Override
                void onDrained(ProtocolHandler handler, FaultyConnection connection) {}
            };
        }
    },
    HAS_NO_BUDGET(BrokenTransportsTest.BrokenBackPressure.class, "C-12") {
        @Override
        Fault fault() {
            return new Fault() {
                @Override
                long sendBudget(long bytes) {
                    return Long.MAX_VALUE;
                }
            };
        }
    },
    TAKES_ANY_NUMBER_OF_TASKS(BrokenTransportsTest.BrokenBackPressure.class, "C-13") {
        @Override
        Fault fault() {
            return ofLimits(limits -> limits.withTaskLimit(Integer.MAX_VALUE));
        }
    },
    IGNORES_THE_PAUSE(BrokenTransportsTest.BrokenBackPressure.class, "C-14", "C-11") {
        @Override
        Fault fault() {
            return ofConnection(usual -> new FaultyConnection(usual.correct) {
                @Override
                public void pauseReading() {}
            });
        }
    },
    IS_EARLY(BrokenTransportsTest.BrokenTimeout.class, "C-15") {
        @Override
        Fault fault() {
            return ofConnection(usual -> new FaultyConnection(usual.correct) {
                @Override
                public Timer after(Duration delay, Runnable task) {
                    return super.after(delay.dividedBy(2), task);
                }
            });
        }
    },
    NEVER_IDLE(BrokenTransportsTest.BrokenTimeout.class, "C-16", "C-24") {
        @Override
        Fault fault() {
            return ofTimeouts(timeouts -> timeouts.withIdle(ConnectionTimeouts.OFF));
        }
    },
    WAITS_FOR_THE_FIRST_BYTE_FOR_EVER(BrokenTransportsTest.BrokenTimeout.class, "C-17", "C-24") {
        @Override
        Fault fault() {
            return ofTimeouts(timeouts -> timeouts.withFirstByte(ConnectionTimeouts.OFF));
        }
    },
    IS_SOON_TIRED_OF_A_SLOW_READER(BrokenTransportsTest.BrokenTimeout.class, "C-18") {
        @Override
        Fault fault() {
            return ofTimeouts(timeouts -> timeouts.withWrite(timeouts.write().dividedBy(2)));
        }
    },
    LIVES_FOR_EVER(BrokenTransportsTest.BrokenTimeout.class, "C-19", "C-24") {
        @Override
        Fault fault() {
            return ofTimeouts(timeouts -> timeouts.withLifetime(ConnectionTimeouts.OFF));
        }
    },
    CLOSES_WHERE_IT_SHOULD_HALF_CLOSE(BrokenTransportsTest.BrokenHalfClose.class, "C-30") {
        @Override
        Fault fault() {
            return new Fault() {
                @Override
                FaultyConnection connection(FaultyConnection usual) {
                    return new FaultyConnection(usual.correct) {
                        @Override
                        public void shutdownOutput() {
                            correct.close();
                        }
                    };
                }
            };
        }
    },
    CLOSES_BY_RESET(BrokenTransportsTest.BrokenClose.class, "C-20", "C-21", "C-23", "C-24", "C-26", "C-27", "C-28") {
        @Override
        Fault fault() {
            return ofConnection(usual -> new FaultyConnection(usual.correct) {
                @Override
                public void close() {
                    abort(CloseReason.LOCAL);
                }
            });
        }
    },
    NEVER_HEARS_THE_FIN(BrokenTransportsTest.BrokenClose.class, "C-20", "C-24", "C-28", "C-29") {
        @Override
        Fault fault() {
            return new Fault() {
                @Override
                void onPeerClosed(ProtocolHandler handler, FaultyConnection connection) {}
            };
        }
    },
    STOPS_WITHOUT_DRAINING(BrokenTransportsTest.BrokenDrain.class, "T-5", "T-6") {
        @Override
        Fault fault() {
            return new Fault() {
                @Override
                StopOutcome stop(Listener listener, Duration grace) {
                    listener.abort(CloseReason.SHUTDOWN);
                    return StopOutcome.DRAINED;
                }
            };
        }
    },
    COMES_FROM_ANYWHERE(BrokenTransportsTest.BrokenConnect.class, "T-16") {
        @Override
        Fault fault() {
            return new Fault() {
                @Override
                ConnectOptions connectOptions(ConnectOptions options) {
                    return super.connectOptions(options).withSource(ConnectOptions.ANY_SOURCE);
                }
            };
        }
    },
    TELLS_ANOTHER_REASON(BrokenTransportsTest.BrokenConnect.class, "T-10", "T-16", "T-9", "C-21", "C-28") {
        @Override
        Fault fault() {
            return new Fault() {
                @Override
                void onClosed(ProtocolHandler handler, FaultyConnection connection, CloseReason reason) {
                    super.onClosed(handler, connection, CloseReason.RESET);
                }
            };
        }
    };

    /** Reads that only tests of much data bring. */
    private static final int LARGE = 20 * 1024;

    private final Class<?> family;
    private final Set<String> rules;

    Faults(Class<?> family, String... rules) {
        this.family = family;
        this.rules = new TreeSet<>(List.of(rules));
    }

    abstract Fault fault();

    Class<?> family() {
        return family;
    }

    Set<String> rules() {
        return rules;
    }

    private static Fault without(Class<? extends ConnectionEvent> type) {
        return new Fault() {
            @Override
            EventSink events(EventSink events) {
                return event -> {
                    if (!type.isInstance(event)) {
                        events.accept(event);
                    }
                };
            }
        };
    }

    private static Fault ofConnection(UnaryOperator<FaultyConnection> wrong) {
        return new Fault() {
            @Override
            FaultyConnection connection(FaultyConnection usual) {
                return wrong.apply(usual);
            }
        };
    }

    private static Fault ofLimits(UnaryOperator<ConnectionOptions> wrong) {
        return new Fault() {
            @Override
            ConnectionOptions limits(ConnectionOptions limits) {
                return wrong.apply(limits);
            }
        };
    }

    private static Fault ofTimeouts(UnaryOperator<ConnectionTimeouts> wrong) {
        return ofLimits(limits -> limits.withTimeouts(wrong.apply(limits.timeouts())));
    }

    /** Sends what the caller's buffer holds when the callback is over. */
    private static final class KeepsBuffers extends FaultyConnection {
        private final List<ByteBuffer> kept = new ArrayList<>();

        KeepsBuffers(FaultyConnection usual) {
            super(usual.correct);
        }

        @Override
        public boolean send(ByteBuffer bytes) {
            if (bytes.remaining() != 1024) {
                return super.send(bytes);
            }
            kept.add(bytes.duplicate());
            bytes.position(bytes.limit());
            return true;
        }

        @Override
        void callbackEnds() {
            kept.forEach(correct::send);
            kept.clear();
        }
    }

    /** Knows the thread on which a callback runs. */
    private static class KnowsItsThread extends FaultyConnection {
        private volatile Thread inCallback;

        KnowsItsThread(FaultyConnection usual) {
            super(usual.correct);
        }

        @Override
        void callbackBegins() {
            inCallback = Thread.currentThread();
        }

        @Override
        void callbackEnds() {
            inCallback = null;
        }

        boolean isInCallback() {
            return inCallback == Thread.currentThread();
        }
    }

    /** Runs a task that a callback gives at once. */
    private static final class RunsTasksWithin extends KnowsItsThread {
        RunsTasksWithin(FaultyConnection usual) {
            super(usual);
        }

        @Override
        public boolean execute(Runnable task) {
            if (!isInCallback()) {
                return super.execute(task);
            }
            task.run();
            return true;
        }
    }

    /** Leaves all but the first short send of a callback to another thread, which comes later. */
    private static final class WritesApart extends KnowsItsThread {
        private int sends;

        WritesApart(FaultyConnection usual) {
            super(usual);
        }

        @Override
        public boolean send(ByteBuffer bytes) {
            if (!isInCallback() || sends++ == 0 || bytes.remaining() > 100) {
                return super.send(bytes);
            }
            ByteBuffer copy = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
            new Thread(() -> correct.send(copy)).start();
            return true;
        }

        @Override
        void callbackEnds() {
            super.callbackEnds();
            sends = 0;
        }
    }
}
