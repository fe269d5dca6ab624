package io.github.camelsendtalk.client.http;

import java.util.concurrent.atomic.AtomicReference;

/** Decides once: the HTTP client takes a request's content, or the call ends before that and keeps it back. */
final class ContentGate {

    private enum Content {
        /** Waits for an open connection. */
        WAITS,
        /** Has one, and is written next. */
        HANDED_OVER,
        MAY_HAVE_LEFT,
        KEPT_BACK
    }

    private final AtomicReference<Content> content = new AtomicReference<>(Content.WAITS);
    private volatile long handedOverAt;

    /** Hands the content over to an open connection, if it waits for one. */
    boolean handOver() {
        return moveOn(Content.WAITS, Content.HANDED_OVER);
    }

    /** Marks the content as being written, unless it is kept back. */
    boolean take() {
        if (moveOn(Content.HANDED_OVER, Content.MAY_HAVE_LEFT)) {
            return true;
        }
        return content.get() == Content.MAY_HAVE_LEFT;
    }

    private boolean moveOn(Content from, Content to) {
        if (content.get() != from) {
            return false;
        }
        // set before it counts: who finds the content there reads since when
        handedOverAt = System.nanoTime();
        return content.compareAndSet(from, to);
    }

    /** Keeps the content back if it still waits. */
    boolean keepBackIfWaiting() {
        return content.compareAndSet(Content.WAITS, Content.KEPT_BACK);
    }

    /** Sees to it that the content does not leave from now on; false if it may have left already. */
    boolean keepBackUnlessLeft() {
        keepBackIfWaiting();
        content.compareAndSet(Content.HANDED_OVER, Content.KEPT_BACK);
        return content.get() == Content.KEPT_BACK;
    }

    /** When the content was handed over or taken last, as {@link System#nanoTime()}. */
    long handedOverAt() {
        return handedOverAt;
    }
}
