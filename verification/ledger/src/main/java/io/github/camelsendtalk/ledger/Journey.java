package io.github.camelsendtalk.ledger;

/** What an exchange does around the send of its message. */
enum Journey {
    /** A header names the recipient, the URI doesn't. */
    PLAIN(600),
    /** The URI names the recipient; headers left over from an earlier step name a stranger. */
    LEFTOVERS(120),
    /** Keeps the text, and sends the next message, to another recipient, in the next step. */
    TWICE(80),
    /** Sends on to another recipient what the first send left in the body, which is its id. */
    ID_AS_TEXT(20),
    /** Asks for the status afterwards, in the route. */
    STATUS(120),
    /** The same from within a step, which blocks its thread meanwhile. */
    STATUS_IN_A_STEP(60),

    /** Is sent second by the exchange of the message before it. */
    SECOND(0);

    private static final int CHANCE_OF_A_JOURNEY = 5;
    private static final int ALL = 1_000;

    private final int weight;

    Journey(int weight) {
        this.weight = weight;
    }

    /** The journey of one of so many messages. Each even one may take the one after it along. */
    static Journey of(Chance chance, int message, int messages) {
        boolean even = message % 2 == 0;
        if (!even && drawn(chance, message - 1).sendsTwo()) {
            return SECOND;
        }
        Journey drawn = drawn(chance, message);
        return drawn.sendsTwo() && (!even || message + 1 == messages) ? PLAIN : drawn;
    }

    private static Journey drawn(Chance chance, int message) {
        int left = chance.of(ALL, CHANCE_OF_A_JOURNEY, message);
        for (Journey journey : values()) {
            left -= journey.weight;
            if (left < 0) {
                return journey;
            }
        }
        throw new IllegalStateException();
    }

    boolean sendsTwo() {
        return this == TWICE || this == ID_AS_TEXT;
    }
}
