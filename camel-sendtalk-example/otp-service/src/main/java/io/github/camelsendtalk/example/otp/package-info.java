/** One-time codes by WhatsApp: routes in {@code classpath:camel}, statements in {@code classpath:sql}, and what they need in Java. */
@NullMarked
package io.github.camelsendtalk.example.otp;

import org.jspecify.annotations.NullMarked;
