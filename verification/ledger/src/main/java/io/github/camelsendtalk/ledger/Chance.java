package io.github.camelsendtalk.ledger;

/** Chance that depends on a seed and on what it is asked for alone, in whatever order threads ask. */
record Chance(long seed) {

    /** A number from 0 to below the bound. */
    int of(int bound, long what, long which) {
        return (int) Long.remainderUnsigned(mixed(mixed(seed + what) + which), bound);
    }

    /** Spreads neighbouring numbers over all numbers: the finalizer of SplitMix64. */
    private static long mixed(long number) {
        long z = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
