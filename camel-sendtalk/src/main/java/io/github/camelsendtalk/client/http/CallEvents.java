package io.github.camelsendtalk.client.http;

import java.io.IOException;

/** What HttpClient's callbacks ask a call, and tell it. */
interface CallEvents {

    boolean hasEnded();

    /**
     * Hands the content over to an open connection, which takes it as soon as an I/O thread comes to it. The first timeout ends
     * here: a call that found its connection at the last moment would else break it again.
     *
     * @return false if the call has ended
     */
    boolean handOver();

    /** Marks the content as being written; false if the call keeps it back. */
    boolean takeContent();

    /** Takes what was read of an answer whose rest is not read. */
    void answerTooLong(Answer answer);

    void fail(Throwable cause);

    /** Ends the connection of a call that has ended, where HttpClient goes on with it. */
    default void requireOpen() throws HasEndedException {
        if (hasEnded()) {
            throw new HasEndedException();
        }
    }

    /** Runs a task. An error would end the I/O thread, and leave its other calls without an answer. */
    default void guard(IoTask task) throws IOException {
        try {
            task.run();
        } catch (Error e) {
            fail(e);
            throw new IOException("The call has ended", e);
        }
    }

    /** A part of the work on an I/O thread. */
    interface IoTask {
        void run() throws IOException;
    }

    /** Ends the connection of a call that has ended. */
    final class HasEndedException extends IOException {

        private static final long serialVersionUID = 1L;

        HasEndedException() {
            super("The call has ended");
        }
    }
}
