/**
 * Runs the service for one-time codes in several processes, kills one of them and the database, and holds what each client was
 * told against what SendTalk and the second channel received; and measures how fast it is.
 *
 * <p>A program for the project itself; nothing depends on it.
 */
@NullMarked
package io.github.camelsendtalk.cluster.otp;

import org.jspecify.annotations.NullMarked;
