package io.github.camelsendtalk.ledger;

import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Restarts and slows the server, restarts the proxies, and restarts routes, component and context, at random while messages are in flight. */
final class Disturbance {

    private final Network network;
    private final Sender sender;
    private final Random random;
    private final CountDownLatch end = new CountDownLatch(1);
    private final CompletableFuture<Integer> count = new CompletableFuture<>();

    /** Begins at once, in a thread of its own. */
    Disturbance(Network network, Sender sender, long seed) {
        this.network = network;
        this.sender = sender;
        this.random = new Random(seed);
        new Thread(this::run, "disturbance").start();
    }

    private void run() {
        try {
            int times = 0;
            while (!end.await(100 + random.nextInt(900), TimeUnit.MILLISECONDS)) {
                disturb();
                times++;
            }
            count.complete(times);
        } catch (Exception e) {
            count.completeExceptionally(e);
        }
    }

    private void disturb() throws Exception {
        FaultServer server = network.server();
        Way way = Way.of(new Chance(random.nextLong()), 0);
        switch (random.nextInt(9)) {
            case 0 -> server.restartAfter(random.nextInt(300));
            case 1 -> server.setDelayMillis(random.nextInt(30));
            case 2 -> server.setDelayMillis(0);
            case 3 -> sender.restartRoute(way);
            case 4 -> sender.suspendRoute(way);
            case 5 -> sender.restartComponent(way);
            case 6 -> network.proxy().restartAfter(random.nextInt(300));
            case 7 -> network.proxyWithLogin().restartAfter(random.nextInt(300));
            default -> sender.restartContext();
        }
    }

    /** Returns when it has ended what it began; gives how often it disturbed. */
    int end() {
        end.countDown();
        return count.join();
    }
}
