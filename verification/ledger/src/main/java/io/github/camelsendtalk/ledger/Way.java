package io.github.camelsendtalk.ledger;

import java.util.Locale;

/** The way that a message takes to the server; the last ones lead nowhere. */
enum Way {
    PLAIN(560),
    /** The same with the key of another account, to a server of its own. */
    OTHER_ACCOUNT(300),
    TLS(35),
    PROXIED(75),
    TUNNELLED(22),
    /** For whole spells of messages: few connections to a slow server, for hundreds at once. */
    OVERLOADED(0),

    LOGIN_REFUSED(1),
    TUNNEL_REFUSED(1),
    UNKNOWN_AUTHORITY(1),
    WRONG_NAME(1),
    EXPIRED(1),
    NO_SUCH_HOST(2),
    FULL_BACKLOG(1);

    private static final int CHANCE_OF_A_WAY = 4;
    private static final int ALL = 1_000;
    private static final int SPELL_EACH = 20_000;
    private static final int SPELL_BEGINS = 7_000;

    /** How many messages one after the other are sent at once where they overload the server. */
    static final int SPELL = 1_000;

    private final int weight;

    Way(int weight) {
        this.weight = weight;
    }

    /** The way of a message. */
    static Way of(Chance chance, int message) {
        int inSpell = message % SPELL_EACH - SPELL_BEGINS;
        if (inSpell >= 0 && inSpell < SPELL) {
            return OVERLOADED;
        }
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

    /** The key that belongs to this way alone. */
    String apiKey() {
        return "key-of-" + name();
    }

    /** How long the server takes at least. */
    int answerMillis() {
        return this == OVERLOADED ? 200 : 0;
    }

    /** Whether somebody stands between us and the server, who may pass a request on as late as he likes. */
    boolean hasProxy() {
        return switch (this) {
            case PROXIED, TUNNELLED, LOGIN_REFUSED, TUNNEL_REFUSED -> true;
            case PLAIN,
                    OTHER_ACCOUNT,
                    OVERLOADED,
                    TLS,
                    UNKNOWN_AUTHORITY,
                    WRONG_NAME,
                    EXPIRED,
                    NO_SUCH_HOST,
                    FULL_BACKLOG -> false;
        };
    }

    /** Whether no message must come through. */
    boolean isShut() {
        return compareTo(OVERLOADED) > 0;
    }
}
