package io.github.camelsendtalk.client;

import java.util.Arrays;

/** Finds the stretches of a text that stand in another one too. */
final class CommonSubstrings {

    /** The shortest stretch that counts as shared: a shorter one is in any two sentences. */
    static final int MIN_SHARED = 4;

    private CommonSubstrings() {}

    /**
     * Finds and numbers them, in one pass over what was sent, which may be a million characters long.
     *
     * @return by position: the number of the stretch that it shares with what was sent, 0 for none
     */
    static int[] find(NormalizedText words, String sent) {
        int count = Math.max(0, words.length() - MIN_SHARED + 1);
        long[] parts = new long[count];
        for (int i = 0; i < count; i++) {
            parts[i] = part(words.charAt(i), words.charAt(i + 1), words.charAt(i + 2), words.charAt(i + 3));
        }
        long[] sorted = parts.clone();
        Arrays.sort(sorted);
        boolean[] found = new boolean[count];
        long part = 0;
        for (int i = 0; i < sent.length(); i++) {
            part = part << Character.SIZE | sent.charAt(i);
            int at = Arrays.binarySearch(sorted, part);
            if (at >= 0) {
                found[at] = true;
            }
        }
        return number(parts, sorted, found, words.length());
    }

    private static long part(char a, char b, char c, char d) {
        return (long) a << 3 * Character.SIZE | (long) b << 2 * Character.SIZE | (long) c << Character.SIZE | d;
    }

    private static int[] number(long[] parts, long[] sorted, boolean[] found, int length) {
        int[] shared = new int[length];
        int stretch = 0;
        int end = 0;
        for (int i = 0; i < parts.length; i++) {
            if (found[Arrays.binarySearch(sorted, parts[i])]) {
                if (i >= end) {
                    stretch++;
                }
                end = i + MIN_SHARED;
                for (int j = i; j < end; j++) {
                    shared[j] = shared[j] == 0 ? stretch : shared[j];
                }
            }
        }
        return shared;
    }
}
