package io.edgewire.transport.core;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Deadlines in the order in which they are due; those due at the same moment in the order in which they were added. A
 * binary heap whose entries know their place, so that adding and cancelling cost O(log n) and allocate nothing but the
 * entry itself.
 *
 * <p><b>Threads.</b> One at a time; the caller sees to that.
 */
public final class TimerHeap {
    /** Something that is due at a moment. Reusable: once polled or cancelled it may be added again. */
    public abstract static class Entry implements Runnable {
        private static final int NOWHERE = -1;

        private long due;
        private long order;
        private int index = NOWHERE;

        /** For subclasses, which say in {@code run} what is to happen. */
        protected Entry() {}

        /** Whether it is in a heap. */
        public final boolean scheduled() {
            return index != NOWHERE;
        }

        /** When it is due, in the nanoseconds of the clock; meaningless while it is not scheduled. */
        public final long due() {
            return due;
        }

        private boolean before(Entry other) {
            long difference = due - other.due; // survives the wrap-around of the clock, as a comparison would not
            return difference != 0 ? difference < 0 : order - other.order < 0;
        }
    }

    private static final int SMALLEST = 16;

    private Entry[] heap = new Entry[SMALLEST];
    private int size;
    private long added;

    /** An empty heap. */
    public TimerHeap() {}

    /** How many entries wait. */
    public int size() {
        return size;
    }

    /** For how many there is room; for tests. */
    int capacity() {
        return heap.length;
    }

    /** Adds an entry that is in no heap. */
    public void add(Entry entry, long dueNanos) {
        if (entry.scheduled()) {
            throw new IllegalStateException("the entry is scheduled already");
        }
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        entry.due = dueNanos;
        entry.order = added++;
        up(size++, entry);
    }

    /**
     * Removes an entry of this heap.
     *
     * @return whether it was waiting
     */
    public boolean cancel(Entry entry) {
        if (!entry.scheduled()) {
            return false;
        }
        int hole = entry.index;
        entry.index = Entry.NOWHERE;
        Entry last = heap[--size];
        heap[size] = null;
        shrink();
        if (last != entry) {
            if (hole > 0 && last.before(heap[(hole - 1) / 2])) {
                up(hole, last);
            } else {
                down(hole, last);
            }
        }
        return true;
    }

    /** Takes out the next entry that is due at {@code now} or before, or null. */
    public @Nullable Entry pollDue(long now) {
        if (size == 0 || heap[0].due - now > 0) {
            return null;
        }
        Entry first = heap[0];
        cancel(first);
        return first;
    }

    /** Nanoseconds from {@code now} until the next entry is due: 0 if one is, {@link Long#MAX_VALUE} if none waits. */
    public long untilNext(long now) {
        return size == 0 ? Long.MAX_VALUE : Math.max(0, heap[0].due - now);
    }

    /** A rush of timers must not keep its memory for ever; half full, so that the next one does not grow it at once. */
    private void shrink() {
        if (heap.length > SMALLEST && size == heap.length / 4) {
            heap = Arrays.copyOf(heap, heap.length / 2);
        }
    }

    private void up(int start, Entry entry) {
        int at = start;
        while (at > 0) {
            int parent = (at - 1) / 2;
            if (!entry.before(heap[parent])) {
                break;
            }
            put(at, heap[parent]);
            at = parent;
        }
        put(at, entry);
    }

    private void down(int start, Entry entry) {
        int at = start;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && heap[child + 1].before(heap[child])) {
                child++;
            }
            if (!heap[child].before(entry)) {
                break;
            }
            put(at, heap[child]);
            at = child;
        }
        put(at, entry);
    }

    private void put(int at, Entry entry) {
        heap[at] = entry;
        entry.index = at;
    }
}
