package io.github.camelsendtalk.example.campaign;

/** How a row stands at the end of a run. */
enum Outcome {
    /** SendTalk says that it was sent. */
    SENT("sent", true),
    /** SendTalk took it and has not said yet that it was sent. */
    ACCEPTED("accepted", true),
    /** SendTalk took it, and says that it was not sent and no longer waits. */
    NOT_DELIVERED("not delivered", true),
    /** SendTalk refused it; the same row would be refused again. */
    REFUSED("refused", true),
    /** Nobody knows whether SendTalk took it. */
    UNKNOWN("unknown", true),
    /** Surely not sent, for a reason that is not the row's. */
    NOT_SENT("not sent", false),
    /** The row is wrong: found before any call. */
    WRONG("wrong", false),
    /** The same message to the same number stands in a line before. */
    REPEATED("repeated", false),
    /** The campaign was stopped before this row's turn. */
    NOT_BEGUN("not begun", false);

    private final String words;
    private final boolean settled;

    Outcome(String words, boolean settled) {
        this.words = words;
        this.settled = settled;
    }

    /** Whether the row is never sent again unless a person says so. */
    boolean isSettled() {
        return settled;
    }

    @Override
    public String toString() {
        return words;
    }
}
