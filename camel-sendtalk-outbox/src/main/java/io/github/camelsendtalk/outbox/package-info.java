/** What the routes of an outbox on PostgreSQL need in Java. The routes and their SQL are in {@code classpath:outbox}. */
@NullMarked
package io.github.camelsendtalk.outbox;

import org.jspecify.annotations.NullMarked;
