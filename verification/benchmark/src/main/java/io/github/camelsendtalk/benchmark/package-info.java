/**
 * What a send costs, beside other ways to send: each contender runs in a JVM of its own, against a server in another, and all
 * take turns.
 */
@NullMarked
package io.github.camelsendtalk.benchmark;

import org.jspecify.annotations.NullMarked;
