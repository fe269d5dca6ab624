/**
 * Sends messages through routes to a server that misbehaves at random, and holds what each exchange was told against what
 * the server received.
 *
 * <p>A program for the project itself; nothing depends on it.
 */
@NullMarked
package io.github.camelsendtalk.ledger;

import org.jspecify.annotations.NullMarked;
