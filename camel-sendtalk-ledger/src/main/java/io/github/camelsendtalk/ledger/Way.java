package io.github.camelsendtalk.ledger;

/** The way that a message takes to the server; the last ones lead nowhere. */
enum Way {
    PLAIN(860, "sendtalk"),
    TLS(35, "sendtalk"),
    PROXIED(75, "sendtalk-by-proxy"),
    TUNNELLED(22, "sendtalk-by-proxy-with-login"),

    LOGIN_REFUSED(1, "sendtalk-by-proxy-with-wrong-login"),
    TUNNEL_REFUSED(1, "sendtalk-by-proxy-with-wrong-login"),
    UNKNOWN_AUTHORITY(1, "sendtalk"),
    WRONG_NAME(1, "sendtalk"),
    EXPIRED(1, "sendtalk"),
    NO_SUCH_HOST(2, "sendtalk"),
    FULL_BACKLOG(1, "sendtalk");

    private static final int CHANCE_OF_A_WAY = 4;
    private static final int ALL = 1_000;

    private final int weight;
    private final String component;

    Way(int weight, String component) {
        this.weight = weight;
        this.component = component;
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

    /** The name of the component that knows this way. */
    String component() {
        return component;
    }

    /** Whether no message must come through. */
    boolean isShut() {
        return compareTo(TUNNELLED) > 0;
    }
}
