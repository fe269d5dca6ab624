/**
 * The SendTalk API for Java: a client, its records and its exceptions, usable without Camel.
 *
 * <p>Depends on the JDK, HttpClient 5, Jackson and libphonenumber; of Camel only {@code CamelException} is known here, so that a route
 * can tell the exceptions from others. Nothing here waits: calls return at once, and their stages are completed on a
 * thread of the HTTP client or the deadline timer, where a caller must not block.
 */
@NullMarked
package io.github.camelsendtalk.client;

import org.jspecify.annotations.NullMarked;
