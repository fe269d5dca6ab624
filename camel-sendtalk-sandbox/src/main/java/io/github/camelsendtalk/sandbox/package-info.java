/**
 * A local SendTalk: an HTTP server that answers as the SendTalk messages API does, for tests and demos.
 *
 * <p>The server needs WireMock alone, the main class picocli, the extension JUnit; none knows of Camel. What it answers is data, in WireMock's own
 * format, on the class path below this package; the code adds what needs a memory: messages and their status.
 *
 * <p>A sandbox may be used from any number of threads.
 */
@NullMarked
package io.github.camelsendtalk.sandbox;

import org.jspecify.annotations.NullMarked;
