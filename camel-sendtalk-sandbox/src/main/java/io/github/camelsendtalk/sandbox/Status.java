package io.github.camelsendtalk.sandbox;

import org.jspecify.annotations.Nullable;

/** The status of a message, as the API's {@code data} has it. */
record Status(
        String status,
        boolean isPending,
        boolean isSent,
        @Nullable Long sentTime,
        String currency,
        int price,
        long createdTime) {

    private static final String CURRENCY = "IDR";
    private static final int PRICE = 100;

    static Status pending(long createdTime) {
        return new Status("pending", true, false, null, CURRENCY, 0, createdTime);
    }

    static Status failed(long createdTime) {
        return new Status("failed", false, false, null, CURRENCY, 0, createdTime);
    }

    static Status sent(String status, long sentTime, long createdTime) {
        return new Status(status, false, true, sentTime, CURRENCY, PRICE, createdTime);
    }
}
