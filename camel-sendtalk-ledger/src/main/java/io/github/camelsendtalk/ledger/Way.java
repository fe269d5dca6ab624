package io.github.camelsendtalk.ledger;

import java.util.Locale;

/** The way that a message takes to the server; the last ones lead nowhere. */
enum Way {
    PLAIN(860),
    TLS(35),
    PROXIED(75),
    TUNNELLED(22),

    LOGIN_REFUSED(1),
    TUNNEL_REFUSED(1),
    UNKNOWN_AUTHORITY(1),
    WRONG_NAME(1),
    EXPIRED(1),
    NO_SUCH_HOST(2),
    FULL_BACKLOG(1);

    private static final int CHANCE_OF_A_WAY = 4;
    private static final int ALL = 1_000;

    private final int weight;

    Way(int weight) {
        this.weight = weight;
    }

    /** The way of a message. */
    static Way of(Chance chance, int message) {
        int left = chance.of(ALL, CHANCE_OF_A_WAY, message);
        for (Way way : values()) {
            left -= way.weight;
            if (left < 0) {
                return way;
            }
        }
        throw new IllegalStateException();
    }

    /** The name of the component that knows this way: a URL belongs to a component. */
    String component() {
        return "sendtalk-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether no message must come through. */
    boolean isShut() {
        return compareTo(TUNNELLED) > 0;
    }
}
