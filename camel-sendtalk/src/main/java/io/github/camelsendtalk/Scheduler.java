package io.github.camelsendtalk;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/** Runs tasks later. */
interface Scheduler {

    /** @throws RejectedExecutionException if the component is stopped */
    Future<?> schedule(Runnable task, Duration delay);
}
