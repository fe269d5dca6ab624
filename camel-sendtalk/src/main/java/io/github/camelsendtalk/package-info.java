/**
 * The Camel component {@code sendtalk}: URIs, options and headers, and nothing of HTTP or JSON.
 *
 * <p>Depends on Camel and on {@code io.github.camelsendtalk.client}. The producer is asynchronous: no thread waits for an
 * answer, and a route goes on on a worker thread, never on an I/O thread.
 */
@NullMarked
package io.github.camelsendtalk;

import org.jspecify.annotations.NullMarked;
