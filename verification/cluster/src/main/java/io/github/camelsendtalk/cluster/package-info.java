/**
 * Runs a campaign in several processes, kills one of them and the database, and holds what each row says against what a
 * server that misbehaves at random received.
 *
 * <p>A program for the project itself; nothing depends on it.
 */
@NullMarked
package io.github.camelsendtalk.cluster;

import org.jspecify.annotations.NullMarked;
