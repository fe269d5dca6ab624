/**
 * Carries bytes to an HTTP server and an answer or a failure back, each within its timeouts.
 *
 * <p>Depends on the JDK and HttpClient 5, and knows nothing of the API. It is public for {@code client} alone, but for
 * {@link io.github.camelsendtalk.client.http.ConnectionSettings}. Nothing here waits; callbacks come on a thread of the HTTP
 * client or on the timer, which they must not block.
 */
@NullMarked
package io.github.camelsendtalk.client.http;

import org.jspecify.annotations.NullMarked;
